import { dataBytes, encodeEntry } from '@stratakv/conformance'
import { type RaftLogChange, type RaftLogEngine, systemClock } from '@stratakv/core'
import { runLoad } from './load-run.ts'
import { openSide } from './side.ts'
import type { Fill, MemoryResult, RecoverResult, Turn } from './turn.ts'

/** One write of a fill: as large as the crate's own benchmark of recovery makes them. */
const fillBatchBytes = 2 ** 20
const poolCount = 4096
const clock = systemClock()

async function main(turn: Turn): Promise<unknown> {
  const openedFrom = clock.now()
  const { side, options } = turn
  const engine = await openSide(side, clock, options)
  const openMs = clock.now() - openedFrom
  switch (turn.type) {
    case 'load':
      return runLoad(engine, turn.load, clock)
    case 'fill':
      await fill(engine, turn.fill)
      await engine.close()
      return {}
    case 'recover': {
      const result: RecoverResult = { openMs, regions: engine.regions().length, entries: entryCount(engine) }
      await engine.close()
      return result
    }
    case 'memory': {
      const before = memoryInUse()
      await fill(engine, turn.fill)
      const after = memoryInUse()
      const result: MemoryResult = {
        entries: entryCount(engine),
        bytes: after.bytes - before.bytes,
        residentBytes: after.residentBytes - before.residentBytes,
      }
      await engine.close()
      return result
    }
  }
}

/** Regions take turns, so that each has its entries all over the log. */
async function fill(engine: RaftLogEngine, { regions, entryBytes, entries, seed }: Fill): Promise<void> {
  const pool = Array.from({ length: poolCount }, (_, at) => {
    return dataBytes({ kind: 'incompressible', seed: (seed + at) >>> 0, length: entryBytes })
  })
  const perWrite = Math.ceil(fillBatchBytes / entryBytes)
  const perChange = Math.ceil(perWrite / regions)
  const perRegion = Math.ceil(entries / regions)
  for (let firstIndex = 1; firstIndex <= perRegion; firstIndex += perChange) {
    const count = Math.min(perChange, perRegion - firstIndex + 1)
    const changes = Array.from({ length: regions }, (_, region): RaftLogChange => {
      const payloads = Array.from({ length: count }, (_, at) => {
        return encodeEntry(6, firstIndex + at, pool[(region + firstIndex + at) % poolCount]!)
      })
      return { type: 'append', regionId: region + 1, firstIndex, entries: payloads }
    })
    await engine.write(changes, { sync: false })
  }
  await engine.sync()
}

function entryCount(engine: RaftLogEngine): number {
  return engine.regions().reduce((count, region) => {
    const [first, last] = [engine.firstIndex(region), engine.lastIndex(region)]
    return first === undefined || last === undefined ? count : count + last - first + 1
  }, 0)
}

function memoryInUse(): { readonly bytes: number; readonly residentBytes: number } {
  if (globalThis.gc === undefined) throw new Error('this turn needs --expose-gc')
  // Twice: what the first frees may hold on to memory outside of the heap.
  globalThis.gc()
  globalThis.gc()
  const { heapUsed, external, rss } = process.memoryUsage()
  return { bytes: heapUsed + external, residentBytes: rss }
}

console.log(JSON.stringify(await main(JSON.parse(process.argv[2]!) as Turn)))
