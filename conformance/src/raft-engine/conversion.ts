import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { seededRandom } from '@stratakv/core'
import { createNodeFileSystem } from '@stratakv/file-io'
import { checkLog, convertLog } from '@stratakv/raft-engine/tools'
import { surveyDirectory } from './directory-survey.ts'
import { appendOf } from './endings.ts'
import { ExchangeError } from './exchange.ts'
import { firstDifference, LogModel, type RegionDump } from './log-model.ts'
import type { LogPeer } from './peers.ts'
import { randomScript } from './random-script.ts'
import type { Script } from './script.ts'

/**
 * A directory of one peer, copied into files of either version by our tools, is to whoever reads that version what it was to its
 * writer: with copies of the rewrite queue in it, and atomic groups if the writer makes them, of which version 1 is to show no
 * trace, since the older crate reads it. A crash ends it, and our check finds nothing wrong with it.
 */
export async function exchangeConverted(writer: LogPeer, peers: readonly LogPeer[], seed: number): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'stratakv-exchange-converted-'))
  try {
    const formatVersion = writer.formatVersions.at(-1)!
    const dir = join(folder, 'written')
    const model = new LogModel()
    const open = { formatVersion, targetFileSize: 131_072, compressionThreshold: 8192 } as const
    const script = randomScript({
      random: seededRandom(seed).fork(`convert ${writer.name}`),
      model,
      writeCount: 150,
      dataBytesMax: 60_000,
      // The older crate does not recover those whose older file is gone.
      replacesTails: false,
      emptiesLogs: false,
      open,
      between: writer.rewritesOnDemand ? [{ step: { type: 'rewrite-append' }, every: 30 }] : [],
    })
    const groups: Script = writer.rewritesOnDemand
      ? [appendOf(model, 8, 50_000), { type: 'rewrite-append' }, { type: 'rewrite-rewrite' }]
      : []
    await writer.run(dir, [...script, ...groups, { type: 'crash' }], join(folder, 'written.script'))
    const { hasAtomicGroups } = await surveyDirectory(dir)
    demand(
      hasAtomicGroups === writer.rewritesOnDemand ? undefined : 'atomic groups, or none, against what was expected',
    )
    const expected = await dumpCopy(writer, dir)

    const deps = { fileSystem: createNodeFileSystem() }
    for (const version of [1, 2] as const) {
      const target = join(folder, `v${version}`)
      await convertLog(deps, { paths: [dir], target, version })
      for (const checked of [dir, target]) {
        const { findings } = await checkLog(deps, { paths: [checked] })
        demand(findings.find(({ severity }) => severity !== 'info')?.detail)
      }
      for (const reader of peers.filter((peer) => peer.formatVersions.includes(version))) {
        const difference = firstDifference(expected, await dumpCopy(reader, target))
        demand(difference && `version ${version}, read by ${reader.name}: ${difference}`)
      }
    }
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error)
    throw new ExchangeError(`${text} (seed ${seed})`, { cause: error })
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** Reading may change a directory. */
async function dumpCopy(peer: LogPeer, dir: string): Promise<readonly RegionDump[]> {
  const copy = `${dir}.read`
  await cp(dir, copy, { recursive: true })
  try {
    return await peer.dump(copy)
  } finally {
    await rm(copy, { recursive: true, force: true })
  }
}

function demand(failure: string | undefined): void {
  if (failure !== undefined) throw new ExchangeError(failure)
}
