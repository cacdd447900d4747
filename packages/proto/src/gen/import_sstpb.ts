// Generated from proto/import_sstpb.proto by `npm run generate -w packages/proto`. Do not edit.
import { decodeWith, encodeWith } from '../message-codec.ts'
import type { MessageDefinition } from '../message-definition.ts'
import { emptyBytes, type WireReader } from '../wire-reader.ts'
import type { WireWriter } from '../wire-writer.ts'
import * as kvrpcpb from './kvrpcpb.ts'
import * as metapb from './metapb.ts'

export interface SSTMeta {
  uuid: Uint8Array
  range: Range | undefined
  crc32: number
  length: number
  cfName: string
  regionId: number
  regionEpoch: metapb.RegionEpoch | undefined
  endKeyExclusive: boolean
  totalKvs: number
  totalBytes: number
  apiVersion: kvrpcpb.APIVersion
  cipherIv: Uint8Array
}

export const SSTMeta: MessageDefinition<SSTMeta> = {
  typeName: 'import_sstpb.SSTMeta',
  create: (init) => ({
    uuid: init?.uuid ?? emptyBytes,
    range: init?.range,
    crc32: init?.crc32 ?? 0,
    length: init?.length ?? 0,
    cfName: init?.cfName ?? '',
    regionId: init?.regionId ?? 0,
    regionEpoch: init?.regionEpoch,
    endKeyExclusive: init?.endKeyExclusive ?? false,
    totalKvs: init?.totalKvs ?? 0,
    totalBytes: init?.totalBytes ?? 0,
    apiVersion: init?.apiVersion ?? 0,
    cipherIv: init?.cipherIv ?? emptyBytes,
  }),
  encode: (message) => encodeWith(writeSSTMeta, message),
  decode: (bytes) => decodeWith('import_sstpb.SSTMeta', readSSTMeta, bytes),
  readFrom: readSSTMeta,
  writeTo: writeSSTMeta,
}

const SSTMetaFields: readonly number[] = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]

function readSSTMeta(reader: WireReader, end: number, into?: SSTMeta): SSTMeta {
  const message: SSTMeta = into ?? { uuid: emptyBytes, range: undefined, crc32: 0, length: 0, cfName: '', regionId: 0, regionEpoch: undefined, endKeyExclusive: false, totalKvs: 0, totalBytes: 0, apiVersion: 0, cipherIv: emptyBytes }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.uuid = reader.bytes()
        break
      case 18:
        message.range = readRange(reader, reader.end(), message.range)
        break
      case 24:
        message.crc32 = reader.uint32()
        break
      case 32:
        message.length = reader.uint64Number()
        break
      case 42:
        message.cfName = reader.string()
        break
      case 48:
        message.regionId = reader.uint64Number()
        break
      case 58:
        message.regionEpoch = metapb.RegionEpoch.readFrom(reader, reader.end(), message.regionEpoch)
        break
      case 64:
        message.endKeyExclusive = reader.bool()
        break
      case 72:
        message.totalKvs = reader.uint64Number()
        break
      case 80:
        message.totalBytes = reader.uint64Number()
        break
      case 88:
        message.apiVersion = reader.int32() as kvrpcpb.APIVersion
        break
      case 98:
        message.cipherIv = reader.bytes()
        break
      default:
        reader.skip(tag, SSTMetaFields)
    }
  }
  reader.close(end)
  return message
}

function writeSSTMeta(writer: WireWriter, message: SSTMeta): void {
  if (message.cipherIv.length !== 0) {
    writer.bytes(message.cipherIv)
    writer.tag1(98)
  }
  if (message.apiVersion !== 0) {
    writer.int32(message.apiVersion)
    writer.tag1(88)
  }
  if (message.totalBytes !== 0) {
    writer.uint64Number(message.totalBytes)
    writer.tag1(80)
  }
  if (message.totalKvs !== 0) {
    writer.uint64Number(message.totalKvs)
    writer.tag1(72)
  }
  if (message.endKeyExclusive) {
    writer.bool(message.endKeyExclusive)
    writer.tag1(64)
  }
  if (message.regionEpoch !== undefined) {
    const mark7 = writer.size
    metapb.RegionEpoch.writeTo(writer, message.regionEpoch)
    writer.length(mark7)
    writer.tag1(58)
  }
  if (message.regionId !== 0) {
    writer.uint64Number(message.regionId)
    writer.tag1(48)
  }
  if (message.cfName !== '') {
    writer.string(message.cfName)
    writer.tag1(42)
  }
  if (message.length !== 0) {
    writer.uint64Number(message.length)
    writer.tag1(32)
  }
  if (message.crc32 !== 0) {
    writer.uint32(message.crc32)
    writer.tag1(24)
  }
  if (message.range !== undefined) {
    const mark2 = writer.size
    writeRange(writer, message.range)
    writer.length(mark2)
    writer.tag1(18)
  }
  if (message.uuid.length !== 0) {
    writer.bytes(message.uuid)
    writer.tag1(10)
  }
}

export interface Range {
  start: Uint8Array
  end: Uint8Array
}

export const Range: MessageDefinition<Range> = {
  typeName: 'import_sstpb.Range',
  create: (init) => ({
    start: init?.start ?? emptyBytes,
    end: init?.end ?? emptyBytes,
  }),
  encode: (message) => encodeWith(writeRange, message),
  decode: (bytes) => decodeWith('import_sstpb.Range', readRange, bytes),
  readFrom: readRange,
  writeTo: writeRange,
}

const RangeFields: readonly number[] = [1, 2]

function readRange(reader: WireReader, end: number, into?: Range): Range {
  const message: Range = into ?? { start: emptyBytes, end: emptyBytes }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.start = reader.bytes()
        break
      case 18:
        message.end = reader.bytes()
        break
      default:
        reader.skip(tag, RangeFields)
    }
  }
  reader.close(end)
  return message
}

function writeRange(writer: WireWriter, message: Range): void {
  if (message.end.length !== 0) {
    writer.bytes(message.end)
    writer.tag1(18)
  }
  if (message.start.length !== 0) {
    writer.bytes(message.start)
    writer.tag1(10)
  }
}
