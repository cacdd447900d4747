import { spawnSync } from 'node:child_process'

/** Why network namespaces cannot be made here, if they cannot. */
export function whyNoNetwork(): string | undefined {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return 'network namespaces need Linux and root'
  const name = `strata-probe-${process.pid}`
  const probe = `ip netns add ${name} && ip link add ${name.slice(-12)} type bridge && ip link del ${name.slice(-12)}; s=$?; ip netns del ${name} 2>/dev/null; exit $s`
  return spawnSync('sh', ['-c', probe]).status === 0 ? undefined : 'ip(8) may not make namespaces and bridges here'
}

/**
 * Hosts, each a network namespace with two ways out: `address` on a network that all of them and this process share, which can be
 * cut, and `backDoor`, which only this process has and which stays.
 */
export class CutNetwork implements Disposable {
  /** Of this process, on the shared network. */
  readonly address: string
  readonly #id: string
  readonly #prefix: string
  readonly #count: number

  /** @param third a number that no other test uses at the time: networks are 10.`third`.0 and 10.`third`.1 and on */
  constructor(count: number, third: number) {
    this.#id = `sk${process.pid % 10_000}`
    this.#prefix = `10.${third}`
    this.#count = count
    this.address = `${this.#prefix}.0.254`
    const id = this.#id
    run(`ip link add ${id}b type bridge && ip addr add ${this.address}/24 dev ${id}b && ip link set ${id}b up`)
    for (let host = 1; host <= count; host++) {
      const [ns, shared, back] = [this.namespace(host), `${id}s${host}`, `${id}m${host}`]
      run(`ip netns add ${ns} && ip -n ${ns} link set lo up`)
      run(`ip link add ${shared} type veth peer name eth0 netns ${ns} && ip link set ${shared} master ${id}b up`)
      run(`ip -n ${ns} addr add ${this.hostAddress(host)}/24 dev eth0 && ip -n ${ns} link set eth0 up`)
      run(
        `ip link add ${back} type veth peer name eth1 netns ${ns} && ip addr add ${this.#prefix}.${host}.1/30 dev ${back}`,
      )
      run(
        `ip link set ${back} up && ip -n ${ns} addr add ${this.backDoor(host)}/30 dev eth1 && ip -n ${ns} link set eth1 up`,
      )
    }
  }

  /** From 1. */
  namespace(host: number): string {
    return `${this.#id}h${host}`
  }

  hostAddress(host: number): string {
    return `${this.#prefix}.0.${host}`
  }

  backDoor(host: number): string {
    return `${this.#prefix}.${host}.2`
  }

  cut(host: number): void {
    run(`ip link set ${this.#id}s${host} down`)
  }

  heal(host: number): void {
    run(`ip link set ${this.#id}s${host} up`)
  }

  [Symbol.dispose](): void {
    for (let host = 1; host <= this.#count; host++) spawnSync('ip', ['netns', 'del', this.namespace(host)])
    spawnSync('ip', ['link', 'del', `${this.#id}b`])
  }
}

function run(script: string): void {
  const { status, stderr } = spawnSync('sh', ['-ec', script], { encoding: 'utf8' })
  if (status !== 0) throw new Error(`${script}: ${stderr}`)
}
