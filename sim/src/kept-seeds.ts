import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import type { SeedReport } from './run-seed.ts'

const folder = join(import.meta.dirname, '..', 'seeds')

/** A story: so many misfortunes from a seed. */
export interface SeedWish {
  readonly seed: number
  readonly roundCount: number
}

/** Seeds that failed once, with as many rounds as then: they are run on every change. */
export function seedFiles(): SeedWish[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as SeedWish)
    .sort((left, right) => left.seed - right.seed)
}

/** Writes a failure down, to be committed with its fix. @returns the file */
export function keepSeed({
  seed,
  roundCount,
  report,
}: {
  seed: number
  roundCount: number
  report: SeedReport
}): string {
  mkdirSync(folder, { recursive: true })
  const path = join(folder, `${seed}.json`)
  const kept = {
    seed,
    roundCount,
    commit: revision(),
    violations: report.violations.map((line) => line.split('\n')[0]),
  }
  writeFileSync(path, `${JSON.stringify(kept, null, 2)}\n`)
  return relative(process.cwd(), path)
}

export function revision(): string {
  try {
    return execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim()
  } catch {
    return 'unknown'
  }
}
