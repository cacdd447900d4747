import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { plantedBugs } from './planted-bugs.ts'

const main = join(import.meta.dirname, '..', 'main.js')

/** Plants one bug after another and runs seeds until it is caught. @returns how many were not, within `seconds` each */
export function huntBugs(seconds: number, say: (line: string) => void): number {
  let missedCount = 0
  say('| Bug | Seeds until caught | Caught by |')
  say('| --- | ------------------ | --------- |')
  for (const { name } of plantedBugs) {
    const { stdout, status } = spawnSync(process.execPath, [main, '--bug', name, '--seconds', `${seconds}`], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const lines = stdout.split('\n')
    const seedCount = lines.filter((line) => line.startsWith('seed ')).length
    const failedAt = lines.findIndex((line) => line.includes('FAILED'))
    if (status === 1 && failedAt >= 0) say(`| ${name} | ${seedCount} | ${lines[failedAt + 1]!.trim().slice(0, 160)} |`)
    else {
      missedCount++
      say(`| ${name} | not in ${seedCount} | |`)
    }
  }
  return missedCount
}
