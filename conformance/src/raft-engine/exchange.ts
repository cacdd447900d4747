import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { assert, seededRandom } from '@stratakv/core'
import { type DirectorySurvey, surveyDirectory } from './directory-survey.ts'
import { appendOf, compactAll, groupsByPurge, putOf } from './endings.ts'
import { firstDifference, firstDifferenceAfterPurge, LogModel, type RegionDump } from './log-model.ts'
import type { LogPeer } from './peers.ts'
import { type RandomScriptOptions, randomScript } from './random-script.ts'
import type { OpenOptions, Script, Step } from './script.ts'

/** What a directory has been through when it is handed over. */
export interface History {
  readonly name: string
  readonly formatVersions: readonly (1 | 2)[]
  /** Needs a writer that copies queues when told to. */
  readonly onDemand?: boolean
  /** What had been copied may come back: see `firstDifferenceAfterPurge`. */
  readonly copies: boolean
  readonly replacesTails: boolean
  /** Readers without atomic groups take their parts for user data, and are left out. */
  readonly atomicGroups?: boolean
  readonly open?: Omit<OpenOptions, 'formatVersion' | 'compressionThreshold'>
  readonly writeCount: number
  readonly dataBytesMax: number
  readonly between?: RandomScriptOptions['between']
  /** Closed and opened again after so many writes, each time. */
  readonly reopenEvery?: number
  /** Of the first opening, where it is not the one of the case. */
  readonly firstFormatVersion?: 1
  readonly end?: (model: LogModel) => Script
  /** Says what the directory lacks of what the history is about. */
  missing(survey: DirectorySurvey, writer: LogPeer): string | undefined
}

export const smallFiles = { targetFileSize: 16_384, purgeThreshold: 65_536, purgeRewriteThreshold: 32_768 }

export const histories: readonly History[] = [
  {
    name: 'plain',
    formatVersions: [1, 2],
    copies: false,
    replacesTails: true,
    open: { targetFileSize: 16_384 },
    writeCount: 120,
    dataBytesMax: 20_000,
    reopenEvery: 50,
    missing: () => undefined,
  },
  {
    name: 'both-versions',
    formatVersions: [2],
    copies: false,
    replacesTails: true,
    open: { targetFileSize: 16_384 },
    writeCount: 120,
    dataBytesMax: 20_000,
    reopenEvery: 50,
    firstFormatVersion: 1,
    missing: ({ formatVersions }) => (formatVersions.has(1) ? undefined : 'no file of version 1'),
  },
  {
    name: 'crashed',
    formatVersions: [1, 2],
    copies: false,
    replacesTails: true,
    writeCount: 60,
    dataBytesMax: 20_000,
    end: () => [{ type: 'crash' }],
    missing: ({ hasZeroTail }, { laysOutAhead }) => {
      return hasZeroTail === laysOutAhead
        ? undefined
        : 'zeros behind the last batch, or none, against what was expected'
    },
  },
  {
    name: 'purged',
    formatVersions: [1, 2],
    copies: true,
    replacesTails: false,
    open: smallFiles,
    writeCount: 400,
    dataBytesMax: 4_000,
    between: [{ step: { type: 'purge' }, every: 10 }],
    missing: ({ isPurged, rewrittenCount }) => (isPurged && rewrittenCount > 0 ? undefined : 'nothing was purged'),
  },
  {
    name: 'purged-replaced',
    formatVersions: [1, 2],
    copies: true,
    replacesTails: true,
    open: smallFiles,
    writeCount: 400,
    dataBytesMax: 4_000,
    between: [{ step: { type: 'purge' }, every: 10 }],
    missing: ({ isPurged, rewrittenCount }) => (isPurged && rewrittenCount > 0 ? undefined : 'nothing was purged'),
  },
  {
    name: 'recycled-tail',
    formatVersions: [2],
    copies: true,
    replacesTails: true,
    // Room for all that is purged at once: spare files then adjoin the log.
    open: { ...smallFiles, purgeThreshold: 262_144 },
    writeCount: 400,
    dataBytesMax: 4_000,
    between: [{ step: { type: 'purge' }, every: 10 }],
    end: (model) => [
      compactAll(model),
      { type: 'purge' },
      // The first fills the file up, the second goes into a recycled one, and what that held before is left behind it.
      putOf(17_000),
      putOf(10),
      { type: 'crash' },
    ],
    missing: ({ hasStaleTail, hasGap }) =>
      hasStaleTail && !hasGap ? undefined : 'no old bytes behind the end of a file',
  },
  {
    name: 'rewritten',
    formatVersions: [1, 2],
    onDemand: true,
    copies: true,
    replacesTails: false,
    writeCount: 120,
    dataBytesMax: 4_000,
    between: [{ step: { type: 'rewrite-append' }, every: 25 }],
    missing: ({ rewrittenCount }) => (rewrittenCount > 0 ? undefined : 'nothing was rewritten'),
  },
  {
    name: 'atomic-groups',
    formatVersions: [1, 2],
    onDemand: true,
    copies: true,
    replacesTails: true,
    atomicGroups: true,
    writeCount: 150,
    dataBytesMax: 120_000,
    between: [
      { step: { type: 'rewrite-append' }, every: 30 },
      { step: { type: 'rewrite-rewrite' }, every: 45 },
    ],
    // One region that is sure not to fit into one batch.
    end: (model) => [appendOf(model, 8, 50_000), { type: 'rewrite-append' }, { type: 'rewrite-rewrite' }],
    missing: ({ hasAtomicGroups }) => (hasAtomicGroups ? undefined : 'no atomic group'),
  },
  {
    name: 'purged-groups',
    formatVersions: [1, 2],
    copies: true,
    replacesTails: true,
    atomicGroups: true,
    open: smallFiles,
    writeCount: 100,
    dataBytesMax: 4_000,
    between: [{ step: { type: 'purge' }, every: 10 }],
    end: groupsByPurge,
    missing: ({ hasAtomicGroups }) => (hasAtomicGroups ? undefined : 'no atomic group'),
  },
]

