import { spawnSync } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as kvrpcpb from '@stratakv/proto/kvrpcpb'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { RpcClient, tikvMethods } from '../../server/test/support/rpc-client.ts'
import { bytes, findRoute } from '../../server/test/support/test-node.ts'
import { timestampOf } from '../src/backup-flags.ts'
import { bundleCommand, type CommandBundle } from './support/command-bundle.ts'
import { anyPorts, NodeProcess } from './support/node-process.ts'

let bundle: CommandBundle
let source: NodeProcess
let folder: string
beforeAll(async () => {
  bundle = await bundleCommand()
  source = await startNode()
  const context = await contextOf(source)
  using store = new RpcClient(source.store)
  const pairs = Array.from({ length: 2000 }, (_, index) =>
    kvrpcpb.KvPair.create({ key: bytes(`key ${index}`), value: bytes(`value ${index}`) }),
  )
  await store.call(tikvMethods.rawBatchPut, kvrpcpb.RawBatchPutRequest.create({ context, pairs }))
})
afterAll(async () => {
  await source.stop('SIGTERM')
  await bundle[Symbol.asyncDispose]()
})
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stratakv-backup-command-'))
})
afterEach(() => rm(folder, { recursive: true }))

const startNode = () => NodeProcess.start({ command: bundle.path, flags: [...anyPorts, '--memory'] })

async function contextOf(node: NodeProcess): Promise<kvrpcpb.Context> {
  using pd = new RpcClient(node.pd)
  return (await findRoute(pd)).context
}

function run(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [bundle.path, ...args], { encoding: 'utf8' })
  return { status, stdout, stderr }
}

describe('stratakv backup and restore', () => {
  it('bring what one node holds to another', async () => {
    const backup = join(folder, 'backup')
    const taken = run('backup', backup, '--raw', '--pd', source.pd, '--json')
    expect(taken).toMatchObject({ status: 0 })
    const { count, crc64Xor } = JSON.parse(taken.stdout)
    expect(count).toBe(2000)
    const verified = run('backup', 'verify', backup)
    expect(verified.stdout).toMatch(/^whole: .*, raw, 2000 pairs, \d+ bytes, checksum \d+\n$/)
    await using target = await startNode()
    const restored = run('restore', backup, '--pd', target.pd, '--rate-limit', '100MiB')
    expect(restored).toMatchObject({ status: 0, stdout: expect.stringMatching(/^restored: /) })
    using store = new RpcClient(target.store)
    const { checksum, totalKvs } = await store.call(
      tikvMethods.rawChecksum,
      kvrpcpb.RawChecksumRequest.create({
        context: await contextOf(target),
        algorithm: kvrpcpb.ChecksumAlgorithm.Crc64_Xor,
        ranges: [kvrpcpb.KeyRange.create()],
      }),
    )
    expect([String(checksum), Number(totalKvs)]).toEqual([crc64Xor, 2000])

    expect(run('restore', backup, '--pd', target.pd)).toMatchObject({
      status: 1,
      stderr: expect.stringMatching(/error: the cluster holds data .*--overwrite/),
    })
    expect(run('restore', backup, '--pd', target.pd, '--overwrite').status).toBe(0)
    expect(run('backup', backup, '--raw', '--pd', source.pd)).toMatchObject({
      status: 1,
      stderr: expect.stringMatching(/^error: .*holds a complete one/),
    })
    await target.stop('SIGTERM')
  })

  it('say what is wrong in one line, with code 1', async () => {
    const backup = join(folder, 'backup')
    expect(run('backup', 'verify', backup).stderr).toMatch(/^error: .*holds no backup\n$/)
    expect(run('backup', backup, '--raw', '--pd', source.pd).status).toBe(0)
    const path = join(backup, 'data-000001.skb')
    const whole = await readFile(path)
    whole[100]! ^= 1
    await writeFile(path, whole)
    const damaged = run('backup', 'verify', backup)
    expect(damaged).toMatchObject({
      status: 1,
      stderr: expect.stringMatching(/data-000001\.skb is damaged at byte \d+/),
    })
    for (const [flag, value] of [
      ['--at', 'yesterday'],
      ['--start', 'xyz'],
      ['--file-size', '1B'],
      ['--gc-ttl', 'soon'],
      ['--pd', ','],
    ] as const) {
      const refused = run('backup', join(folder, 'other'), '--pd', source.pd, flag, value)
      expect(refused, flag).toMatchObject({
        status: 1,
        stderr: expect.stringMatching(new RegExp(`^error: ${flag} takes `)),
      })
    }
  })
})

describe('--at', () => {
  it('takes a timestamp of the cluster, or a time', () => {
    expect(timestampOf('462345678901234567')).toBe(462345678901234567n)
    expect(timestampOf('2026-11-25T22:28:14Z')).toBe(BigInt(Date.UTC(2026, 10, 25, 22, 28, 14)) << 18n)
  })
})
