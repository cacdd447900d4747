import { describe, expect, it } from 'vitest'
import { Tally } from '../src/tally.ts'

function tallyOf(...lines: string[]) {
  const printed: string[] = []
  const tally = new Tally((line) => printed.push(line))
  for (const line of lines) tally.take('raw', line)
  return { tally, printed }
}

describe('tally', () => {
  it('takes over the lines of a program and no others', () => {
    const { tally, printed } = tallyOf('pass put', 'passing by', 'fail get: want "a: b", got ""', 'skip ttl: declined')
    expect(printed).toEqual(['pass raw/put', 'fail raw/get: want "a: b", got ""', 'skip raw/ttl: declined'])
    expect(tally.summary()).toBe('1 passed, 1 failed, 1 skipped')
  })

  it('counts a note as nothing', () => {
    const { tally, printed } = tallyOf('note put: 3 retries')
    expect(printed).toEqual(['     raw/put: 3 retries'])
    expect(tally.summary()).toBe('0 passed, 0 failed, 0 skipped')
  })

  it('fails on one failure, and when nothing at all was tried', () => {
    expect(tallyOf('pass a').tally.exitCode).toBe(0)
    expect(tallyOf('pass a', 'fail b: c').tally.exitCode).toBe(1)
    expect(tallyOf('skip a: no toolchain').tally.exitCode).toBe(0)
    expect(tallyOf().tally.exitCode).toBe(1)
  })
})
