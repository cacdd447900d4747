import {
  ClosedError,
  type Modify,
  NotLeaderError,
  noTelemetry,
  RaftEntryTooLargeError,
  type ServerIsBusyError,
} from '@stratakv/core'
import { createLock } from '@stratakv/mvcc'
import { settled, simulatedClock } from '@stratakv/testkit'
import { beforeEach, describe, expect, it } from 'vitest'
import type { CommandEnv, WriteCommand, WriteResult } from '../src/command.ts'
import { type ConcurrencyManager, createConcurrencyManager } from '../src/concurrency-manager.ts'
import { CommandCancelledError } from '../src/errors.ts'
import { changesBytes, createScheduler, type Scheduler, type SchedulerOptions } from '../src/scheduler.ts'
import { bytes } from './memory-kv.ts'
import {
  context,
  type Deferred,
  deferred,
  type ScriptedAdmission,
  type ScriptedKv,
  scriptedAdmission,
  scriptedKv,
} from './scripted-kv.ts'

const options: SchedulerOptions = {
  latchSlotCount: 1024,
  pendingWriteThresholdBytes: 1000,
  pendingCommandCountMax: 50,
  maxKeyBytes: 100,
  raftEntryMaxBytes: 500,
}

let kv: ScriptedKv
let admission: ScriptedAdmission
let concurrency: ConcurrencyManager
let clock: ReturnType<typeof simulatedClock>
let scheduler: Scheduler

beforeEach(() => {
  kv = scriptedKv()
  admission = scriptedAdmission()
  concurrency = createConcurrencyManager()
  clock = simulatedClock()
  scheduler = createScheduler({ kv, admission, clock, concurrency, telemetry: noTelemetry() }, options)
})

function put(key: string, value = 'v'): Modify {
  return { type: 'put', cf: 'default', key: bytes(key), value: bytes(value) }
}

type Process<R> = (env: CommandEnv) => WriteResult<R> | Promise<WriteResult<R>>

function command<R>(key: string, process: Process<R>, more: Partial<WriteCommand<R>> = {}): WriteCommand<R> {
  return {
    name: 'test',
    kv: context,
    latchKeys: [bytes(key)],
    writeBytes: 10,
    exemptFromBusy: false,
    process: (_snapshot, env) => process(env),
    ...more,
  }
}

function writing<R>(key: string, response: R, more: Partial<WriteCommand<R>> = {}): WriteCommand<R> {
  return command(key, () => ({ changes: [put(key)], response }), more)
}

/** A command that shows a lock in memory until it is over. */
function guarding(key: string): WriteCommand<string> {
  return command(key, (env) => {
    const guard = env.concurrency.lockKey(bytes(key))
    guard.setLock(createLock({ kind: 'put', primary: bytes(key), startTs: 1n, ttlMs: 1 }))
    return { changes: [put(key)], response: 'done', keyGuards: [guard] }
  })
}

/** Nothing is held, counted or charged, and the key can be had again. */
async function expectNothingHeld(key: string): Promise<void> {
  expect(scheduler.pendingBytes()).toBe(0)
  expect(scheduler.pendingCommandCount()).toBe(0)
  expect(kv.openSnapshotCount).toBe(0)
  expect(concurrency.lockedKeyCount()).toBe(0)
  expect(clock.pendingTimers()).toEqual([])
  kv.onSnapshot = (open) => open()
  kv.onWrite = () => Promise.resolve()
  admission.onCharge = () => 'charged'
  admission.onAdmit = () => 'go'
  expect(await scheduler.execute(writing(key, 'next'))).toBe('next')
}

