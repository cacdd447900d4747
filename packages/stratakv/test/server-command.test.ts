import { spawnSync } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as kvrpcpb from '@stratakv/proto/kvrpcpb'
import { RequestHeader, TsoRequest } from '@stratakv/proto/pdpb'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { pdMethods, RpcClient, tikvMethods } from '../../server/test/support/rpc-client.ts'
import { bytes, findRoute, rawGet, rawPut } from '../../server/test/support/test-node.ts'
import { bundleCommand, type CommandBundle } from './support/command-bundle.ts'
import { anyPorts, NodeProcess, NotReadyError } from './support/node-process.ts'

let bundle: CommandBundle
let folder: string
let dataDir: string

beforeAll(async () => {
  bundle = await bundleCommand()
})
afterAll(async () => bundle[Symbol.asyncDispose]())
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stratakv-command-'))
  dataDir = join(folder, 'data')
})
afterEach(() => rm(folder, { recursive: true }))

const start = (...flags: string[]) =>
  NodeProcess.start({ command: bundle.path, flags: [...anyPorts, '--data-dir', dataDir, ...flags] })
const run = (...flags: string[]) => NodeProcess.run({ command: bundle.path, flags })
/** Ends with code 1 and one line that says why. */
async function refusal(...flags: string[]): Promise<string> {
  const { code, stdout, stderr } = await run(...flags)
  expect([code, stdout], stderr).toEqual([1, ''])
  expect(stderr).toMatch(/^error: .*\n$/)
  return stderr
}

/** Sequential writes over one connection until it breaks; the keys that were acknowledged. */
async function writeUntilBroken(node: NodeProcess, callerCount: number, onAcknowledged: (count: number) => void) {
  const store = new RpcClient(node.store)
  using pd = new RpcClient(node.pd)
  const route = await findRoute(pd)
  const acknowledged: string[] = []
  await Promise.all(
    Array.from({ length: callerCount }, async (_, caller) => {
      for (let index = 0; index < 1_000_000; index++) {
        const key = `${caller} ${index}`
        try {
          await rawPut(store, route, key, `value of ${key}`)
        } catch {
          return
        }
        acknowledged.push(key)
        onAcknowledged(acknowledged.length)
      }
    }),
  )
  store[Symbol.dispose]()
  return acknowledged
}

const keysPerRequest = 500

async function expectAll(node: NodeProcess, keys: readonly string[]): Promise<void> {
  using store = new RpcClient(node.store)
  using pd = new RpcClient(node.pd)
  const { context } = await findRoute(pd)
  for (let start = 0; start < keys.length; start += keysPerRequest) {
    const asked = keys.slice(start, start + keysPerRequest)
    const request = kvrpcpb.RawBatchGetRequest.create({ context, keys: asked.map(bytes) })
    const { pairs } = await store.call(tikvMethods.rawBatchGet, request)
    const found = new Map(pairs.map(({ key, value }) => [String(Buffer.from(key)), String(Buffer.from(value))]))
    expect(found).toEqual(new Map(asked.map((key) => [key, `value of ${key}`])))
  }
}

describe('a second node', () => {
  it('on the same folder is refused with the reason; the first goes on', async () => {
    await using first = await start()
    const text = await refusal(...anyPorts, '--data-dir', dataDir)
    expect(text).toContain(`data directory ${dataDir} is in use by`)
    expect(text).toContain(String(first.pid))
    expect(text).toContain('storage.data-dir')
    await expectAll(first, [])
    expect(await first.stop('SIGTERM')).toMatchObject({ code: 0 })
  })

  it('may have the folder as soon as the first was killed', async () => {
    await using first = await start()
    await first.stop('SIGKILL')
    await using second = await start()
    expect(second.pid).not.toBe(first.pid)
  })
})

describe('a taken port', () => {
  for (const [flag, key] of [
    ['--addr', 'server.addr'],
    ['--pd-addr', 'embedded-pd.addr'],
    ['--status-addr', 'server.status-addr'],
  ] as const) {
    it(`is named, with ${key} to change it`, async () => {
      const server = createServer()
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
      const address = `127.0.0.1:${(server.address() as { port: number }).port}`
      const text = await refusal(...anyPorts, '--data-dir', dataDir, flag, address)
      expect(text).toBe(`error: ${address} is in use by another process: stop it, or set ${key} to another address\n`)
      await new Promise((resolve) => server.close(resolve))
    })
  }
})

