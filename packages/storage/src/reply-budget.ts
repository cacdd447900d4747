import { ReplyTooLargeError } from './errors.ts'

/** Counts an answer's bytes as it grows. */
export interface ReplyBudget {
  /** @throws ReplyTooLargeError */
  take(key: Uint8Array, value: Uint8Array): void
}

/** What a pair takes beyond its bytes, in the answer and on the heap: so that many tiny pairs count too. */
const pairOverheadBytes = 16

export function replyBudget(limitBytes: number): ReplyBudget {
  let takenBytes = 0
  return {
    take(key, value) {
      takenBytes += key.length + value.length + pairOverheadBytes
      if (takenBytes > limitBytes) throw new ReplyTooLargeError(limitBytes)
    },
  }
}
