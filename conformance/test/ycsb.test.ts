import { describe, expect, it } from 'vitest'
import { readOutcome, unexpectedErrors } from '../src/ycsb.ts'

const conflict = 'operation err: write conflict { txnStartTS=1, key=k }'
const timeout = 'operation err: loadStore from PD failed'
const lines = [
  'TOTAL  - Takes(s): 1.0, Count: 90, OPS: 90.1, Avg(us): 1',
  conflict,
  'Run finished, takes 2s',
  'READ   - Takes(s): 1.9, Count: 100, OPS: 52.6, Avg(us): 1',
  'TOTAL  - Takes(s): 1.9, Count: 199, OPS: 104.7, Avg(us): 1',
]

describe('go-ycsb output', () => {
  it('is read from the last summary', () => {
    expect(readOutcome(lines)).toEqual({ seconds: 1.9, operationCount: 199, opsPerSecond: 104.7, errors: [conflict] })
  })

  it('without a summary is no outcome', () => {
    expect(readOutcome(['Run finished, takes 2s'])).toBeUndefined()
  })

  it('may hold conflicts of optimistic transactions, and no other failure', () => {
    expect(unexpectedErrors('txn', [conflict, timeout])).toEqual([timeout])
    expect(unexpectedErrors('raw', [conflict])).toEqual([conflict])
  })
})
