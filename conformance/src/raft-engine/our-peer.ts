import { cp, mkdir, rename, rm } from 'node:fs/promises'
import { assert, type RaftLogChange, systemClock } from '@stratakv/core'
import { createNodeFileSystem } from '@stratakv/file-io'
import { openRaftEngine, type RaftEngine, type RecoveryMode } from '@stratakv/raft-engine'
import { dataBytes, encodeEntry, toHex } from './data.ts'
import { isNotEmpty, type RegionDump } from './log-model.ts'
import type { LogPeer } from './peers.ts'
import type { OpenOptions, ScriptChange } from './script.ts'

/** Our engine, on real files, in this process. */
export const ourPeer: LogPeer = {
  name: 'ours',
  formatVersions: [1, 2],
  rewritesOnDemand: false,
  knowsAtomicGroups: true,
  marksGroupsIn: [2],
  // `node:fs` has no fallocate.
  laysOutAhead: false,
  recoversReplacedTails: true,
  async run(dir, script) {
    let engine: RaftEngine | undefined
    for (const step of script) {
      if (step.type === 'open') {
        await engine?.close()
        engine = await open(dir, step.options)
        continue
      }
      assert(engine !== undefined, 'a script opens first')
      switch (step.type) {
        case 'write':
          await engine.write(step.changes.map(changeOf), { sync: step.sync })
          break
        case 'purge':
          await engine.purge()
          break
        case 'crash': {
          // What the files hold now is what a process that ends here leaves behind.
          const left = `${dir}.left`
          await cp(dir, left, { recursive: true })
          await engine.close()
          await rm(dir, { recursive: true })
          await rename(left, dir)
          return
        }
        default:
          assert(false, `our engine is not told to ${step.type}`)
      }
    }
    await engine?.close()
  },
  dump: (dir) => dumpOurs(dir),
}

/** All that our engine finds in a directory. */
export async function dumpOurs(dir: string, recoveryMode?: RecoveryMode): Promise<readonly RegionDump[]> {
  const engine = await open(dir, {}, recoveryMode)
  try {
    const regions: RegionDump[] = []
    for (const region of engine.regions()) regions.push(await dumpRegion(engine, region))
    return regions.filter(isNotEmpty)
  } finally {
    await engine.close()
  }
}

async function open(dir: string, options: Partial<OpenOptions>, recoveryMode?: RecoveryMode): Promise<RaftEngine> {
  const { compressionThreshold, ...rest } = options
  await mkdir(dir, { recursive: true })
  return openRaftEngine(
    { fileSystem: createNodeFileSystem(), clock: systemClock() },
    {
      directory: dir,
      ...rest,
      ...(recoveryMode === undefined ? {} : { recoveryMode }),
      ...(compressionThreshold === undefined ? {} : { batchCompressionThreshold: compressionThreshold }),
    },
  )
}

function changeOf(change: ScriptChange): RaftLogChange {
  switch (change.type) {
    case 'append': {
      const { region: regionId, firstIndex, term } = change
      const entries = change.entries.map((data, at) => encodeEntry(term, firstIndex + at, dataBytes(data)))
      return { type: 'append', regionId, firstIndex, entries }
    }
    case 'put':
      return { type: 'put', regionId: change.region, key: change.key, value: change.value }
    case 'delete':
      return { type: 'delete', regionId: change.region, key: change.key }
    case 'compact':
      return { type: 'compact', regionId: change.region, index: change.index }
    case 'clean':
      return { type: 'clean', regionId: change.region }
  }
}

async function dumpRegion(engine: RaftEngine, region: number): Promise<RegionDump> {
  const [first, last] = [engine.firstIndex(region), engine.lastIndex(region)]
  const payloads = first === undefined || last === undefined ? [] : await engine.entries(region, first, last + 1)
  const values = await engine.values(region)
  return {
    region,
    first: first ?? null,
    last: last ?? null,
    entries: payloads.map((payload, at) => [first! + at, toHex(payload)]),
    pairs: values.map(([key, value]) => [toHex(key), toHex(value)]),
  }
}
