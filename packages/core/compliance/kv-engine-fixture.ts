import { toHex } from '../src/byte-order.ts'
import { ClosedError } from '../src/errors.ts'
import type {
  ColumnFamily,
  EngineIterator,
  EngineReader,
  IterateOptions,
  KeyChange,
  KvEngine,
} from '../src/kv-engine.ts'
import type { TestApi } from './test-api.ts'

/** An engine under test, empty at first, and what belongs to it. */
export interface KvEngineFixture {
  readonly engine: KvEngine
  /** Opens the same data again; the test closed the engine before. */
  reopen?(): Promise<KvEngine>
  /** Closes what is open and removes the data. */
  dispose(): Promise<void>
}

/** How the suite gets what it tests. */
export interface KvEngineComplianceOptions {
  /** Called once a test. */
  create(): Promise<KvEngineFixture>
}

export const text = (string: string): Uint8Array => Uint8Array.from(string, (character) => character.charCodeAt(0))
export const readable = (bytes: Uint8Array | undefined): string | undefined =>
  bytes === undefined ? undefined : String.fromCharCode(...bytes)
export const put = (key: string | Uint8Array, value = 'v', cf: ColumnFamily = 'default'): KeyChange => ({
  type: 'put',
  cf,
  key: typeof key === 'string' ? text(key) : key,
  value: text(value),
})
export const remove = (key: string, cf: ColumnFamily = 'default'): KeyChange => ({ type: 'delete', cf, key: text(key) })
export const unsynced = { sync: false }

/** What the tests of the seam share. */
export interface EngineTests {
  /** One test with an engine of its own, disposed of afterwards. */
  test(name: string, body: (engine: KvEngine, fixture: KvEngineFixture) => Promise<void>): void
  get(reader: EngineReader, key: string, cf?: ColumnFamily): Promise<string | undefined>
  /** All keys by `next`, then all by `prev`, which must be the same backwards. */
  keysIn(reader: EngineReader, bounds?: IterateOptions, cf?: ColumnFamily): Promise<(string | undefined)[]>
  /** The key, or `invalid`. */
  at(iterator: EngineIterator): string | undefined
  /** Whether thrown or rejected. */
  refusesAsClosed(call: () => unknown): Promise<void>
}

export function engineTests(t: TestApi, options: KvEngineComplianceOptions): EngineTests {
  const { it, expect } = t

  const test = (name: string, body: (engine: KvEngine, fixture: KvEngineFixture) => Promise<void>): void =>
    it(name, async () => {
      const fixture = await options.create()
      try {
        await body(fixture.engine, fixture)
      } finally {
        await fixture.dispose()
      }
    })

  const get = async (reader: EngineReader, key: string, cf: ColumnFamily = 'default') =>
    readable(await reader.get(cf, text(key)))

  const keysIn = async (reader: EngineReader, bounds: IterateOptions = {}, cf: ColumnFamily = 'default') => {
    const iterator = reader.iterate(cf, bounds)
    const forward: string[] = []
    for (let found = await iterator.seekToFirst(); found; found = await iterator.next())
      forward.push(toHex(iterator.key))
    const backward: string[] = []
    for (let found = await iterator.seekToLast(); found; found = await iterator.prev())
      backward.push(toHex(iterator.key))
    iterator.close()
    expect(backward.reverse()).toEqual(forward)
    return forward.map((hex) => readable(Uint8Array.from(hex.match(/../g) ?? [], (byte) => Number.parseInt(byte, 16))))
  }

  const at = (iterator: EngineIterator) => (iterator.valid ? readable(iterator.key) : 'invalid')

  const refusesAsClosed = async (call: () => unknown) => {
    let thrown: unknown
    try {
      await call()
    } catch (error) {
      thrown = error
    }
    expect(thrown).toBeInstanceOf(ClosedError)
  }

  return { test, get, keysIn, at, refusesAsClosed }
}
