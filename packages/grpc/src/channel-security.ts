import { readFile } from 'node:fs/promises'
import type { ConnectionOptions } from 'node:tls'

/** Files of a client's side of TLS. They are read for each new connection, so replaced ones count from the next. */
export interface ChannelSecurityOptions {
  /** Certificates of the authorities that may have signed the server's. Absent: those that Node brings. */
  readonly caPath?: string
  /** Our own certificate and its key, for servers that ask for one. */
  readonly certPath?: string
  readonly keyPath?: string
  /** The name that the server's certificate must bear, where that is not the host's. */
  readonly serverName?: string
}

/** What a new connection needs to be encrypted. */
export interface ChannelSecurity {
  /** @throws when a file cannot be read */
  connectOptions(host: string): Promise<ConnectionOptions>
}

export function channelSecurity({ caPath, certPath, keyPath, serverName }: ChannelSecurityOptions): ChannelSecurity {
  return {
    async connectOptions(host) {
      const read = (path: string | undefined) => (path === undefined ? undefined : readFile(path))
      const [ca, cert, key] = await Promise.all([read(caPath), read(certPath), read(keyPath)])
      // An address of digits is no name to ask for (RFC 6066); the certificate is then checked against the address.
      const name = serverName ?? host
      return {
        ...(ca && { ca }),
        ...(cert && { cert }),
        ...(key && { key }),
        ...(/^[\d.]+$|:/.test(name) ? {} : { servername: name }),
      }
    },
  }
}
