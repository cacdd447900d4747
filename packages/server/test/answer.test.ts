import { EnginePoisonedError, FileIoError, RegionNotFoundError, RpcStatusError, rpcStatus } from '@stratakv/core'
import { describe, expect, it } from 'vitest'
import { answering } from '../src/edge/answer.ts'

const failures = { region: () => 'region error', command: () => 'command error' }

describe('answering', () => {
  it('gives no answer to a write whose outcome nobody knows', async () => {
    const incidents: unknown[] = []
    const answer = answering((error) => incidents.push(error))
    const halfWritten = new FileIoError('/data/kv', 'write', 'EIO')
    const outcome = await Promise.resolve(answer(failures, () => Promise.reject(halfWritten))).catch((error) => error)
    expect(outcome).toBeInstanceOf(RpcStatusError)
    expect(outcome).toMatchObject({ status: rpcStatus.unknown, cause: halfWritten })
    expect(incidents).toEqual([halfWritten])
  })

  it('answers what was certainly not written', async () => {
    const answer = answering(() => {})
    expect(await answer(failures, () => Promise.reject(new EnginePoisonedError('no more writes')))).toBe(
      'command error',
    )
    expect(await answer(failures, () => Promise.reject(new RegionNotFoundError(7)))).toBe('region error')
  })
})
