import { writeFileSync } from 'node:fs'
import type { SeededRandom } from '@stratakv/core'
import type { Report } from '../report.ts'
import { median, tellFigure } from './comparison.ts'
import type { SideOptions } from './side.ts'
import { runTurn, type Side } from './sides.ts'
import type { Fill, RecoverResult } from './turn.ts'
import { shuffled } from './write-cases.ts'

export interface RecoveryCase {
  readonly name: string
  readonly fill: Fill
  readonly options: SideOptions
  /** Those that read one format: they open the very same files. */
  readonly sides: readonly Side[]
  readonly roundCount: number
  readonly random: SeededRandom
  readonly report: Report
}

/** Goal: at most twice the crate's time. */
const crateGoal = 2

/** How long it takes to open a log that was closed in order. Returns what missed its goal. */
export async function compareRecovery(test: RecoveryCase): Promise<readonly string[]> {
  const { fill, options, sides, report } = test
  await runTurn({ type: 'fill', side: 'raft-engine', options, fill })
  const results = new Map<string, RecoverResult[]>(sides.map(({ name }) => [name, []]))
  for (let round = 0; round < test.roundCount; round++) {
    for (const side of shuffled(sides, test.random)) {
      dropPageCache()
      const result = await side.recover(options)
      if (result.regions !== fill.regions || result.entries !== Math.ceil(fill.entries / fill.regions) * fill.regions) {
        throw new Error(`${side.name} found ${result.entries} entries of ${result.regions} regions`)
      }
      results.get(side.name)!.push(result)
    }
  }
  return tellFigure(report, {
    case: test.name,
    unit: 'ms',
    better: 'lower',
    goals: { crate: crateGoal },
    values: new Map([...results].map(([side, opened]) => [side, median(opened.map(({ openMs }) => openMs))])),
  })
}

const dropCachesPath = '/proc/sys/vm/drop_caches'

/** Whether files have to come from the disk. */
export function canDropPageCache(): boolean {
  try {
    dropPageCacheNow()
    return true
  } catch {
    return false
  }
}

function dropPageCache(): void {
  try {
    dropPageCacheNow()
  } catch {
    // Then it is warm for all sides alike, and the header says so.
  }
}

function dropPageCacheNow(): void {
  writeFileSync(dropCachesPath, '1')
}
