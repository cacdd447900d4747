export interface HostPort {
  readonly host: string
  readonly port: number
}

/** `host:port` or `[v6]:port`, or undefined. */
export function parseAddress(value: string): HostPort | undefined {
  const match = /^(?:\[([0-9a-fA-F:.]+)\]|([^\s:[\]/]+)):(\d{1,5})$/.exec(value)
  if (match === null) return undefined
  const port = Number(match[3])
  return port > 65_535 ? undefined : { host: match[1] ?? match[2]!, port }
}

/** Only this machine reaches it. A name other than `localhost` may mean anything, so it counts as reachable. */
export function isLoopback(address: string): boolean {
  const host = parseAddress(address)?.host
  return host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host ?? '')
}
