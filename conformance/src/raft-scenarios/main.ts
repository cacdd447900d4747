import { readdir, readFile, stat } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ScenarioSyntaxError } from '@stratakv/testkit'
import { runScenarioText } from './scenario-run.ts'

/** Beside a checkout, where there is one: the files are another project's. */
const sharedFolder = fileURLToPath(new URL('../../../../shared/conformance/etcd-raft', import.meta.url))

/** `npm run test:raft-scenarios -- FOLDER...`: a line a file; 1 when one fails, 2 when there is nothing to run. */
async function main(folders: readonly string[]): Promise<number> {
  if (folders.length === 0) {
    if ((await stat(sharedFolder).catch(() => undefined)) === undefined) {
      console.log('skipped: no folder of scenario files was named, and none is beside this checkout')
      return 0
    }
    return main([sharedFolder])
  }
  let passed = 0
  let failed = 0
  for (const folder of folders) {
    const files = await scenarioFiles(folder)
    if (files === undefined || files.length === 0) {
      console.error(`${folder}: no scenario files (*.txt) there`)
      return 2
    }
    for (const file of files) {
      const name = relative(folder, file) || file
      if (await runFile(file, name)) passed++
      else failed++
    }
  }
  console.log(`${passed} passed, ${failed} failed`)
  return failed === 0 ? 0 : 1
}

async function runFile(file: string, name: string): Promise<boolean> {
  try {
    const outcome = await runScenarioText(await readFile(file, 'utf8'))
    if (outcome.passed) {
      console.log(`pass ${name}`)
      return true
    }
    console.log(`FAIL ${name}:${outcome.at} ${outcome.command}\n${difference(outcome.expected, outcome.actual)}`)
  } catch (error) {
    if (!(error instanceof ScenarioSyntaxError)) throw error
    console.log(`FAIL ${name}:${error.line} ${error.message}`)
  }
  return false
}

/** Lines that are only expected with `-`, those only printed with `+`, around what both begin and end with. */
export function difference(expected: string, actual: string): string {
  const left = expected.split('\n')
  const right = actual.split('\n')
  let same = 0
  while (same < left.length && same < right.length && left[same] === right[same]) same++
  let end = 0
  while (end < left.length - same && end < right.length - same && left.at(-1 - end) === right.at(-1 - end)) end++
  const before = left.slice(Math.max(0, same - 3), same).map((line) => `    ${line}`)
  const missing = left.slice(same, left.length - end).map((line) => `  - ${line}`)
  const extra = right.slice(same, right.length - end).map((line) => `  + ${line}`)
  return [...before, ...missing, ...extra].join('\n')
}

/** A file, or all in a folder and below, in order; undefined where there is nothing. */
async function scenarioFiles(path: string): Promise<string[] | undefined> {
  const found = await stat(path).catch(() => undefined)
  if (found === undefined) return undefined
  if (found.isFile()) return [path]
  const entries = await readdir(path, { recursive: true, withFileTypes: true })
  return entries
    .filter((entry) => entry.isFile() && entry.name.endsWith('.txt'))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
}

process.exitCode = await main(process.argv.slice(2))
