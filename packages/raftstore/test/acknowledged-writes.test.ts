import { type KeyChange, NoSpaceError, noMemoryLocks } from '@stratakv/core'
import { createMemoryEngine, createMemoryRaftLog } from '@stratakv/memory'
import { describe, expect, it } from 'vitest'
import { DiskSpaceGate, prepareRegions, RaftKv } from '../src/index.ts'
import { openLoneStore, wholeRegion } from './store-fixture.ts'

const context = { regionId: 1 }
const one = (value: number) =>
  ({ type: 'put', cf: 'default', key: Uint8Array.of(1), value: Uint8Array.of(value) }) as const

/** A store whose engine takes data when it is told to, in order, or fails. */
async function startStore() {
  const [engine, logEngine] = [createMemoryEngine(), createMemoryRaftLog()]
  const held: { isHolding: boolean; waiting: (() => void)[]; failure: Error | undefined } = {
    isHolding: false,
    waiting: [],
    failure: undefined,
  }
  const write = engine.write.bind(engine)
  engine.write = async (changes: readonly KeyChange[], options) => {
    if (held.isHolding) await new Promise<void>((resolve) => held.waiting.push(resolve))
    if (held.failure !== undefined) throw held.failure
    return write(changes, options)
  }
  const release = () => {
    held.isHolding = false
    for (const go of held.waiting.splice(0)) go()
  }
  await prepareRegions(engine, [wholeRegion([{ id: 3, storeId: 1, role: 'voter' }])])
  const store = await openLoneStore(engine, logEngine)
  await store.awaitSoleLeaders()
  const kv = new RaftKv(
    { store, locks: noMemoryLocks(), diskSpace: new DiskSpaceGate({ reserveBytes: 0 }) },
    { raftEntryMaxBytes: 1024 },
  )
  const read = async () => {
    const snapshot = await kv.snapshot(context)
    try {
      return await snapshot.get('default', Uint8Array.of(1))
    } finally {
      snapshot.release()
    }
  }
  return { engine, store, kv, read, held, release }
}

/** One that has acknowledged a write which its engine does not get before `release`. */
async function startBehind() {
  const started = await startStore()
  started.held.isHolding = true
  await started.kv.write(context, [one(1)])
  return started
}

const soon = () => new Promise((resolve) => setTimeout(resolve, 20))

describe('a write', () => {
  it('is acknowledged when it is in the log, and a read waits until the engine has it', async () => {
    const { store, kv, read, release } = await startBehind()
    const answers: unknown[] = []
    const reading = read().then((value) => answers.push(value))
    await soon()
    expect(answers).toEqual([])
    release()
    await reading
    expect(answers).toEqual([Uint8Array.of(1)])
    // Nothing is outstanding: it does not wait any more.
    expect(kv.snapshot(context)).not.toBeInstanceOf(Promise)
    await store.close()
  })

  it('waits for the engine itself for a while after a reader had to', async () => {
    const { store, kv, read, held, release } = await startBehind()
    const reading = read()
    release()
    await reading
    held.isHolding = true
    const answers: string[] = []
    const writing = kv.write(context, [one(2)]).then(() => answers.push('written'))
    await soon()
    expect(answers).toEqual([])
    // Nothing was acknowledged that the engine lacks.
    expect(kv.snapshot(context)).not.toBeInstanceOf(Promise)
    release()
    await writing
    expect(await read()).toEqual(Uint8Array.of(2))
    await store.close()
  })

  it('is what a read waits for, not those that come after it', async () => {
    const { store, kv, read, held, release } = await startBehind()
    const reading = read()
    const writing = kv.write(context, [one(2)])
    await soon()
    // The first batch: the second one's turn waits again.
    held.waiting.shift()!()
    expect(await reading).toEqual(Uint8Array.of(1))
    release()
    await writing
    expect(await read()).toEqual(Uint8Array.of(2))
    await store.close()
  })

  it('is in the engine by the time that somebody who goes past the regions was told so', async () => {
    const { engine, store, release } = await startBehind()
    const applied = store.awaitApplied()
    release()
    await applied
    const snapshot = engine.snapshot()
    expect(await snapshot.get('default', Uint8Array.of('z'.charCodeAt(0), 1))).toEqual(Uint8Array.of(1))
    snapshot.release()
    await store.close()
  })

  it('is not answered for ahead of the engine without bound', async () => {
    const { store, kv, held, release } = await startStore()
    held.isHolding = true
    const size = 1000
    const big = { type: 'put', cf: 'default', key: Uint8Array.of(2), value: new Uint8Array(size) } as const
    let answered = 0
    const writes = Array.from({ length: 300 }, () => kv.write(context, [big]).then(() => answered++))
    await soon()
    // One batch that the engine has been given, and one behind it, of 64 KiB each.
    expect(answered).toBeGreaterThan(60)
    expect(answered * size).toBeLessThan(3 * 64 * 1024)
    release()
    await Promise.all(writes)
    await store.close()
  })

  it('that the engine did not take is not read over', async () => {
    const { store, kv, read, held, release } = await startStore()
    await kv.write(context, [one(1)])
    await store.awaitApplied()
    held.isHolding = true
    await kv.write(context, [one(2)])
    held.failure = new NoSpaceError('/db')
    release()
    await store.awaitApplied()
    expect(store.failure).toBeDefined()
    await expect(read()).rejects.toMatchObject({ code: 'RAFTSTORE_WRITE_OUTCOME_UNKNOWN' })
    await store.close()
  })
})
