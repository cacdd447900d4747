import { existsSync } from 'node:fs'
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createClient } from '@stratakv/client'
import { noTelemetry, systemClock, systemRandom } from '@stratakv/core'
import { grpcRpc } from '@stratakv/grpc/channel'
import { PdClient } from '@stratakv/grpc/pd-client'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { RpcClient } from '../../server/test/support/rpc-client.ts'
import { findRoute, rawGet, rawPut } from '../../server/test/support/test-node.ts'
import { bundleCommand, type CommandBundle } from './support/command-bundle.ts'
import { NodeProcess } from './support/node-process.ts'

let bundle: CommandBundle
let folder: string
beforeAll(async () => {
  bundle = await bundleCommand()
})
afterAll(async () => bundle[Symbol.asyncDispose]())
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stratakv-playground-test-'))
})
afterEach(() => rm(folder, { recursive: true }))

const options = (flags: readonly string[]) => ({
  command: bundle.path,
  subcommand: 'playground' as const,
  flags: ['--base-port', '0', ...flags],
})
const start = (...flags: string[]) => NodeProcess.start(options(flags))
async function refusal(...flags: string[]): Promise<string> {
  const { code, stdout, stderr } = await NodeProcess.run(options(flags))
  expect([code, stdout], stderr).toEqual([1, ''])
  expect(stderr).toMatch(/^error: .*\n$/)
  return stderr
}
async function putAndGet(node: NodeProcess, value: string): Promise<void> {
  using store = new RpcClient(node.store)
  using pd = new RpcClient(node.pd)
  const route = await findRoute(pd)
  await rawPut(store, route, 'k', value)
  expect(await rawGet(store, route, 'k')).toBe(value)
}
const dataOf = (node: NodeProcess) => /data +(\S+?),? /.exec(node.greeting)![1]!

describe('a playground', () => {
  it('keeps its data in a folder of its own, and leaves none behind', async () => {
    await using node = await start()
    await putAndGet(node, 'v')
    const data = dataOf(node)
    expect(data).toContain(tmpdir())
    expect(existsSync(join(data, 'STRATAKV'))).toBe(true)
    expect(await node.stop('SIGINT')).toMatchObject({ code: 0 })
    expect(existsSync(data)).toBe(false)
  })

  it('keeps it for good in the folder that it is given', async () => {
    const data = join(folder, 'data')
    {
      await using node = await start('--dir', data)
      await putAndGet(node, 'kept')
      expect(await node.stop('SIGTERM')).toMatchObject({ code: 0 })
    }
    await using node = await start('--dir', data)
    using store = new RpcClient(node.store)
    using pd = new RpcClient(node.pd)
    expect(await rawGet(store, await findRoute(pd), 'k')).toBe('kept')
  })

  it('takes a configuration file, over which flags win', async () => {
    const file = join(folder, 'node.toml')
    await writeFile(file, '[log]\nlevel = "info"\n[server]\naddr = "127.0.0.1:1"\n')
    await using node = await start('--memory', '--config', file)
    await putAndGet(node, 'v')
    const { stderr } = await node.stop('SIGTERM')
    expect(stderr).toContain('shut down cleanly')
  })

  it('refuses what a flag does not take, by name', async () => {
    expect(await refusal('--stores', 'many')).toContain('--stores takes a whole number from 1')
    expect(await refusal('--base-port', '70000')).toContain('--base-port takes a whole number from 0 to 65533')
    expect(await refusal('--stores', '3', '--base-port', '65530')).toContain('from 0 to 65529')
    expect(await refusal('--stores', '3', '--faults')).toContain('--faults takes one store')
    expect(await refusal('--memory', '--dir', folder)).toContain('--dir takes nothing beside --memory')
    expect(await refusal('--memory', '--faults', '--fault-seed', '-1')).toContain('--fault-seed takes a whole number')
  })
})

