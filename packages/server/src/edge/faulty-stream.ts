import type { RpcStatusError, RpcStream } from '@stratakv/core'
import type { CallAction } from '../faults/fault-table.ts'
import type { FrozenGate } from '../faults/frozen-gate.ts'

/** Rules for each message that comes in. */
export interface StreamRules {
  decide(): CallAction | undefined
  delay(delayMs: number): Promise<void>
  statusOf(action: CallAction): RpcStatusError
}

export interface FaultyStreamDeps {
  readonly gate: FrozenGate
  /** Absent: the stream only freezes. */
  readonly rules?: StreamRules
}

/**
 * A stream that can be frozen and whose messages rules may meet. Nothing is reordered: behind a message that is late all others
 * wait, and as answers are told apart by their order, a lost one silences the stream for good.
 */
export class FaultyStream<Req, Res> implements RpcStream<Req, Res> {
  readonly #stream: RpcStream<Req, Res>
  readonly #gate: FrozenGate
  readonly #rules: StreamRules | undefined
  /** Came in while the stream was held up. The transport is paused then, and delivers only what it has read already. */
  #inbox: (() => MaybeHeld)[] = []
  /** Went out while the stream was frozen. The handler is told to hold back. */
  #outbox: (() => void)[] = []
  #receive: (message: Req) => void = () => {}
  #notifyDrain: () => void = () => {}
  #isPumping = false
  #isPaused = false
  #isDeaf = false
  #isMute = false

  constructor(stream: RpcStream<Req, Res>, deps: FaultyStreamDeps) {
    this.#stream = stream
    this.#gate = deps.gate
    this.#rules = deps.rules
  }

  get peer(): string {
    return this.#stream.peer
  }

  get signal(): AbortSignal {
    return this.#stream.signal
  }

  metadata(name: string): string | undefined {
    return this.#stream.metadata(name)
  }

  onMessage(receive: (message: Req) => void): void {
    this.#receive = receive
    this.#stream.onMessage((message) => this.#take(() => this.#deliver(message)))
  }

  onHalfClose(notify: () => void): void {
    this.#stream.onHalfClose(() =>
      this.#take(() => {
        if (!this.#isDeaf) notify()
      }),
    )
  }

  onDrain(notify: () => void): void {
    this.#notifyDrain = notify
    this.#stream.onDrain(notify)
  }

  write(message: Res): boolean {
    if (this.#isMute) return true
    if (!this.#isHeld) return this.#stream.write(message)
    this.#hold(() => this.#stream.write(message))
    return false
  }

  end(): void {
    if (this.#isMute) return
    if (this.#isHeld) this.#hold(() => this.#stream.end())
    else this.#stream.end()
  }

  fail(error: RpcStatusError): void {
    if (this.#isMute) return
    if (this.#isHeld) this.#hold(() => this.#stream.fail(error))
    else this.#stream.fail(error)
  }

  pause(): void {
    this.#isPaused = true
    this.#stream.pause()
  }

  resume(): void {
    this.#isPaused = false
    this.#pump()
    this.#readOn()
  }

  /** Behind what is held already, even after a thaw: nothing overtakes. */
  get #isHeld(): boolean {
    return this.#gate.isFrozen || this.#outbox.length > 0
  }

  #hold(send: () => void): void {
    this.#outbox.push(send)
    if (this.#outbox.length > 1) return
    void this.#gate.whenThawed().then(() => {
      for (const each of this.#outbox.splice(0)) each()
      this.#notifyDrain()
    })
  }

  #take(deliver: () => MaybeHeld): void {
    this.#inbox.push(deliver)
    this.#pump()
  }

  /** Delivers within the call that brings the message where nothing holds it up. */
  #pump(): void {
    if (this.#isPumping) return
    this.#isPumping = true
    while (this.#inbox.length > 0 && !this.#isPaused) {
      const held = this.#gate.isFrozen ? this.#gate.whenThawed() : this.#inbox.shift()!()
      if (held === undefined) continue
      this.#stream.pause()
      held.then(() => {
        this.#isPumping = false
        this.#pump()
        this.#readOn()
      })
      return
    }
    this.#isPumping = false
  }

  /** Not while something is held up, or the handler wants no more. */
  #readOn(): void {
    if (!this.#isPumping && !this.#isPaused) this.#stream.resume()
  }

  #deliver(message: Req): MaybeHeld {
    if (this.#isDeaf) return
    const action = this.#rules?.decide()
    if (action === undefined) {
      this.#receive(message)
      return
    }
    switch (action.fault) {
      case 'delay':
        return this.#rules!.delay(action.delayMs).then(() => this.#receive(message))
      case 'drop':
        this.#isDeaf = true
        return
      case 'drop-answer':
        this.#isMute = true
        this.#receive(message)
        return
      default:
        this.#isDeaf = true
        this.#stream.fail(this.#rules!.statusOf(action))
    }
  }
}

/** A promise: the messages behind this one wait for it. */
type MaybeHeld = Promise<void> | void
