import { compareBytes, emptyBytes, equalBytes, keyInRange, RpcStatusError, rpcStatus } from '@stratakv/core'
import { tikvMethods } from '@stratakv/proto'
import * as kvrpcpb from '@stratakv/proto/kvrpcpb'

export interface StoredPair {
  readonly key: Uint8Array
  readonly value: Uint8Array
  readonly ttl: number
}

interface KeySpan {
  readonly startKey: Uint8Array
  readonly endKey: Uint8Array
}

/** What a request may name keys by. */
interface Named {
  readonly cf?: string
  readonly key?: Uint8Array
  readonly keys?: readonly Uint8Array[]
  readonly pairs?: readonly kvrpcpb.KvPair[]
}

const keyBytesMax = 8192

/** The raw commands over a map, with TiKV's texts for what it refuses. Keeps what it is given, and gives out what it keeps. */
export class ScriptedRawStore {
  readonly #families = new Map<string, Map<string, StoredPair>>(
    ['default', 'lock', 'write'].map((name) => [name, new Map()]),
  )

  /** In key order. */
  pairs(family: string): readonly StoredPair[] {
    return [...this.#families.get(family)!.values()].sort((left, right) => compareBytes(left.key, right.key))
  }

  /** The fields of the response that differ from their defaults. */
  execute(path: string, request: unknown, region: KeySpan): object {
    const { cf, key, keys, pairs } = request as Named
    const family = this.#families.get(cf || 'default')
    const allKeys = [...(key === undefined ? [] : [key]), ...(keys ?? []), ...(pairs ?? []).map((pair) => pair.key)]
    const error = family === undefined ? `invalid column family: ${cf}` : refusalOf(allKeys)
    if (error !== undefined) {
      const pair = kvrpcpb.KvPair.create({ error: kvrpcpb.KeyError.create({ abort: error }) })
      return path === tikvMethods.rawBatchGet.path ? { pairs: [pair] } : { error }
    }
    return this.#run(path, request, family!, (start, end) =>
      this.pairs(cf || 'default').filter(
        (one) => keyInRange(one.key, region.startKey, region.endKey) && keyInRange(one.key, start, end),
      ),
    )
  }

  #run(
    path: string,
    request: unknown,
    family: Map<string, StoredPair>,
    within: (start: Uint8Array, end: Uint8Array) => StoredPair[],
  ): object {
    switch (path) {
      case tikvMethods.rawGet.path: {
        const found = family.get(nameOf((request as kvrpcpb.RawGetRequest).key))
        return found === undefined ? { notFound: true } : { value: found.value }
      }
      case tikvMethods.rawBatchGet.path: {
        const { keys } = request as kvrpcpb.RawBatchGetRequest
        return { pairs: keys.flatMap((key) => messages(family.get(nameOf(key)))) }
      }
      case tikvMethods.rawPut.path: {
        const { key, value, ttl } = request as kvrpcpb.RawPutRequest
        family.set(nameOf(key), { key, value, ttl })
        return {}
      }
      case tikvMethods.rawBatchPut.path: {
        const { pairs, ttls } = request as kvrpcpb.RawBatchPutRequest
        for (const [index, { key, value }] of pairs.entries()) {
          family.set(nameOf(key), { key, value, ttl: ttls[index] ?? ttls[0] ?? 0 })
        }
        return {}
      }
      case tikvMethods.rawDelete.path:
        family.delete(nameOf((request as kvrpcpb.RawDeleteRequest).key))
        return {}
      case tikvMethods.rawBatchDelete.path:
        for (const key of (request as kvrpcpb.RawBatchDeleteRequest).keys) family.delete(nameOf(key))
        return {}
      case tikvMethods.rawDeleteRange.path: {
        const { startKey, endKey } = request as kvrpcpb.RawDeleteRangeRequest
        for (const { key } of within(startKey, endKey)) family.delete(nameOf(key))
        return {}
      }
      case tikvMethods.rawScan.path: {
        const { startKey, endKey, reverse, limit, keyOnly } = request as kvrpcpb.RawScanRequest
        const found = reverse ? within(endKey, startKey).reverse() : within(startKey, endKey)
        return { kvs: found.slice(0, limit).flatMap((pair) => messages(pair, keyOnly)) }
      }
      case tikvMethods.rawCompareAndSwap.path: {
        const { key, value, previousNotExist, previousValue, ttl } = request as kvrpcpb.RawCASRequest
        const found = family.get(nameOf(key))
        const succeed =
          found === undefined ? previousNotExist : !previousNotExist && equalBytes(found.value, previousValue)
        if (succeed) family.set(nameOf(key), { key, value, ttl })
        return found === undefined
          ? { succeed, previousNotExist: true }
          : { succeed, previousValue: found.value, previousNotExist: false }
      }
      case tikvMethods.rawGetKeyTTL.path: {
        const found = family.get(nameOf((request as kvrpcpb.RawGetKeyTTLRequest).key))
        return found === undefined ? { notFound: true } : { ttl: found.ttl }
      }
      default:
        throw new RpcStatusError(rpcStatus.unimplemented, `the scripted cluster does not serve ${path}`)
    }
  }
}

function refusalOf(keys: readonly Uint8Array[]): string | undefined {
  if (keys.some((key) => key.length === 0)) return 'a key is not empty'
  const large = keys.find((key) => key.length > keyBytesMax)
  return large && `max key size exceeded, size: ${large.length}, limit: ${keyBytesMax}`
}

function messages(found: StoredPair | undefined, keyOnly = false): kvrpcpb.KvPair[] {
  if (found === undefined) return []
  return [kvrpcpb.KvPair.create({ key: found.key, value: keyOnly ? emptyBytes : found.value })]
}

function nameOf(key: Uint8Array): string {
  return Buffer.from(key).toString('hex')
}