describe('a command that nothing stands in the way of', () => {
  it('reaches Kv.write in the tick of the call, and answers when it is applied', async () => {
    const write = deferred<void>()
    kv.onWrite = () => write.promise
    let answered = false
    const running = scheduler.execute(guarding('k')).then((response) => {
      answered = true
      return response
    })
    expect(kv.written).toEqual([[put('k')]])
    expect(kv.openSnapshotCount).toBe(0)
    expect([concurrency.lockedKeyCount(), scheduler.pendingBytes(), admission.balanceBytes]).toEqual([1, 10, 2])
    await settled()
    expect(answered).toBe(false)
    write.resolve()
    expect(await running).toBe('done')
    expect(admission.balanceBytes).toBe(2)
    await expectNothingHeld('k')
  })

  it('answers without a write when it changes nothing', async () => {
    expect(await scheduler.execute(command('k', () => ({ changes: [], response: 7 })))).toBe(7)
    expect([kv.written, admission.balanceBytes]).toEqual([[], 0])
    await expectNothingHeld('k')
  })

  it('waits for a snapshot, a decision and a charge that come later', async () => {
    kv.onSnapshot = async (open) => open()
    admission.onCharge = () => Promise.resolve('charged')
    const slow = command('k', async () => ({ changes: [put('k')], response: 'slow' }))
    expect(await scheduler.execute(slow)).toBe('slow')
    await expectNothingHeld('k')
  })

  it('is charged for what it writes, not for what it announced', async () => {
    const charged: number[] = []
    admission.onCharge = (writeBytes) => {
      charged.push(writeBytes)
      return 'charged'
    }
    const changes: Modify[] = [
      put('key', 'value'),
      { type: 'delete', cf: 'lock', key: bytes('key') },
      { type: 'delete-range', cf: 'write', start: bytes('a'), end: bytes('bb') },
    ]
    await scheduler.execute(command('key', () => ({ changes, response: 0 })))
    expect(charged).toEqual([8 + (3 + 4) + (3 + 5)])
    expect(changesBytes(changes)).toBe(23)
  })
})

describe('commands that share a key', () => {
  it('run one after another in the order they came, and each sees what was applied before it', async () => {
    const writes: Deferred<void>[] = []
    kv.onWrite = () => {
      writes.push(deferred<void>())
      return writes.at(-1)!.promise
    }
    const order: number[] = []
    const running = [0, 1, 2].map((index) =>
      scheduler.execute(
        command('k', () => {
          order.push(index)
          return { changes: [put('k', String(index))], response: index }
        }),
      ),
    )
    expect(order).toEqual([0])
    writes[0]!.resolve()
    await settled()
    expect(order).toEqual([0, 1])
    writes[1]!.resolve()
    await settled()
    writes[2]!.resolve()
    expect(await Promise.all(running)).toEqual([0, 1, 2])
    await expectNothingHeld('k')
  })

  it('do not keep others waiting', async () => {
    const stuck = deferred<void>()
    kv.onWrite = ([change]) =>
      change?.type === 'put' && change.key[0] === bytes('a')[0] ? stuck.promise : Promise.resolve()
    const first = scheduler.execute(writing('a', 1))
    expect(await scheduler.execute(writing('b', 2))).toBe(2)
    stuck.resolve()
    expect(await first).toBe(1)
  })

  it('may be thousands that wake each other without writing', async () => {
    const many = createScheduler(
      { kv, admission, clock, concurrency, telemetry: noTelemetry() },
      { ...options, pendingCommandCountMax: 30_000, pendingWriteThresholdBytes: 1e9 },
    )
    const write = deferred<void>()
    kv.onWrite = () => write.promise
    const first = many.execute(writing('k', 'first'))
    const rest = Array.from({ length: 20_000 }, (_, index) =>
      many.execute(command('k', () => ({ changes: [], response: index }))),
    )
    write.resolve()
    expect(await first).toBe('first')
    expect((await Promise.all(rest)).at(-1)).toBe(19_999)
    expect(many.pendingCommandCount()).toBe(0)
  })
})