export interface ExchangeCase {
  readonly writer: LogPeer
  /** All of them, the writer too. */
  readonly peers: readonly LogPeer[]
  readonly history: History
  readonly formatVersion: 1 | 2
  readonly compressed: boolean
  readonly seed: number
}

/** A directory that is not what it should be. */
export class ExchangeError extends Error {
  override readonly name = 'ExchangeError'
}

/**
 * One peer writes a directory. Each that can read it must find in it what was written, entry for entry. Then each goes on
 * writing a copy of it, and again all must find the same. Returns who read it.
 */
export async function exchange(test: ExchangeCase): Promise<readonly LogPeer[]> {
  const { writer, history, formatVersion } = test
  const readers = test.peers.filter((peer) => canRead(peer, history, formatVersion))
  const random = seededRandom(test.seed)
  const open: OpenOptions = { formatVersion, compressionThreshold: test.compressed ? 1 : 0 }
  const folder = await mkdtemp(join(tmpdir(), 'stratakv-exchange-'))
  try {
    const dir = join(folder, 'written')
    const model = new LogModel()
    const reopen = { type: 'open' as const, options: { ...open, ...history.open } } satisfies Step
    const script = randomScript({
      writeCount: history.writeCount,
      dataBytesMax: history.dataBytesMax,
      replacesTails: history.replacesTails,
      emptiesLogs: !history.copies,
      between: [
        ...(history.between ?? []),
        ...(history.reopenEvery === undefined ? [] : [{ step: reopen, every: history.reopenEvery }]),
      ],
      random: random.fork('write'),
      model,
      open: { ...reopen.options, formatVersion: history.firstFormatVersion ?? formatVersion },
    })
    const end = history.end?.(model) ?? []
    for (const step of end) if (step.type === 'write') for (const change of step.changes) model.apply(change)
    await writer.run(dir, [...script, ...end], join(folder, 'written.script'))
    const survey = await surveyDirectory(dir)
    demand(history.missing(survey, writer))
    demand(survey.formatVersions.has(formatVersion) ? undefined : `no file of version ${formatVersion}`)
    const compressed = survey.compressedCount > 0
    demand(compressed === test.compressed ? undefined : `${survey.compressedCount} batches are compressed`)
    const found = await readByAll(folder, dir, readers, model.dump(), history.copies)

    for (const peer of readers) {
      const next = join(folder, `continued-${peer.name}`)
      await cp(dir, next, { recursive: true })
      // What came back after a purge is part of the log for whoever goes on.
      const nextModel = LogModel.from(found)
      const further = randomScript({
        random: random.fork(`continue ${peer.name}`),
        model: nextModel,
        open,
        replacesTails: history.replacesTails,
        emptiesLogs: !history.copies,
        writeCount: 30,
        dataBytesMax: 20_000,
      })
      await peer.run(next, further, join(folder, `continued-${peer.name}.script`))
      await readByAll(folder, next, readers, nextModel.dump(), history.copies).catch((error: unknown) => {
        throw new ExchangeError(`continued by ${peer.name}: ${told(error)}`, { cause: error })
      })
    }
  } catch (error) {
    throw new ExchangeError(`${told(error)} (seed ${test.seed})`, { cause: error })
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
  return readers
}

/** Whether a writer can bring a directory into that state. */
export function canWrite(peer: LogPeer, history: History, formatVersion: 1 | 2): boolean {
  if (!history.formatVersions.includes(formatVersion) || !canRead(peer, history, formatVersion)) return false
  if (history.atomicGroups && !peer.marksGroupsIn.includes(formatVersion)) return false
  return peer.rewritesOnDemand || !history.onDemand
}

function canRead(peer: LogPeer, history: History, formatVersion: 1 | 2): boolean {
  if (history.atomicGroups && !peer.knowsAtomicGroups) return false
  if (history.copies && history.replacesTails && !peer.recoversReplacedTails) return false
  return peer.formatVersions.includes(formatVersion)
}

/** Each reads a copy of its own: reading may change a directory. Returns what they all found. */
async function readByAll(
  folder: string,
  dir: string,
  readers: readonly LogPeer[],
  expected: readonly RegionDump[],
  copies: boolean,
): Promise<readonly RegionDump[]> {
  let agreed: readonly RegionDump[] | undefined
  for (const reader of readers) {
    const copy = join(folder, `read-${reader.name}`)
    await cp(dir, copy, { recursive: true })
    const dump = await reader.dump(copy)
    await rm(copy, { recursive: true, force: true })
    const difference = copies ? firstDifferenceAfterPurge(expected, dump) : firstDifference(expected, dump)
    demand(difference && `read by ${reader.name}: ${difference}`)
    const disagreement = agreed && firstDifference(agreed, dump)
    demand(disagreement && `${reader.name} and ${readers[0]?.name} disagree: ${disagreement}`)
    agreed ??= dump
  }
  assert(agreed !== undefined, 'nobody can read what was written')
  return agreed
}

function demand(failure: string | undefined): void {
  if (failure !== undefined) throw new ExchangeError(failure)
}

function told(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
