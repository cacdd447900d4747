import { ByteQuota, ServerIsBusyError } from '@stratakv/core'
import { describe, expect, it } from 'vitest'
import { ReplyTooLargeError } from '../src/errors.ts'
import { type ReplyBudget, withReplyBudget } from '../src/reply-budget.ts'

const key = new Uint8Array(4)
const value = new Uint8Array(100)
const pairBytes = 120

describe('the budget of lists', () => {
  it('is given back when a list is handed on, at once or later, and when a read fails', async () => {
    const quota = new ByteQuota(1000)
    const limits = { replyBytesMax: 1000, quota }
    withReplyBudget(limits, (budget) => budget.take(key, value))
    expect(quota.usedBytes).toBe(0)
    let finish = () => {}
    const later = withReplyBudget(limits, (budget) => {
      budget.take(key, value)
      return new Promise<void>((resolve) => {
        finish = resolve
      })
    })
    expect(quota.usedBytes).toBe(pairBytes)
    finish()
    await later
    expect(quota.usedBytes).toBe(0)
    const failing = (budget: ReplyBudget) => {
      budget.take(key, value)
      throw new Error('the disk')
    }
    expect(() => withReplyBudget(limits, failing)).toThrow('the disk')
    await expect(withReplyBudget(limits, async (budget) => failing(budget))).rejects.toThrow('the disk')
    expect(quota.usedBytes).toBe(0)
  })

  it('refuses a list that is too long, and one for which others leave no room', () => {
    const quota = new ByteQuota(pairBytes * 3)
    const limits = { replyBytesMax: pairBytes * 2, quota }
    expect(() =>
      withReplyBudget(limits, (budget) => {
        for (let count = 0; count < 3; count++) budget.take(key, value)
      }),
    ).toThrow(ReplyTooLargeError)
    withReplyBudget(limits, (first) => {
      first.take(key, value)
      first.take(key, value)
      expect(() =>
        withReplyBudget(limits, (second) => {
          second.take(key, value)
          second.take(key, value)
        }),
      ).toThrow(ServerIsBusyError)
      // What the refused one had taken is free again.
      withReplyBudget(limits, (third) => third.take(key, value))
    })
    expect(quota.usedBytes).toBe(0)
  })
})