describe('a playground of three stores', () => {
  async function connect(pdAddress: string) {
    const deps = { clock: systemClock(), random: systemRandom() }
    const rpc = grpcRpc(deps)
    const placementDriver = new PdClient({ rpc, ...deps }, { endpoints: [pdAddress] })
    const client = createClient({ rpc, placementDriver, ...deps, telemetry: noTelemetry() })
    return {
      raw: client.raw,
      async [Symbol.asyncDispose]() {
        await client.close()
        placementDriver.close()
        await rpc.close()
      },
    }
  }
  const text = (value: Uint8Array | undefined) => new TextDecoder().decode(value)

  it('says where they are once every region has its replicas, and keeps them in a folder each', async () => {
    const data = join(folder, 'data')
    {
      await using node = await start('--stores', '3', '--dir', data)
      expect(node.greeting).toMatch(/3 stores.*store 1 .*store 2 .*store 3 /s)
      await using client = await connect(node.pd)
      await client.raw.put('k', 'v')
      expect(await node.stop('SIGINT')).toMatchObject({ code: 0 })
    }
    expect((await readdir(data)).sort()).toEqual(['pd', 'store-1', 'store-2', 'store-3'])
    await using node = await start('--stores', '3', '--dir', data)
    await using client = await connect(node.pd)
    expect(text(await client.raw.get('k'))).toBe('v')
  })

  it('goes on serving when one of their processes is killed', { timeout: 120_000 }, async () => {
    await using node = await start('--stores', '3', '--processes')
    await using client = await connect(node.pd)
    await client.raw.put('k', 'v')
    const processes = [...node.greeting.matchAll(/process (\d+)/g)].map(([, id]) => Number(id))
    expect(processes).toHaveLength(3)
    // Whichever leads: with the first of them gone there may be an election, with the client's patience for it.
    process.kill(processes[0]!, 'SIGKILL')
    expect(text(await client.raw.get('k'))).toBe('v')
    await client.raw.put('k', 'w')
    expect(text(await client.raw.get('k'))).toBe('w')
    expect(await node.stop('SIGTERM')).toMatchObject({ code: 0 })
  })
})

describe('a playground that fails on purpose', () => {
  it('tells its seed, and where rules go; they come by flag and by HTTP', async () => {
    await using node = await start('--memory', '--fault', 'RawPut: NotLeader times 1', '--fault-seed', '42')
    const url = /faults +(http:\S+), seed 42/.exec(node.greeting)![1]!
    expect(await (await fetch(url)).json()).toMatchObject({ seed: 42, rules: [{ text: 'RawPut: NotLeader times 1' }] })
    await expect(putAndGet(node, 'v')).rejects.toThrow(/not leader/)
    await putAndGet(node, 'v')
    await fetch(url, { method: 'POST', body: '"RawGet: unavailable"' })
    await expect(putAndGet(node, 'v')).rejects.toThrow(/unavailable/)
    await fetch(url, { method: 'DELETE' })
    await putAndGet(node, 'v')
  })

  it('is off unless asked for', async () => {
    await using node = await start('--memory')
    expect(node.greeting).not.toContain('faults')
    expect((await fetch(new URL('/faults', node.metricsUrl))).status).toBe(404)
  })

  it('refuses a wrong rule before it serves, and to be reached by other machines', async () => {
    expect(await refusal('--memory', '--fault', 'RawPut: NotLeader 200%')).toContain('fault rule: probability takes')
    const file = join(folder, 'node.toml')
    await writeFile(file, '[server]\nstatus-addr = "0.0.0.0:0"\n[embedded-pd]\naddr = "127.0.0.1:0"\n')
    const exposed = ['--memory', '--config', file, '--faults']
    const run = { command: bundle.path, subcommand: 'playground' as const }
    const { code, stderr } = await NodeProcess.run({ ...run, flags: exposed })
    expect([code, stderr]).toEqual([1, expect.stringContaining('server.status-addr is 0.0.0.0:0')])
  })
})
