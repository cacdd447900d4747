import { type ClientHttp2Session, connect as connectHttp2 } from 'node:http2'
import { connect as connectTcp, type Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'
import { type Clock, fraction, type Instant, type Random, RpcStatusError, rpcStatus, type Timer } from '@stratakv/core'
import type { ChannelSecurity } from './channel-security.ts'

/** Bytes of answers under way on one stream. HTTP/2's 64 KiB would make a sender of large answers wait for a round trip each. */
const streamWindowBytes = 1024 ** 2
/** And on one connection: streams that nobody reads must not stop the others. */
const connectionWindowBytes = 16 * 1024 ** 2
/** Each wait before another attempt is so much longer than the last. */
const backoffFactor = 1.6

export interface ConnectionDeps {
  readonly clock: Clock
  readonly random: Random
  readonly security: ChannelSecurity | undefined
}

export interface ConnectionOptions {
  readonly connectMs: number
  readonly keepaliveMs: number
  readonly keepaliveTimeoutMs: number
  readonly reconnectMsMin: number
  readonly reconnectMsMax: number
}

/** Hears either of a session to send on, or why there is none. */
export interface SessionTaker {
  take(session: ClientHttp2Session): void
  refuse(error: RpcStatusError): void
}

/** One connection to one address: made when it is needed, kept alive, and made again after it broke, sooner at first than later. */
export class ChannelConnection {
  readonly #deps: ConnectionDeps
  readonly #options: ConnectionOptions
  readonly #address: string
  #session: ClientHttp2Session | undefined
  #connecting: { readonly socket: Socket | undefined; readonly takers: SessionTaker[]; timer: Timer } | undefined
  #retryAt: Instant = 0
  #failureCount = 0
  #lastFailure: unknown
  #keepalive: Timer | undefined
  #isClosed = false

  constructor(deps: ConnectionDeps, options: ConnectionOptions, address: string) {
    this.#deps = deps
    this.#options = options
    this.#address = address
  }

  /** Tells `taker` at once where there is a session; during a back-off, that there is none. */
  ask(taker: SessionTaker): void {
    if (this.#session !== undefined) taker.take(this.#session)
    else if (this.#connecting !== undefined) this.#connecting.takers.push(taker)
    else if (this.#deps.clock.now() < this.#retryAt) taker.refuse(this.#unreachable())
    else this.#connect(taker)
  }

  close(): void {
    this.#isClosed = true
    this.#keepalive?.cancel()
    this.#connecting?.socket?.destroy()
    this.#session?.destroy()
  }

  #unreachable(): RpcStatusError {
    const { code, message } = (this.#lastFailure ?? {}) as { code?: string; message?: string }
    const detail = message ?? code
    return new RpcStatusError(
      rpcStatus.unavailable,
      `cannot connect to ${this.#address}${detail ? `: ${detail}` : ''}`,
      {
        cause: this.#lastFailure,
      },
    )
  }

  async #connect(taker: SessionTaker): Promise<void> {
    const timer = this.#deps.clock.after(this.#options.connectMs, () => {
      fail(new RpcStatusError(rpcStatus.deadlineExceeded, `no connection within ${this.#options.connectMs} ms`))
    })
    const attempt = { socket: undefined as Socket | undefined, takers: [taker], timer }
    this.#connecting = attempt
    const fail = (error: unknown) => {
      if (this.#connecting !== attempt) return
      this.#connecting = undefined
      timer.cancel()
      attempt.socket?.destroy()
      const { reconnectMsMin, reconnectMsMax } = this.#options
      const waitMs = Math.min(reconnectMsMax, reconnectMsMin * backoffFactor ** this.#failureCount)
      this.#failureCount++
      this.#lastFailure = error
      // A fifth of it is chance, so that the clients of a store that restarted do not come back all at once.
      this.#retryAt = this.#deps.clock.now() + waitMs * (0.8 + fraction(this.#deps.random) / 5)
      for (const each of attempt.takers) each.refuse(this.#unreachable())
    }
    try {
      attempt.socket = await this.#openSocket()
    } catch (error) {
      fail(error)
      return
    }
    if (this.#connecting !== attempt || this.#isClosed) {
      attempt.socket.destroy()
      fail(undefined)
      return
    }
    const { socket } = attempt
    const session = connectHttp2(`${this.#deps.security === undefined ? 'http' : 'https'}://${this.#address}`, {
      createConnection: () => socket,
      settings: { enablePush: false, initialWindowSize: streamWindowBytes },
      // What is in memory is bounded by windows and by those who write; Node's own 10 MB would refuse one large message.
      maxSessionMemory: Number.MAX_SAFE_INTEGER,
    })
    let failure: unknown
    session.on('error', (error) => {
      failure = error
    })
    // Only a server that speaks back is one: it may still refuse our certificate after the handshake has ended for us.
    session.once('remoteSettings', () => {
      if (this.#connecting !== attempt) return
      this.#connecting = undefined
      timer.cancel()
      this.#failureCount = 0
      session.setLocalWindowSize(connectionWindowBytes)
      this.#session = session
      this.#keepAlive(session, socket)
      for (const each of attempt.takers) each.take(session)
    })
    const leave = () => {
      if (this.#session !== session) return
      this.#session = undefined
      this.#keepalive?.cancel()
    }
    session.on('goaway', leave)
    // An alert after the handshake, such as that our certificate will not do, reaches the socket alone: the session neither
    // sees it nor closes (Node 20).
    socket.on('error', (error) => {
      leave()
      session.destroy()
      fail(error)
    })
    session.on('close', () => {
      leave()
      fail(failure ?? new RpcStatusError(rpcStatus.unavailable, 'the connection was closed before it was of use'))
    })
  }

  async #openSocket(): Promise<Socket> {
    const { security } = this.#deps
    const { host, port } = splitAddress(this.#address)
    if (security === undefined) return connectTcp({ host, port, noDelay: true })
    const options = await security.connectOptions(host)
    const socket = connectTls({ host, port, ALPNProtocols: ['h2'], ...options })
    socket.setNoDelay(true)
    return socket
  }

  /** A connection whose other end vanished says nothing: it is asked, when it has been silent, and broken when it does not answer. */
  #keepAlive(session: ClientHttp2Session, socket: Socket): void {
    const { clock } = this.#deps
    const { keepaliveMs, keepaliveTimeoutMs } = this.#options
    let bytesRead = socket.bytesRead
    const check = () => {
      if (socket.bytesRead !== bytesRead) {
        bytesRead = socket.bytesRead
        this.#keepalive = clock.after(keepaliveMs, check)
        return
      }
      this.#keepalive = clock.after(keepaliveTimeoutMs, () => {
        session.destroy(new RpcStatusError(rpcStatus.unavailable, `${this.#address} does not answer`))
      })
      session.ping(() => {
        if (this.#session !== session) return
        this.#keepalive?.cancel()
        bytesRead = socket.bytesRead
        this.#keepalive = clock.after(keepaliveMs, check)
      })
    }
    this.#keepalive = clock.after(keepaliveMs, check)
  }
}

/** `host:port`, the host of which may be an IPv6 address in brackets. */
function splitAddress(address: string): { host: string; port: number } {
  const at = address.lastIndexOf(':')
  return { host: address.slice(0, at).replace(/^\[(.*)\]$/, '$1'), port: Number(address.slice(at + 1)) }
}
