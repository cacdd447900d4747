import { execFile, spawnSync } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { configurations, describeNative } from './native-disks.ts'

const loader = new URL('../../file-io/test/child/typescript-loader.mjs', import.meta.url).href
const node = [process.execPath, '--conditions=stratakv-source', '--import', loader]
const program = (name: string) => fileURLToPath(new URL(`./child/${name}.ts`, import.meta.url))
const backends = [...new Set(configurations.map(({ options }) => options.backend!))]

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stratakv-native-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

/** @throws with all that was said when it ends with anything but 0 */
async function run(command: readonly string[]): Promise<string> {
  return (await promisify(execFile)(command[0]!, command.slice(1), { timeout: 50_000 })).stdout
}

describeNative('a process', () => {
  for (const backend of backends) {
    it(`ends by itself with a ${backend} file system that nobody closed`, async () => {
      const said = await run([...node, program('synced-writer'), backend, join(folder, 'a'), '3'])
      expect(said).toMatch(/acknowledged 2\n$/)
    })

    it(`survives the end of workers whose ${backend} writes run, and its own`, async () => {
      expect(await run([...node, program('writing-worker'), backend, folder, 'worker'])).toBe('two workers ended\n')
      expect(await run([...node, program('writing-worker'), backend, folder, 'process'])).toBe('')
    })
  }
})

const strace = spawnSync('strace', ['-f', '-o', '/dev/null', 'true'])
const whyNot =
  strace.error !== undefined ? 'strace is not installed' : strace.status !== 0 ? 'strace may not trace here' : undefined
const skipped = whyNot === undefined ? '' : ` (skipped: ${whyNot})`

describeNative('by the system calls', () => {
  /** What the process asked of the kernel for its file, and its own lines, in the order in which they were over. */
  async function trace(backend: string): Promise<string[]> {
    const output = join(folder, 'trace')
    const calls = 'trace=pwritev,pwrite64,fdatasync,fsync,io_uring_enter,write'
    const tracer = ['strace', '-f', '-qq', '-o', output, '-e', calls, '-s', '40']
    await run([...tracer, ...node, program('synced-writer'), backend, join(folder, 'a'), '6'])
    const lines = (await readFile(output, 'utf8')).split('\n').map((line) => line.replace(/^\d+\s+/, ''))
    const ends = lines.flatMap((line) => {
      const said = /"(acknowledged \d+|backend [\w-]+)/.exec(line)
      if (said !== null) return [said[1]!]
      // A call that another one cut in two is over where it is resumed.
      const done = /^(?:<\.\.\. )?(pwritev|pwrite64|fdatasync|fsync|io_uring_enter)\b.*= (\d+)/.exec(line)
      return done === null ? [] : [`${done[1]} ${done[2]}`]
    })
    return ends.slice(ends.findIndex((line) => line.startsWith('backend')))
  }

  for (const backend of ['native', 'native-direct'].filter((each) => backends.includes(each as never))) {
    it.skipIf(whyNot)(`${backend} has written, then synced, before a write resolves${skipped}`, async () => {
      const [said, ...ends] = await trace(backend)
      expect(said).toBe(`backend ${backend}`)
      for (let record = 0; record < 6; record++) {
        const sync = record % 2 === 0 ? 'fdatasync 0' : 'fsync 0'
        const upto = ends.indexOf(`acknowledged ${record}`)
        const steps = ends.splice(0, upto + 1)
        expect(steps.at(-2)).toBe(sync)
        expect(steps.slice(0, -2).length).toBeGreaterThan(0)
        for (const step of steps.slice(0, -2)) expect(step).toMatch(/^pwritev? ?|^pwrite64 /)
      }
    })
  }

  it.skipIf(whyNot)(`native-uring hands over write and sync together${skipped}`, async () => {
    const [said, ...ends] = await trace('native-uring')
    // Where the kernel grants none, the threads do it, as above.
    if (said !== 'backend native-uring') return
    for (let record = 0; record < 6; record++) {
      const upto = ends.indexOf(`acknowledged ${record}`)
      const steps = ends.splice(0, upto + 1).slice(0, -1)
      expect(steps).toContain('io_uring_enter 2')
      for (const step of steps) expect(step).toMatch(/^io_uring_enter /)
    }
  })
})
