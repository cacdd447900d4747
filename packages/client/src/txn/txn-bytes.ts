import { ByteSlab } from '../bytes.ts'

/** Copies at the border between users, who may change their buffers at once, and messages, which nobody changes. */
export class TxnBytes {
  /** For what lives as long as a call. */
  readonly call = new ByteSlab()
  /** For what is written: kept until the commit, and by a store in this process longer. */
  readonly written = new ByteSlab()
  readonly #results = new ByteSlab()
  readonly #sharesMessages: boolean

  /** `sharesMessages`: stores are in this process, and their answers hold their own bytes. */
  constructor({ sharesMessages }: { readonly sharesMessages: boolean }) {
    this.#sharesMessages = sharesMessages
  }

  /** What a caller may keep and change. */
  own(bytes: Uint8Array): Uint8Array {
    return this.#sharesMessages ? this.#results.take(bytes) : bytes
  }
}
