import { mkdtemp, rm } from 'node:fs/promises'
import Module from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openRocksdbEngine, RocksdbUnavailableError } from '@stratakv/rocksdb-engine'
import { expect, it } from 'vitest'

/** What every `require` ends in; not in Node's types. */
interface Loader {
  _load(request: string, ...rest: unknown[]): unknown
}

it('says so, with the platform, where RocksDB has no binary', async () => {
  const path = await mkdtemp(join(tmpdir(), 'rocksdb-unavailable-'))
  const loader = Module as unknown as Loader
  const load = loader._load
  const cause = new Error('Cannot find addon')
  loader._load = (request, ...rest) => {
    if (request === 'rocksdb-native') throw cause
    return load.call(loader, request, ...rest)
  }
  try {
    const error = await openRocksdbEngine({ path }).catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(RocksdbUnavailableError)
    expect(error).toMatchObject({ code: 'ROCKSDB_UNAVAILABLE', platform: `${process.platform}-${process.arch}`, cause })
  } finally {
    loader._load = load
    await rm(path, { recursive: true })
  }
})