describe('a configuration', () => {
  const withFile = async (toml: string) => {
    const path = join(folder, 'node.toml')
    await writeFile(path, toml)
    return ['--config', path, ...anyPorts, '--data-dir', dataDir] as const
  }

  it('that is not TOML is refused with its line', async () => {
    expect(await refusal(...(await withFile('[storage]\nreserve-space = = 1\n')))).toMatch(/node\.toml: line 2, column/)
  })

  it('with a wrong value is refused with key, value and what it takes', async () => {
    const cases = [
      [
        'log.level = 5',
        'configuration key log.level takes "debug" or "info" or "warn" or "error" or "fatal", but is 5',
      ],
      ['storage.max-key-size = "1GiB"', 'configuration key storage.max-key-size takes a size'],
      ['storage.api-version = 2', 'configuration key storage.api-version takes 1, but is 2'],
    ] as const
    for (const [toml, text] of cases) expect(await refusal(...(await withFile(toml)))).toContain(text)
  })

  it('that is not there is refused by name', async () => {
    const path = join(folder, 'missing.toml')
    expect(await refusal('--config', path)).toContain(`configuration file ${path}: ENOENT`)
  })

  it('with an unknown key warns with the nearest and starts; flags beat the file', async () => {
    const flags = await withFile(
      '[storage]\nreserve-spac = "1GiB"\ndata-dir = "/nowhere/at/all"\n[log]\nformat = "json"\n',
    )
    await using node = await NodeProcess.start({ command: bundle.path, flags })
    const { stderr } = await node.stop('SIGTERM')
    const lines = stderr
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { level: string; message: string })
    expect(lines[0]!.level).toBe('WARN')
    expect(lines[0]!.message).toBe(
      'configuration key storage.reserve-spac is unknown and ignored; did you mean storage.reserve-space?',
    )
    expect(await readFile(join(dataDir, 'STRATAKV'), 'utf8')).toMatch(
      /^\{"product":"stratakv","format":3,"engine":"level","clusterId":"\d+","parts":\["kv","pd","raft-engine"\],"createdBy":".+","lastOpenedBy":".+","crc32":"[0-9a-f]{8}"\}\n$/,
    )
  })

  it('printed by `stratakv config` is one that the node takes', async () => {
    const { status, stdout } = spawnSync(process.execPath, [bundle.path, 'config'], { encoding: 'utf8' })
    expect(status).toBe(0)
    const uncommented = stdout.replace(/^# ([a-z0-9.-]+ = )/gm, '$1')
    expect(uncommented).toContain('\nreserve-space = "64MiB"')
    await using node = await NodeProcess.start({ command: bundle.path, flags: await withFile(uncommented) })
    const { stderr } = await node.stop('SIGTERM')
    expect(stderr).not.toContain('is unknown')
  })
})

describe('the end', () => {
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    it(`by ${signal} during load is clean, and everything acknowledged is there afterwards`, async () => {
      await using node = await start()
      const keys = await writeUntilBroken(node, 32, (count) => {
        if (count === 500) node.signal(signal)
      })
      const { code, stderr } = await node.exited
      expect(stderr).toContain(`${signal}: shutting down`)
      expect(stderr).toContain('shut down cleanly')
      expect(code).toBe(0)
      expect(keys.length).toBeGreaterThanOrEqual(500)
      await using again = await start()
      await expectAll(again, keys)
      await again.stop('SIGTERM')
    })
  }

  it('by SIGKILL during load, again and again, loses nothing that was acknowledged, and time goes on', async () => {
    const keys = new Set<string>()
    let lastTimestamp = 0n
    for (let round = 0; round < 3; round++) {
      await using node = await start()
      using pd = new RpcClient(node.pd)
      const { clusterId } = await findRoute(pd)
      const request = TsoRequest.encode(TsoRequest.create({ header: RequestHeader.create({ clusterId }), count: 1 }))
      const { answers } = await pd.converse(pdMethods.tso, [request])
      const { physical, logical } = answers[0]!.timestamp!
      const timestamp = (BigInt(physical) << 18n) + BigInt(logical)
      expect(timestamp).toBeGreaterThan(lastTimestamp)
      lastTimestamp = timestamp
      const acknowledged = await writeUntilBroken(node, 16, (count) => {
        if (count === 300 * (round + 1)) node.signal('SIGKILL')
      })
      expect(await node.exited).toMatchObject({ code: null, signal: 'SIGKILL' })
      for (const key of acknowledged) keys.add(key)
    }
    await using node = await start()
    await expectAll(node, [...keys])
    await node.stop('SIGTERM')
  })

  it('comes at once with a second signal, of whichever kind', async () => {
    for (const [second, code] of [
      ['SIGINT', 130],
      ['SIGTERM', 143],
    ] as const) {
      await using node = await start()
      // A call that never ends holds the clean shutdown up for its grace period: the second signal comes before.
      using pd = new RpcClient(node.pd)
      const stream = pd.stream(pdMethods.tso)
      await findRoute(pd)
      node.signal('SIGTERM')
      await node.logged('SIGTERM: shutting down')
      expect((await node.stop(second)).code).toBe(code)
      stream.cancel()
    }
  })
})

describe('the greeting', () => {
  it('may go unread: the node serves all the same, and ends cleanly', async () => {
    const flags = [...anyPorts, '--data-dir', dataDir, '--log-level', 'debug']
    const { code, stderr } = await NodeProcess.runUnread({ command: bundle.path, flags }, 'SIGTERM')
    expect(stderr).toContain('shut down cleanly')
    expect(code).toBe(0)
  })
})

describe('--memory', () => {
  it('leaves nothing behind', async () => {
    await using node = await start('--memory')
    using store = new RpcClient(node.store)
    using pd = new RpcClient(node.pd)
    const route = await findRoute(pd)
    await rawPut(store, route, 'k', 'v')
    expect(await rawGet(store, route, 'k')).toBe('v')
    expect(await node.stop('SIGTERM')).toMatchObject({ code: 0 })
    await expect(readFile(join(dataDir, 'STRATAKV'))).rejects.toThrow('ENOENT')
  })

  it('serves the figures of the process beside its own', async () => {
    const flags = [...anyPorts, '--memory', '--status-addr', '127.0.0.1:0']
    await using node = await NodeProcess.start({ command: bundle.path, flags })
    const metrics = await (await fetch(node.metricsUrl)).text()
    for (const name of ['process_cpu_user_seconds_total', 'nodejs_eventloop_lag_seconds', 'pd_tso_events']) {
      expect(metrics).toContain(`# TYPE ${name} `)
    }
  })

  it('says what is wrong before it is ready, as an exit code too', async () => {
    const failed = await start('--log-level', 'loud').catch((error: unknown) => error)
    expect(failed).toBeInstanceOf(NotReadyError)
    expect((failed as NotReadyError).exit.stderr).toContain('log.level')
  })
})
