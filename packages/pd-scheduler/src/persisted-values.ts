import { type Peer, type PeerRole, type Region, type StoreMeta, toHex } from '@stratakv/core'
import { MetadataValueError } from './errors.ts'

/**
 * Keys and values inside the metadata file (`FORMAT.md`). Numbers are decimal text, the rest is JSON with keys in hex and
 * 64-bit values as decimal strings, so that an operator can read the file with `strings`.
 */
export const metadataKeys = {
  clusterId: 'cluster_id',
  memberId: 'member_id',
  /** The last id of the last window. */
  idWindowEnd: 'alloc_id',
  /** End of the last timestamp window, ms since the Unix epoch. */
  tsoWindowEnd: 'timestamp',
  /** Present once the cluster is bootstrapped. */
  bootstrapTime: 'raft/status/raft_bootstrap_time',
  clusterVersion: 'cluster_version',
  store: (id: number) => `raft/s/${padded(id)}`,
  storePrefix: 'raft/s/',
  region: (id: number) => `raft/r/${padded(id)}`,
  regionPrefix: 'raft/r/',
  gcSafePoint: 'gc/safe_point',
  serviceSafePoint: (serviceId: string) => `gc/safe_point/service/${serviceId}`,
  serviceSafePointPrefix: 'gc/safe_point/service/',
  etcdRevision: 'etcd_revision',
  etcd: (hexKey: string) => `etcd/${hexKey}`,
  etcdPrefix: 'etcd/',
} as const

const encoder = new TextEncoder()
const decoder = new TextDecoder()

export function encodeText(text: string): Uint8Array {
  return encoder.encode(text)
}

export function encodeDecimal(value: bigint | number): Uint8Array {
  return encodeText(value.toString())
}

export function encodeJson(value: unknown): Uint8Array {
  return encodeText(JSON.stringify(value))
}

/** Where entries are read from: an open metadata store, or a file that is only looked at. */
export interface EntrySource {
  /** Of the file, for errors. */
  readonly path: string
  get(key: string): Uint8Array | undefined
  /** Those whose key begins with `prefix`, in order. */
  entries(prefix: string): [key: string, value: Uint8Array][]
}

/** Reads typed entries; each throws {@link MetadataValueError} when the entry makes no sense. */
export class PersistedValues {
  readonly #store: EntrySource
  constructor(store: EntrySource) {
    this.#store = store
  }

  text(key: string): string | undefined {
    const bytes = this.#store.get(key)
    return bytes === undefined ? undefined : decoder.decode(bytes)
  }

  decimal(key: string): bigint | undefined {
    const text = this.text(key)
    if (text === undefined) return undefined
    try {
      return parseDecimal(text)
    } catch (cause) {
      throw this.#unusable(key, (cause as TypeError).message, { cause })
    }
  }

  /** A number below 2^53. */
  count(key: string): number | undefined {
    const value = this.decimal(key)
    if (value !== undefined && value > BigInt(Number.MAX_SAFE_INTEGER))
      throw this.#unusable(key, `${value} is too large`)
    return value === undefined ? undefined : Number(value)
  }

  required<T>(key: string, value: T | undefined): T {
    if (value === undefined) throw this.#unusable(key, 'it is missing')
    return value
  }

  /** Every entry under the prefix, through `decode`; what that throws names the entry. */
  decodeAll<T>(prefix: string, decode: (json: never, keyRest: string) => T): T[] {
    return this.#store.entries(prefix).map(([key, bytes]) => {
      try {
        return decode(JSON.parse(decoder.decode(bytes)) as never, key.slice(prefix.length))
      } catch (cause) {
        throw this.#unusable(key, cause instanceof Error ? cause.message : String(cause), { cause })
      }
    })
  }

  #unusable(key: string, reason: string, options?: ErrorOptions): MetadataValueError {
    return new MetadataValueError(this.#store.path, key, reason, options)
  }
}

/** 64 bits have 20 digits at most. @throws TypeError */
export function parseDecimal(text: string): bigint {
  if (typeof text !== 'string' || !/^\d{1,20}$/.test(text)) throw new TypeError(`"${text}" is not a decimal number`)
  return BigInt(text)
}

export function encodeStore(meta: StoreMeta): Uint8Array {
  return encodeJson(meta)
}

const storeStates: readonly string[] = ['up', 'offline', 'tombstone'] satisfies StoreMeta['state'][]
const storeTexts = ['address', 'peerAddress', 'statusAddress', 'version', 'gitHash', 'deployPath'] as const

/** @throws TypeError */
export function decodeStore(json: StoreMeta): StoreMeta {
  const isSound =
    isCount(json.id) &&
    Number.isSafeInteger(json.startTimestamp) &&
    storeStates.includes(json.state) &&
    storeTexts.every((name) => typeof json[name] === 'string') &&
    Array.isArray(json.labels) &&
    json.labels.every((label) => typeof label?.key === 'string' && typeof label.value === 'string')
  if (!isSound) throw new TypeError('it does not describe a store')
  return json
}

/** Ids, versions and revisions. */
export function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0
}

interface RegionJson {
  readonly id: number
  readonly start: string
  readonly end: string
  readonly version: number
  readonly confVer: number
  readonly peers: readonly [id: number, storeId: number, role: PeerRole][]
}

export function encodeRegion(region: Region): Uint8Array {
  const json: RegionJson = {
    id: region.id,
    start: toHex(region.startKey),
    end: toHex(region.endKey),
    version: region.epoch.version,
    confVer: region.epoch.confVer,
    peers: region.peers.map(({ id, storeId, role }) => [id, storeId, role]),
  }
  return encodeJson(json)
}

const peerRoles: readonly string[] = ['voter', 'learner', 'incoming-voter', 'demoting-voter'] satisfies PeerRole[]

/** @throws TypeError */
export function decodeRegion(json: RegionJson): Region {
  const isSound =
    [json.id, json.version, json.confVer].every(isCount) &&
    Array.isArray(json.peers) &&
    json.peers.every((peer) => isCount(peer?.[0]) && isCount(peer[1]) && peerRoles.includes(peer[2]))
  if (!isSound) throw new TypeError('it does not describe a region')
  return {
    id: json.id,
    startKey: fromHex(json.start),
    endKey: fromHex(json.end),
    epoch: { version: json.version, confVer: json.confVer },
    peers: json.peers.map(([id, storeId, role]): Peer => ({ id, storeId, role })),
  }
}

/** @throws TypeError */
export function fromHex(text: string): Uint8Array {
  if (typeof text !== 'string' || !/^(?:[0-9a-fA-F]{2})*$/.test(text)) throw new TypeError(`"${text}" is not hex`)
  const bytes = new Uint8Array(text.length / 2)
  for (let at = 0; at < bytes.length; at++) bytes[at] = Number.parseInt(text.slice(at * 2, at * 2 + 2), 16)
  return bytes
}

/** Decimal, so wide that text order is number order. */
function padded(id: number): string {
  return id.toString().padStart(20, '0')
}
