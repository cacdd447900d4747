import { expect, it } from 'vitest'
import { logFileName, parseFileName, reservedFileName } from '../../src/format/file-name.ts'

it('writes sixteen digits and the suffix of the kind', () => {
  expect(logFileName('append', 1)).toBe('0000000000000001.raftlog')
  expect(logFileName('rewrite', 258)).toBe('0000000000000258.rewrite')
  expect(reservedFileName(7)).toBe('0000000000000007.raftlog.reserved')
  expect(logFileName('append', Number.MAX_SAFE_INTEGER)).toBe('9007199254740991.raftlog')
})

it('reads back what it writes', () => {
  for (const seq of [1, 9, 10, 2 ** 32, Number.MAX_SAFE_INTEGER]) {
    expect(parseFileName(logFileName('append', seq))).toEqual({ kind: 'append', seq })
    expect(parseFileName(logFileName('rewrite', seq))).toEqual({ kind: 'rewrite', seq })
    expect(parseFileName(reservedFileName(seq))).toEqual({ kind: 'reserved', seq })
  }
})

it.each([
  'LOCK',
  'swap',
  '',
  '.raftlog',
  '1.raftlog',
  '0000000000000000.raftlog',
  '9007199254740992.raftlog',
  '9999999999999999.rewrite',
  '00000000000000001.raftlog',
  '+000000000000001.raftlog',
  '000000000000001x.raftlog',
  '0000000000000001',
  '0000000000000001.raftlogs',
  '0000000000000001.raftlog.bak',
  '0000000000000001.tmp.raftlog',
  '0000000000000001.rewrite.reserved',
  '0000000000000001.RAFTLOG',
  '0000000000000001.raftlog\n',
])('takes %j for none of ours', (name) => {
  expect(parseFileName(name)).toBeUndefined()
})

it.each([0, -1, 1.5, Number.NaN, 2 ** 53])('names no file of sequence %d', (seq) => {
  expect(() => logFileName('append', seq)).toThrow('sequence')
  expect(() => reservedFileName(seq)).toThrow('sequence')
})
