import { isPromise } from '@stratakv/core'
import { describe, expect, it } from 'vitest'
import { runSteps, type Steps, settle, wait } from '../src/index.ts'

function* sum(...values: (number | Promise<number>)[]): Steps<number> {
  let total = 0
  for (const value of values) total += yield* wait(value)
  return total
}

describe('steps', () => {
  it('that wait for nothing are a plain call', () => {
    expect(runSteps(sum(1, 2, 3))).toBe(6)
  })

  it('answer with a promise from the first wait on', async () => {
    const answer = runSteps(sum(1, Promise.resolve(2), 3, Promise.resolve(4)))
    expect(isPromise(answer)).toBe(true)
    expect(await answer).toBe(10)
  })

  it('throw at once what goes wrong at once, and reject later', async () => {
    const failing = function* (before: number | Promise<number>): Steps<void> {
      yield* wait(before)
      throw new Error('wrong')
    }
    expect(() => runSteps(failing(1))).toThrow('wrong')
    await expect(runSteps(failing(Promise.resolve(1)))).rejects.toThrow('wrong')
  })

  it('can catch a wait that fails, and clean up behind one', async () => {
    const log: string[] = []
    const careful = function* (): Steps<string> {
      try {
        yield* settle(Promise.reject(new Error('first')))
      } catch (error) {
        log.push((error as Error).message)
      }
      try {
        yield* settle(Promise.reject(new Error('second')))
      } finally {
        log.push('cleaned up')
      }
      return 'not reached'
    }
    await expect(runSteps(careful())).rejects.toThrow('second')
    expect(log).toEqual(['first', 'cleaned up'])
  })

  it('nest', async () => {
    const outer = function* (): Steps<number> {
      return (yield* sum(1, 2)) + (yield* sum(Promise.resolve(3), 4))
    }
    expect(await runSteps(outer())).toBe(10)
  })
})