describe('what fails gives everything back, once', () => {
  const broken = new NotLeaderError(1, undefined)

  const failures: readonly {
    readonly name: string
    arrange(): void
    readonly command?: () => WriteCommand<unknown>
  }[] = [
    {
      name: 'the snapshot throws',
      arrange: () => {
        kv.onSnapshot = () => {
          throw broken
        }
      },
    },
    {
      name: 'the snapshot rejects',
      arrange: () => {
        kv.onSnapshot = () => Promise.reject(broken)
      },
    },
    {
      name: 'the decision throws',
      arrange() {},
      command: () =>
        command('k', () => {
          throw broken
        }),
    },
    { name: 'the decision rejects', arrange() {}, command: () => command('k', () => Promise.reject(broken)) },
    {
      name: 'the charge throws',
      arrange: () => {
        admission.onCharge = () => {
          throw broken
        }
      },
    },
    {
      name: 'the charge rejects',
      arrange: () => {
        admission.onCharge = () => Promise.reject(broken)
      },
    },
    {
      name: 'the write throws',
      arrange: () => {
        kv.onWrite = () => {
          throw broken
        }
      },
    },
    {
      name: 'the write rejects',
      arrange: () => {
        kv.onWrite = () => Promise.reject(broken)
      },
    },
  ]

  for (const failure of failures) {
    it(`when ${failure.name}`, async () => {
      failure.arrange()
      const running = scheduler.execute(failure.command?.() ?? guarding('k'))
      await expect(running).rejects.toBe(broken)
      expect(admission.balanceBytes).toBe(0)
      await expectNothingHeld('k')
    })

    it(`when ${failure.name}, and the next in line runs`, async () => {
      failure.arrange()
      const gate = deferred<void>()
      const { onSnapshot } = kv
      let snapshotCount = 0
      kv.onSnapshot = (open) => (++snapshotCount === 1 ? gate.promise.then(() => onSnapshot(open)) : open())
      const running = scheduler.execute(failure.command?.() ?? guarding('k'))
      const next = scheduler.execute(command('k', () => ({ changes: [], response: 'next' })))
      gate.resolve()
      await expect(running).rejects.toBe(broken)
      expect(await next).toBe('next')
      await expectNothingHeld('k')
    })
  }

  it('when the write is larger than a Raft entry may be', async () => {
    const large = command('k', () => ({ changes: [put('k', 'x'.repeat(600))], response: 0 }))
    await expect(scheduler.execute(large)).rejects.toThrow(RaftEntryTooLargeError)
    expect([kv.written, admission.balanceBytes]).toEqual([[], 0])
    await expectNothingHeld('k')
  })
})

describe('a busy scheduler', () => {
  const busy = { reason: 'scheduler is busy' } satisfies Partial<ServerIsBusyError>

  it('refuses what the admission refuses, but not what ends transactions', async () => {
    admission.onAdmit = () => 'busy'
    await expect(scheduler.execute(writing('k', 1))).rejects.toMatchObject(busy)
    await expect(scheduler.write('raw_put', context, [put('k')])).rejects.toMatchObject(busy)
    expect(await scheduler.execute(writing('k', 2, { exemptFromBusy: true }))).toBe(2)
    await expectNothingHeld('k')
  })

  it('takes the command that crosses the pending threshold and refuses those behind it', async () => {
    const write = deferred<void>()
    kv.onWrite = () => write.promise
    const large = scheduler.execute(writing('a', 1, { writeBytes: 5000 }))
    await expect(scheduler.execute(writing('b', 2))).rejects.toMatchObject(busy)
    const exempt = scheduler.execute(writing('c', 3, { exemptFromBusy: true }))
    write.resolve()
    expect(await Promise.all([large, exempt])).toEqual([1, 3])
    await expectNothingHeld('b')
  })

  it('has an end to its patience for exempt commands too', async () => {
    const write = deferred<void>()
    kv.onWrite = () => write.promise
    const exempt = { exemptFromBusy: true, writeBytes: 0 }
    const running = Array.from({ length: 50 }, (_, index) => scheduler.execute(writing(`k${index}`, index, exempt)))
    await expect(scheduler.execute(writing('k', 0, exempt))).rejects.toMatchObject(busy)
    write.resolve()
    await Promise.all(running)
    await expectNothingHeld('k')
  })
})

