import type { KvSnapshot } from '@stratakv/core'
import { MvccError } from '@stratakv/mvcc'
import { type SeededRandom, seededRandom } from '@stratakv/testkit'
import { describe, expect, it } from 'vitest'
import type { WriteCommand } from '../../src/command.ts'
import { commitCommand } from '../../src/commands/commit.ts'
import { prewriteCommand } from '../../src/commands/prewrite.ts'
import { resolveLockCommand, resolveLockLiteCommand } from '../../src/commands/resolve-lock.ts'
import { batchRollbackCommand, cleanupCommand, pessimisticRollbackCommand } from '../../src/commands/rollback.ts'
import {
  checkSecondaryLocksCommand,
  checkTxnStatusCommand,
  txnHeartbeatCommand,
} from '../../src/commands/txn-status.ts'
import { bytes } from '../memory-kv.ts'
import { CommandRunner, context, prewriteRequest } from './command-runner.ts'

const seeds = Array.from({ length: 20 }, (_, index) => 7000 + index)

describe('transaction commands', () => {
  // Any command at any state, sensible or not, once over reads that answer at once and once over reads that never do.
  it.each(seeds)('decide the same whether reads answer at once or later, seed %i', async (seed) => {
    const random = seededRandom(seed)
    const prompt = new CommandRunner()
    const late = new CommandRunner()
    const failures = new Set<string>()
    for (let round = 0; round < 250; round++) {
      const draw = random.uint32()
      const expected = await outcome(prompt, randomCommand(seededRandom(draw)))
      const got = await outcome(late, lateReads(randomCommand(seededRandom(draw))))
      expect(got, `seed ${seed} round ${round}`).toEqual(expected)
      if (typeof expected === 'string') failures.add(expected)
    }
    expect(late.kv.writes).toEqual(prompt.kv.writes)
    expect(prompt.kv.writes.filter((changes) => changes.length > 0).length).toBeGreaterThan(30)
    expect(prompt.kv.openSnapshotCount() + late.kv.openSnapshotCount()).toBe(0)
    expect(prompt.concurrency.lockedKeyCount() + late.concurrency.lockedKeyCount()).toBe(0)
    expect(failures.size).toBeGreaterThan(3)
  })
})

/** The response, or the variant of the error; any other error is a bug. */
async function outcome(runner: CommandRunner, command: WriteCommand<unknown>): Promise<unknown> {
  try {
    return [await runner.run(command)]
  } catch (error) {
    if (!(error instanceof MvccError)) throw error
    return error.message
  }
}

function lateReads<R>(command: WriteCommand<R>): WriteCommand<R> {
  return {
    name: command.name,
    kv: command.kv,
    get latchKeys() {
      return command.latchKeys
    },
    writeBytes: command.writeBytes,
    exemptFromBusy: command.exemptFromBusy,
    process: (snapshot, env) => command.process(lateSnapshot(snapshot), env),
  }
}

function lateSnapshot(inner: KvSnapshot): KvSnapshot {
  return {
    region: inner.region,
    term: inner.term,
    locks: inner.locks,
    get: async (cf, key) => inner.get(cf, key),
    getMany: async (cf, keys) => inner.getMany(cf, keys),
    iterate(cf, options) {
      const cursor = inner.iterate(cf, options)
      return {
        get valid() {
          return cursor.valid
        },
        get key() {
          return cursor.key
        },
        get value() {
          return cursor.value
        },
        seek: async (key) => cursor.seek(key),
        seekForPrev: async (key) => cursor.seekForPrev(key),
        seekToFirst: async () => cursor.seekToFirst(),
        seekToLast: async () => cursor.seekToLast(),
        next: async () => cursor.next(),
        prev: async () => cursor.prev(),
        close: () => cursor.close(),
      }
    },
    release: () => inner.release(),
  }
}

function pick<T>(random: SeededRandom, choices: readonly T[]): T {
  return choices[random.uint32() % choices.length]!
}

/** Few keys and few timestamps, so that commands of one transaction meet. */
function randomCommand(random: SeededRandom): WriteCommand<unknown> {
  const names = ['a', 'b', 'c', 'd', 'e'].filter(() => random.uint32() % 2 === 0)
  if (names.length === 0) names.push('a')
  const keys = names.map(bytes)
  const startTs = timestamp(random)
  const commitTs = startTs + BigInt(random.uint32() % 8)
  const flag = () => random.uint32() % 2 === 0
  switch (random.uint32() % 14) {
    case 0:
      return commitCommand({ context, keys, startTs, commitTs })
    case 1:
      return batchRollbackCommand({ context, keys, startTs })
    case 2:
      return cleanupCommand({ context, key: keys[0]!, startTs, currentTs: flag() ? 0n : timestamp(random) })
    case 3:
      return pessimisticRollbackCommand({ context, keys, startTs, forUpdateTs: timestamp(random) })
    case 4:
      return checkTxnStatusCommand({
        context,
        primary: keys[0]!,
        lockTs: startTs,
        callerStartTs: timestamp(random),
        currentTs: flag() ? timestamp(random) : 1n << 30n,
        rollbackIfNotExist: flag(),
        forceSyncCommit: flag(),
        resolvingPessimisticLock: flag(),
      })
    case 5:
      return checkSecondaryLocksCommand({ context, keys, startTs })
    case 6:
      return txnHeartbeatCommand({ context, primary: keys[0]!, startTs, adviseLockTtlMs: random.uint32() % 100 })
    case 7:
      return resolveLockLiteCommand({ context, keys, startTs, commitTs: flag() ? 0n : commitTs })
    case 8:
      return resolveLockCommand({ context, txns: new Map([[startTs, flag() ? 0n : commitTs + 1n]]) })
    default:
      return randomPrewrite(random, keys, startTs)
  }
}

function randomPrewrite(random: SeededRandom, keys: Uint8Array[], startTs: bigint): WriteCommand<unknown> {
  const flag = () => random.uint32() % 2 === 0
  const mutations = keys.map((key) => ({
    kind: pick(random, ['put', 'put', 'delete', 'lock', 'insert', 'check-not-exists'] as const),
    key,
    value: new Uint8Array(pick(random, [3, 300])),
    assertion: pick(random, ['none', 'none', 'exist', 'not-exist'] as const),
    isPessimisticLock: flag(),
  }))
  return prewriteCommand(
    prewriteRequest(startTs, mutations, {
      forUpdateTs: flag() ? 0n : startTs + 1n,
      minCommitTs: flag() ? 0n : startTs + 1n,
      skipConstraintCheck: random.uint32() % 4 === 0,
      isRetryRequest: flag(),
      assertionLevel: pick(random, ['off', 'fast', 'strict'] as const),
      ...(flag() ? { asyncCommitSecondaries: keys.slice(1) } : {}),
      tryOnePhase: random.uint32() % 4 === 0,
      maxCommitTs: flag() ? 0n : startTs + 5n,
    }),
  )
}

function timestamp(random: SeededRandom): bigint {
  return BigInt(1 + (random.uint32() % 40))
}
