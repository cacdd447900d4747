import { type ByteQuota, isPromise, type MaybePromise, ServerIsBusyError } from '@stratakv/core'
import { ReplyTooLargeError } from './errors.ts'

/** Counts an answer's bytes as it grows. */
export interface ReplyBudget {
  /** @throws ReplyTooLargeError; ServerIsBusyError when all answers that are being put together have filled their share of the memory */
  take(key: Uint8Array, value: Uint8Array): void
}

export interface ReplyLimits {
  /** Of one answer. */
  readonly replyBytesMax: number
  /** What all lists that are being put together may take at one time. */
  readonly quota: ByteQuota
}

/** What a pair takes beyond its bytes, in the answer and on the heap: so that many tiny pairs count too. */
const pairOverheadBytes = 16

/** Runs a read that puts a list together; what the list takes is given back when the list is handed on, or the read fails. */
export function withReplyBudget<T>(
  { replyBytesMax, quota }: ReplyLimits,
  read: (budget: ReplyBudget) => MaybePromise<T>,
): MaybePromise<T> {
  let takenBytes = 0
  const budget: ReplyBudget = {
    take(key, value) {
      const pairBytes = key.length + value.length + pairOverheadBytes
      if (takenBytes + pairBytes > replyBytesMax) throw new ReplyTooLargeError(replyBytesMax)
      if (!quota.tryTake(pairBytes)) {
        throw new ServerIsBusyError(
          `answers under way have filled their ${quota.limitBytes} bytes of memory-usage-limit`,
        )
      }
      takenBytes += pairBytes
    },
  }
  let answer: MaybePromise<T>
  try {
    answer = read(budget)
  } catch (error) {
    quota.giveBack(takenBytes)
    throw error
  }
  if (isPromise(answer)) return answer.finally(() => quota.giveBack(takenBytes))
  quota.giveBack(takenBytes)
  return answer
}