describe('a deadline', () => {
  const exceeded = { reason: 'deadline is exceeded' } satisfies Partial<ServerIsBusyError>

  it('ends a command in line for latches when it passes, and lets those behind it through', async () => {
    const write = deferred<void>()
    kv.onWrite = () => write.promise
    const first = scheduler.execute(writing('a', 1))
    const late = scheduler.execute(writing('a', 2, { latchKeys: [bytes('a'), bytes('z')] }), {
      deadline: clock.now() + 30,
    })
    const refused = expect(late).rejects.toMatchObject(exceeded)
    await clock.advance(29)
    expect(scheduler.pendingCommandCount()).toBe(2)
    await clock.advance(1)
    await refused
    expect(await scheduler.execute(command('z', () => ({ changes: [], response: 'z' })))).toBe('z')
    write.resolve()
    expect(await first).toBe(1)
    expect(kv.written.length).toBe(1)
    await expectNothingHeld('a')
  })

  it('ends a command whose snapshot took too long, before it decides', async () => {
    const gate = deferred<void>()
    kv.onSnapshot = (open) => gate.promise.then(open)
    let decided = false
    const slow = command('k', () => {
      decided = true
      return { changes: [], response: 0 }
    })
    const running = scheduler.execute(slow, { deadline: clock.now() + 30 })
    const refused = expect(running).rejects.toMatchObject(exceeded)
    await clock.advance(30)
    gate.resolve()
    await refused
    expect(decided).toBe(false)
    await expectNothingHeld('k')
  })

  it('ends a command that the admission cannot charge in time', async () => {
    const seen: number[] = []
    admission.onCharge = (_bytes, deadline) => {
      seen.push(deadline)
      return Promise.resolve('deadline')
    }
    await expect(scheduler.execute(guarding('k'), { deadline: 40 })).rejects.toMatchObject(exceeded)
    expect([seen, admission.balanceBytes, kv.written]).toEqual([[40], 0, []])
    await expectNothingHeld('k')
  })

  it('that passes during the charge costs nothing', async () => {
    const charge = deferred<'charged'>()
    admission.onCharge = () => charge.promise
    const running = scheduler.execute(guarding('k'), { deadline: 40 })
    const refused = expect(running).rejects.toMatchObject(exceeded)
    await clock.advance(40)
    charge.resolve('charged')
    await refused
    expect([admission.balanceBytes, kv.written]).toEqual([0, []])
    await expectNothingHeld('k')
  })

  it('no longer matters once the write is on its way', async () => {
    const write = deferred<void>()
    kv.onWrite = () => write.promise
    const running = scheduler.execute(writing('k', 1), { deadline: 40 })
    await clock.advance(50)
    write.resolve()
    expect(await running).toBe(1)
  })
})

describe('a client that goes away', () => {
  it('before its turn never had one', async () => {
    const gone = AbortSignal.abort()
    await expect(scheduler.execute(writing('k', 1), { signal: gone })).rejects.toThrow(CommandCancelledError)
    await expectNothingHeld('k')
  })

  it('leaves the line for latches at once', async () => {
    const write = deferred<void>()
    kv.onWrite = () => write.promise
    const client = new AbortController()
    const first = scheduler.execute(writing('k', 1))
    const second = scheduler.execute(writing('k', 2), { signal: client.signal })
    const third = scheduler.execute(writing('k', 3))
    client.abort()
    await expect(second).rejects.toThrow(CommandCancelledError)
    expect(scheduler.pendingCommandCount()).toBe(2)
    write.resolve()
    expect(await Promise.all([first, third])).toEqual([1, 3])
    await expectNothingHeld('k')
  })

  it('is heard before the decision and before the write', async () => {
    for (const stage of ['snapshot', 'charge'] as const) {
      const gate = deferred<'charged'>()
      const client = new AbortController()
      if (stage === 'snapshot') kv.onSnapshot = (open) => gate.promise.then(open)
      else admission.onCharge = () => gate.promise
      const running = scheduler.execute(guarding('k'), { signal: client.signal })
      const refused = expect(running).rejects.toThrow(CommandCancelledError)
      client.abort()
      gate.resolve('charged')
      await refused
      expect([kv.written.length, admission.balanceBytes]).toEqual([0, 0])
      await expectNothingHeld('k')
      kv.written.length = 0
      admission.balanceBytes = 0
    }
  })

  it('cannot take back what was handed to the Kv', async () => {
    const write = deferred<void>()
    kv.onWrite = () => write.promise
    const client = new AbortController()
    const running = scheduler.execute(writing('k', 1), { signal: client.signal })
    client.abort()
    const next = scheduler.execute(writing('k', 2))
    await settled()
    expect(kv.written.length).toBe(1)
    write.resolve()
    expect(await running).toBe(1)
    expect(await next).toBe(2)
  })
})

