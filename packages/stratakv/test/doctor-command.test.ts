import { spawnSync } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { simulatedClock } from '@stratakv/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ProgressLine } from '../src/progress-line.ts'
import { bundleCommand, type CommandBundle } from './support/command-bundle.ts'
import { anyPorts, NodeProcess } from './support/node-process.ts'

let bundle: CommandBundle
let folder: string
let dataDir: string

beforeAll(async () => {
  bundle = await bundleCommand()
  folder = await mkdtemp(join(tmpdir(), 'stratakv-doctor-command-'))
  dataDir = join(folder, 'data')
  await using node = await NodeProcess.start({
    command: bundle.path,
    flags: [...anyPorts, '--data-dir', dataDir],
  })
  await node.stop('SIGTERM')
})
afterAll(async () => {
  await bundle[Symbol.asyncDispose]()
  await rm(folder, { recursive: true })
})

const doctor = (...flags: string[]) =>
  spawnSync(process.execPath, [bundle.path, 'doctor', '--data-dir', dataDir, ...flags], { encoding: 'utf8' })

describe('stratakv doctor', () => {
  it('ends with 0 for a healthy directory', () => {
    const { status, stdout, stderr } = doctor()
    expect([status, stderr]).toEqual([0, ''])
    expect(stdout).toMatch(/format {4}3, last opened by \S+\n {2}cluster {3}\d+\n {2}store {5}1, 1 regions\n/)
    expect(stdout).toMatch(/\nhealthy\n$/)
  })

  it('ends with 1 for findings, with what to do; --json says the same; --repair mends', async () => {
    const marker = join(dataDir, 'STRATAKV')
    const whole = await readFile(marker)
    await writeFile(marker, whole.subarray(0, 40))
    const { status, stdout } = doctor()
    expect(status).toBe(1)
    expect(stdout).toMatch(/error: MARKER_DAMAGED .*STRATAKV\n {2}.*\n {2}what to do: .*--repair/)
    expect(stdout).toMatch(/\n1 errors, 0 warnings\n$/)
    const json = doctor('--json')
    expect(json.status).toBe(1)
    expect(JSON.parse(json.stdout)).toMatchObject({
      directory: dataDir,
      findings: [{ code: 'MARKER_DAMAGED', severity: 'error', repair: 'rewrite-marker' }],
      facts: { clusterIds: { kv: expect.stringMatching(/^\d+$/) } },
    })
    const mended = doctor('--repair')
    expect([mended.status, mended.stdout]).toEqual([0, expect.stringMatching(/repaired: .*healthy\n$/s)])
    expect(doctor().status).toBe(0)
  })

  it('ends with 2 when it cannot look', async () => {
    const missing = spawnSync(process.execPath, [bundle.path, 'doctor', '-s', join(folder, 'none')], {
      encoding: 'utf8',
    })
    expect([missing.status, missing.stdout]).toEqual([2, ''])
    expect(missing.stderr).toMatch(/^error: .*does not exist/)
    await using node = await NodeProcess.start({ command: bundle.path, flags: [...anyPorts, '--data-dir', dataDir] })
    const inUse = doctor('--json', '--repair')
    expect(inUse.status).toBe(2)
    expect(JSON.parse(inUse.stdout)).toMatchObject({ error: { code: 'SERVER_DATA_DIRECTORY_IN_USE' } })
    await node.stop('SIGTERM')
  })
})

describe('ProgressLine', () => {
  const shown = async (isTTY: boolean) => {
    const clock = simulatedClock()
    let text = ''
    const line = new ProgressLine(
      {
        isTTY,
        write: (part) => {
          text += part
        },
      },
      clock,
    )
    for (let percent = 0; percent < 100; percent++) {
      line.show(`${percent}%`)
      await clock.advance(150)
    }
    line.show('100%', true)
    line.end()
    return text
  }

  it('is one line on a terminal', async () => {
    const text = await shown(true)
    expect(text.split('\n')).toHaveLength(2)
    expect(text.endsWith('\r\u001b[K100%\n')).toBe(true)
    expect(text.split('\r').length).toBeGreaterThan(40)
  })

  it('is a line now and then in a log', async () => {
    expect(await shown(false)).toBe('67%\n100%\n')
  })
})
