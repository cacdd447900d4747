import {
  below,
  type FileSystem,
  type RaftLogChange,
  type RaftLogEngine,
  type Random,
  systemClock,
} from '@stratakv/core'
import { createMemoryDisk, type MemoryDisk } from '@stratakv/memory'
import { forSeeds } from '@stratakv/testkit'
import { describe, expect, it } from 'vitest'
import { openRaftEngine, type RaftEngineOptions } from '../../src/index.ts'
import { applyRepair, checkLog, convertLog, dumpLog, planRepair } from '../../src/tools/index.ts'
import { readFile, writeFile } from './log-fixture.ts'

const directory = '/log'

function open(fileSystem: FileSystem, options: Partial<RaftEngineOptions> = {}) {
  return openRaftEngine(
    { fileSystem, clock: systemClock() },
    { directory, targetFileSize: 8192, purgeThreshold: 32_768, batchCompressionThreshold: 512, ...options },
  )
}

/** A log with everything in it: rewritten and purged files, compressed batches, overwritten tails, regions that are gone. */
async function someLog(random: Random, options: Partial<RaftEngineOptions> = {}): Promise<MemoryDisk> {
  const disk = createMemoryDisk({ random })
  const engine = await open(disk, options)
  for (let step = 0; step < 150; step++) {
    const changes: RaftLogChange[] = []
    for (const regionId of new Set([1 + below(random, 5), 1 + below(random, 5)])) {
      const last = engine.lastIndex(regionId)
      const first = engine.firstIndex(regionId)
      const from = last === undefined ? 1 + below(random, 9) : Math.max(last + 1 - below(random, 3), first!)
      const entries = Array.from({ length: 1 + below(random, 4) }, (_, at) =>
        new TextEncoder().encode(`${regionId}/${from + at} `.repeat(1 + below(random, 60))),
      )
      changes.push({ type: 'append', regionId, firstIndex: from, entries })
      changes.push({ type: 'put', regionId, key: Uint8Array.of(below(random, 3)), value: Uint8Array.of(step) })
      if (below(random, 4) === 0) changes.push({ type: 'delete', regionId, key: Uint8Array.of(below(random, 3)) })
      if (below(random, 3) === 0 && regionId !== 5) changes.push({ type: 'compact', regionId, index: from })
      if (below(random, 25) === 0) changes.push({ type: 'clean', regionId })
    }
    await engine.write(changes, { sync: below(random, 3) === 0 })
    if (step % 20 === 19) await engine.purge()
  }
  await engine.close()
  return disk
}

/** All that an engine holds. */
async function stateOf(engine: RaftLogEngine) {
  const state: Record<number, unknown> = {}
  for (const regionId of engine.regions()) {
    const [first, last] = [engine.firstIndex(regionId), engine.lastIndex(regionId)]
    const entries = first === undefined ? [] : await engine.entries(regionId, first, last! + 1)
    state[regionId] = { first, entries: entries.map((entry) => [...entry]), values: await engine.values(regionId) }
  }
  return state
}

async function stateAt(disk: FileSystem, options: Partial<RaftEngineOptions> = {}) {
  const engine = await open(disk, options)
  const state = await stateOf(engine)
  await engine.close()
  return state
}

describe('a log that the engine wrote', () => {
  it('has nothing wrong with it, and a dump with every entry', async () => {
    await forSeeds(5, async (_, random) => {
      const disk = await someLog(random)
      const report = await checkLog({ fileSystem: disk }, { paths: [directory] })
      expect(report.findings.filter(({ severity }) => severity !== 'info')).toEqual([])
      expect(report.batchCount).toBeGreaterThan(20)
      const dumped = new Map<string, number[]>()
      for await (const record of dumpLog({ fileSystem: disk }, { paths: [directory], payloads: true })) {
        if (record.type !== 'entries') continue
        for (const [at, payload] of record.payloads!.entries()) {
          dumped.set(`${record.regionId} ${record.firstIndex + at}`, [...payload])
        }
      }
      const engine = await open(disk)
      for (const regionId of engine.regions()) {
        const first = engine.firstIndex(regionId)
        for (let index = first ?? 1; index <= (engine.lastIndex(regionId) ?? 0); index++) {
          expect(dumped.get(`${regionId} ${index}`)).toEqual([...(await engine.entry(regionId, index))!])
        }
      }
      await engine.close()
    })
  })

  it('is the same to the engine after a conversion, there and back', async () => {
    await forSeeds(5, async (_, random) => {
      const disk = await someLog(random)
      const state = await stateAt(disk)
      expect(Object.keys(state).length).toBeGreaterThan(2)
      await convertLog({ fileSystem: disk }, { paths: [directory], target: '/v1', version: 1 })
      await convertLog({ fileSystem: disk }, { paths: ['/v1'], target: '/v2', version: 2 })
      const v1 = { directory: '/v1', formatVersion: 1, recoveryMode: 'absolute-consistency' } as const
      expect(await stateAt(disk, v1)).toEqual(state)
      expect(await stateAt(disk, { directory: '/v2', recoveryMode: 'absolute-consistency' })).toEqual(state)
    })
  })

  it('is opened by the engine after damage and a repair, without a wrong byte', async () => {
    await forSeeds(25, async (seed, random) => {
      const disk = await someLog(random)
      const whole = (await stateAt(disk)) as Record<number, { first: number; entries: number[][] }>
      const files = (await disk.list(directory))
        .map(({ name }) => name)
        .filter((name) => /raftlog$|rewrite$/.test(name))
      const path = `${directory}/${files[below(random, files.length)]!}`
      const bytes = await readFile(disk, path)
      // A header that is damaged in the only file of a log is no longer one of a log at all.
      const at = 69 + below(random, Math.max(bytes.length - 69, 1))
      if (at >= bytes.length) return
      if (below(random, 2) === 0) bytes[at]! ^= 1 << below(random, 8)
      await writeFile(disk, path, below(random, 2) === 0 ? bytes : bytes.subarray(0, at))
      const deps = { fileSystem: disk }
      const damage = below(random, 2) === 0 ? 'cut' : 'skip'
      const rules = [{ on: 'hole', queue: 'append', verdict: 'drop-existing' }] as const
      await applyRepair(deps, await planRepair(deps, { paths: [directory], damage, rules }))
      const { findings } = await checkLog(deps, { paths: [directory] })
      expect(findings.filter(({ severity, code }) => severity === 'error' && code !== 'hole')).toEqual([])
      expect(await planRepair(deps, { paths: [directory], damage, rules })).toEqual({
        files: [],
        setAside: [],
        unresolved: [],
      })
      const mended = (await stateAt(disk)) as typeof whole
      for (const [regionId, { first, entries }] of Object.entries(mended)) {
        for (const [place, entry] of entries.entries()) {
          // What an older file holds may come back when a newer one is lost: but never bytes that nobody wrote.
          const text = new TextDecoder().decode(Uint8Array.from(entry))
          expect(text.startsWith(`${regionId}/${first + place} `), `seed ${seed}: ${text.slice(0, 20)}`).toBe(true)
        }
      }
    })
  })
})
