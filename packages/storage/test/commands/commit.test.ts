import { KeyNotInRegionError } from '@stratakv/core'
import { CommitTsExpiredError, createRollback, InvalidTxnTsoError, TxnLockNotFoundError } from '@stratakv/mvcc'
import { describe, expect, it } from 'vitest'
import { commitCommand } from '../../src/commands/commit.ts'
import { prewriteCommand } from '../../src/commands/prewrite.ts'
import { bytes, wholeRegion } from '../memory-kv.ts'
import { CommandRunner, context, key, prewriteRequest, put } from './command-runner.ts'

const commit = (runner: CommandRunner, startTs: bigint, commitTs: bigint, names: string[]) =>
  runner.run(commitCommand({ context, startTs, commitTs, keys: names.map(bytes) }))

describe('commit', () => {
  it('commits all keys, once and again', async () => {
    const runner = new CommandRunner()
    await runner.run(prewriteCommand(prewriteRequest(5n, [put('a', 'x'), put('b', 'y')])))
    for (let time = 0; time < 2; time++) {
      expect(await commit(runner, 5n, 9n, ['a', 'b'])).toEqual({ commitTs: 9n })
      expect([await runner.read('a', 9n), await runner.read('b', 9n)]).toEqual(['x', 'y'])
    }
    expect(await runner.history('a')).toEqual(['put@9<5'])
    expect(commitCommand({ context, startTs: 5n, commitTs: 9n, keys: [bytes('a')] }).latchKeys).toEqual([key('a')])
  })

  it('commits no key when one fails', async () => {
    const runner = new CommandRunner()
    await runner.run(prewriteCommand(prewriteRequest(5n, [put('a')])))
    await runner.placeWrite('b', 5n, createRollback(5n, false))
    await expect(commit(runner, 5n, 9n, ['a', 'b'])).rejects.toBeInstanceOf(TxnLockNotFoundError)
    await expect(commit(runner, 5n, 9n, ['a', 'c'])).rejects.toMatchObject({
      startTs: 5n,
      commitTs: 9n,
      key: bytes('c'),
    })
    expect(await runner.history('a')).toEqual([])
  })

  it('keeps the promise made to readers', async () => {
    const runner = new CommandRunner()
    await runner.placeLock('a', { startTs: 5n, minCommitTs: 10n })
    await expect(commit(runner, 5n, 9n, ['a'])).rejects.toBeInstanceOf(CommitTsExpiredError)
  })

  it('refuses a timestamp that is not above the start', async () => {
    const runner = new CommandRunner()
    await expect(commit(runner, 5n, 5n, ['a'])).rejects.toBeInstanceOf(InvalidTxnTsoError)
  })

  it('refuses keys of another region', async () => {
    const runner = new CommandRunner([{ ...wholeRegion, endKey: key('b') }])
    await expect(commit(runner, 5n, 9n, ['b'])).rejects.toBeInstanceOf(KeyNotInRegionError)
  })
})