describe('closing', () => {
  it('ends what waits, lets finish what is being written, and refuses what comes', async () => {
    const write = deferred<void>()
    kv.onWrite = () => write.promise
    const snapshot = deferred<void>()
    const written = scheduler.execute(guarding('a'))
    const waiting = scheduler.execute(writing('a', 2), { deadline: 1000, signal: new AbortController().signal })
    kv.onSnapshot = (open) => snapshot.promise.then(open)
    const reading = scheduler.execute(writing('b', 3))
    const ends = Promise.all([
      expect(waiting).rejects.toThrow(ClosedError),
      expect(reading).rejects.toThrow(ClosedError),
      expect(scheduler.close().then(() => 'closed')).resolves.toBe('closed'),
    ])
    await expect(scheduler.execute(writing('c', 4))).rejects.toThrow(ClosedError)
    expect(scheduler.pendingCommandCount()).toBe(2)
    write.resolve()
    snapshot.resolve()
    expect(await written).toBe('done')
    await ends
    await scheduler.close()
    expect([scheduler.pendingBytes(), kv.openSnapshotCount, concurrency.lockedKeyCount()]).toEqual([0, 0, 0])
    clock.assertIdle()
  })

  it('ends each waiting command once, though ending one lets another one on', async () => {
    // Slots are hashes of keys, so which of two keys is claimed first is not for the test to say: both ways are tried.
    for (const [blocked, shared] of [
      ['a', 'b'],
      ['b', 'a'],
    ] as const) {
      const closing = createScheduler({ kv, admission, clock, concurrency, telemetry: noTelemetry() }, options)
      const write = deferred<void>()
      kv.onWrite = () => write.promise
      const written = closing.execute(writing(blocked, 1))
      const both = closing.execute(writing(blocked, 2, { latchKeys: [bytes(blocked), bytes(shared)] }))
      const behind = closing.execute(writing(shared, 3))
      const last = closing.execute(writing(blocked, 4))
      // Where `shared` is the later slot, `behind` did not have to wait and is being written.
      const ends = Promise.allSettled([written, both, behind, last])
      const closed = closing.close()
      write.resolve()
      await closed
      const [first, ...others] = (await ends).map(({ status }) => status)
      expect([first, others[0], others[2]]).toEqual(['fulfilled', 'rejected', 'rejected'])
      expect([closing.pendingCommandCount(), closing.pendingBytes()]).toEqual([0, 0])
    }
    clock.assertIdle()
  })
})

describe('a command of several rounds', () => {
  it('writes each round and goes on with a fresh snapshot under the same latches', async () => {
    let round = 0
    const rounds = command('k', (env) => {
      round++
      const guard = env.concurrency.lockKey(bytes('k'))
      const more = { continue: round < 3, keyGuards: [guard] }
      return { changes: [put('k', String(round))], response: `round ${round}`, ...more }
    })
    const running = scheduler.execute(rounds)
    const behind = scheduler.execute(command('k', () => ({ changes: [], response: round })))
    expect(await running).toBe('round 3')
    expect(await behind).toBe(3)
    expect(kv.written).toEqual([[put('k', '1')], [put('k', '2')], [put('k', '3')]])
    await expectNothingHeld('k')
  })

  it('gives its latches back when it names others, and reads again when it has those', async () => {
    const write = deferred<void>()
    kv.onWrite = () => write.promise
    const owner = scheduler.execute(writing('found', 'owner'))
    const seen: string[] = []
    let latchKeys: readonly Uint8Array[] = [bytes('start')]
    const searching: WriteCommand<string> = {
      name: 'resolve_lock',
      kv: context,
      get latchKeys() {
        return latchKeys
      },
      writeBytes: 10,
      exemptFromBusy: true,
      process() {
        seen.push(latchKeys === searching.latchKeys ? String(latchKeys.length) : '')
        if (seen.length > 1) return { changes: [put('found', 'resolved')], response: 'resolved' }
        latchKeys = [bytes('found'), bytes('also')]
        return { changes: [], response: '', continue: true }
      },
    }
    const running = scheduler.execute(searching)
    expect(seen).toEqual(['1'])
    expect(await scheduler.execute(command('start', () => ({ changes: [], response: 'free' })))).toBe('free')
    write.resolve()
    expect(await owner).toBe('owner')
    expect(await running).toBe('resolved')
    expect(seen).toEqual(['1', '2'])
    await expectNothingHeld('found')
  })

  it('keeps the rounds that were written when a later one fails', async () => {
    let round = 0
    const rounds = command('k', () => {
      if (++round === 2) throw new NotLeaderError(1, undefined)
      return { changes: [put('k', String(round))], response: 0, continue: true }
    })
    await expect(scheduler.execute(rounds)).rejects.toThrow(NotLeaderError)
    expect(kv.written).toEqual([[put('k', '1')]])
    await expectNothingHeld('k')
  })
})
