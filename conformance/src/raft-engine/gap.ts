import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { RaftLogCorruptionError, seededRandom } from '@stratakv/core'
import { surveyDirectory } from './directory-survey.ts'
import { compactAll, putOf } from './endings.ts'
import { ExchangeError, smallFiles } from './exchange.ts'
import { firstDifference, LogModel } from './log-model.ts'
import { dumpOurs } from './our-peer.ts'
import type { LogPeer } from './peers.ts'
import { randomScript } from './random-script.ts'
import type { Script } from './script.ts'

/**
 * After a crash the newer crate can leave spare files of old numbers, then a gap, then the log. It drops what lies before the
 * gap without a word. A file that somebody removed looks the same, so ours refuses such a directory, and opens it as the crate
 * does when told to tolerate anything.
 */
export async function exchangeGap(writer: LogPeer, seed: number): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'stratakv-exchange-gap-'))
  try {
    const dir = join(folder, 'written')
    const model = new LogModel()
    const script = randomScript({
      random: seededRandom(seed).fork('gap'),
      model,
      writeCount: 400,
      dataBytesMax: 4_000,
      replacesTails: true,
      emptiesLogs: false,
      open: { formatVersion: 2, ...smallFiles },
      between: [{ step: { type: 'purge' }, every: 10 }],
    })
    // So much is purged at once that there is no room for all of it to wait for its next use.
    const end: Script = [
      compactAll(model),
      ...Array.from({ length: 20 }, () => putOf(17_000)),
      { type: 'purge' },
      putOf(10),
      { type: 'crash' },
    ]
    await writer.run(dir, [...script, ...end], join(folder, 'written.script'))
    if (!(await surveyDirectory(dir)).hasGap) throw new ExchangeError(`no gap between the files (seed ${seed})`)

    const theirs = join(folder, 'theirs')
    await cp(dir, theirs, { recursive: true })
    const expected = await writer.dump(theirs)
    const refused = await dumpOurs(dir).then(
      () => false,
      (error: unknown) => error instanceof RaftLogCorruptionError,
    )
    if (!refused) throw new ExchangeError(`a directory with a gap was not refused (seed ${seed})`)
    const difference = firstDifference(expected, await dumpOurs(dir, 'tolerate-any-corruption'))
    if (difference !== undefined) throw new ExchangeError(`${difference} (seed ${seed})`)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
