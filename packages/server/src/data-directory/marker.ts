import { crc32 } from 'node:zlib'
import type { ClusterId, FileSystem } from '@stratakv/core'

/*
 * <data-dir>/STRATAKV says what the folder is: one line of JSON, replaced atomically. FORMAT.md has the grammar of both
 * formats. Names and meanings on disk never change.
 */
export const markerName = 'STRATAKV'
/** Where the next marker is written before it takes the name. */
export const newMarkerName = `${markerName}.new`
const product = 'stratakv'
/** Grows when a node of an older version could not read what a newer one wrote. Never goes back. */
export const formatVersion = 3
/** From this format on every marker ends in a checksum, also those of formats that are not thought of yet. */
const checksummedSince = 2
/** Longer than any marker this or a later version would write; what is longer is no marker. */
const markerBytesMax = 4096

/** What the folder says of itself. */
export interface Marker {
  readonly format: number
  /** `storage.engine` that it was made with. */
  readonly engine: string
  /** Unknown until the first start has made the cluster. */
  readonly clusterId: ClusterId | undefined
  /** Folders without which it is not whole, by their names here; none until the first start has made the cluster. Format 2 did not say. */
  readonly parts: readonly string[]
  /** Versions of the software; format 1 did not say. */
  readonly createdBy: string | undefined
  readonly lastOpenedBy: string | undefined
}

export type MarkerReading =
  | { readonly kind: 'marker'; readonly marker: Marker }
  /** Sound, but of a later format. */
  | { readonly kind: 'too-new'; readonly format: number; readonly lastOpenedBy: string | undefined }
  /** A JSON text of somebody else. */
  | { readonly kind: 'foreign' }
  | { readonly kind: 'damaged'; readonly reason: string }

/** What a node of format 2 and before had, once it had a cluster. */
const partsBefore3 = ['kv', 'pd'] as const

/** The line of any format that is checksummed; ends in a newline. */
export function encodeMarker(marker: Marker): string {
  const fields = JSON.stringify({
    product,
    format: marker.format,
    engine: marker.engine,
    clusterId: marker.clusterId === undefined ? null : marker.clusterId.toString(),
    ...(marker.format >= 3 && { parts: marker.parts }),
    createdBy: marker.createdBy ?? null,
    lastOpenedBy: marker.lastOpenedBy ?? null,
  })
  const covered = fields.slice(0, -1)
  return `${covered},"crc32":"${checksumOf(new TextEncoder().encode(covered))}"}\n`
}

const sealPattern = /,"crc32":"([0-9a-f]{8})"\}\n$/

/** Decides from the bytes alone. Every single flipped bit of a checksummed marker is found. */
export function decodeMarker(bytes: Uint8Array): MarkerReading {
  const text = new TextDecoder().decode(bytes)
  const seal = sealPattern.exec(text)
  // The tail is ASCII, so it is as long in bytes as in characters, whatever stands before it.
  if (seal !== null && checksumOf(bytes.subarray(0, bytes.length - seal[0].length)) !== seal[1]) {
    return { kind: 'damaged', reason: 'its checksum does not match' }
  }
  let fields: Record<string, unknown> | null
  try {
    fields = JSON.parse(text)
  } catch {
    return { kind: 'damaged', reason: text === '' ? 'it is empty' : 'it is not JSON' }
  }
  if (fields?.product !== product) return { kind: 'foreign' }
  const { format, engine, clusterId, parts, createdBy, lastOpenedBy } = fields
  if (typeof format !== 'number' || !Number.isSafeInteger(format) || format < 1) {
    return { kind: 'damaged', reason: 'it names no format' }
  }
  if (format >= checksummedSince && seal === null) return { kind: 'damaged', reason: 'its checksum is missing' }
  const writer = typeof lastOpenedBy === 'string' ? lastOpenedBy : undefined
  if (format > formatVersion) return { kind: 'too-new', format, lastOpenedBy: writer }
  if (typeof engine !== 'string') return { kind: 'damaged', reason: 'it names no engine' }
  const isId = typeof clusterId === 'string' && /^\d{1,20}$/.test(clusterId)
  if (format >= 2 && clusterId !== null && !isId) return { kind: 'damaged', reason: 'its cluster id is no number' }
  if (format >= 3 && !isNames(parts)) return { kind: 'damaged', reason: 'its list of parts is none' }
  return {
    kind: 'marker',
    marker: {
      format,
      engine,
      clusterId: isId ? BigInt(clusterId) : undefined,
      parts: isNames(parts) ? parts : isId ? partsBefore3 : [],
      createdBy: typeof createdBy === 'string' ? createdBy : undefined,
      lastOpenedBy: writer,
    },
  }
}

/** `undefined`: there is none. */
export async function readMarker(fs: FileSystem, directory: string): Promise<MarkerReading | undefined> {
  const path = `${directory}/${markerName}`
  if ((await fs.stat(path)) === undefined) return undefined
  const file = await fs.open(path, 'read')
  try {
    const bytes = new Uint8Array(markerBytesMax)
    const length = await file.readAt(bytes, 0)
    return decodeMarker(bytes.subarray(0, length))
  } finally {
    await file.close()
  }
}

/** Durable on return. A crash leaves the old marker or the new one, whole. */
export async function writeMarker(fs: FileSystem, directory: string, marker: Marker): Promise<void> {
  const temporary = `${directory}/${newMarkerName}`
  const file = await fs.open(temporary, 'create')
  try {
    await file.truncate(0)
    await file.append([new TextEncoder().encode(encodeMarker(marker))])
    await file.sync('all')
  } finally {
    await file.close()
  }
  await fs.rename(temporary, `${directory}/${markerName}`)
  await fs.syncDirectory(directory)
}

function isNames(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((name) => typeof name === 'string')
}

function checksumOf(bytes: Uint8Array): string {
  return crc32(bytes).toString(16).padStart(8, '0')
}
