// Generated from proto/resource_manager.proto by `npm run generate -w packages/proto`. Do not edit.
import { decodeWith, encodeWith } from '../message-codec.ts'
import type { MessageDefinition } from '../message-definition.ts'
import { type WireReader } from '../wire-reader.ts'
import type { WireWriter } from '../wire-writer.ts'

export interface Consumption {
  rRU: number
  wRU: number
  readBytes: number
  writeBytes: number
  totalCpuTimeMs: number
  sqlLayerCpuTimeMs: number
  kvReadRpcCount: number
  kvWriteRpcCount: number
  readCrossAzTrafficBytes: number
  writeCrossAzTrafficBytes: number
  tikvRUV2: number
  tidbRUV2: number
  tiflashRUV2: number
}

export const Consumption: MessageDefinition<Consumption> = {
  typeName: 'resource_manager.Consumption',
  create: (init) => ({
    rRU: init?.rRU ?? 0,
    wRU: init?.wRU ?? 0,
    readBytes: init?.readBytes ?? 0,
    writeBytes: init?.writeBytes ?? 0,
    totalCpuTimeMs: init?.totalCpuTimeMs ?? 0,
    sqlLayerCpuTimeMs: init?.sqlLayerCpuTimeMs ?? 0,
    kvReadRpcCount: init?.kvReadRpcCount ?? 0,
    kvWriteRpcCount: init?.kvWriteRpcCount ?? 0,
    readCrossAzTrafficBytes: init?.readCrossAzTrafficBytes ?? 0,
    writeCrossAzTrafficBytes: init?.writeCrossAzTrafficBytes ?? 0,
    tikvRUV2: init?.tikvRUV2 ?? 0,
    tidbRUV2: init?.tidbRUV2 ?? 0,
    tiflashRUV2: init?.tiflashRUV2 ?? 0,
  }),
  encode: (message) => encodeWith(writeConsumption, message),
  decode: (bytes) => decodeWith('resource_manager.Consumption', readConsumption, bytes),
  readFrom: readConsumption,
  writeTo: writeConsumption,
}

const ConsumptionFields: readonly number[] = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13]

function readConsumption(reader: WireReader, end: number, into?: Consumption): Consumption {
  const message: Consumption = into ?? { rRU: 0, wRU: 0, readBytes: 0, writeBytes: 0, totalCpuTimeMs: 0, sqlLayerCpuTimeMs: 0, kvReadRpcCount: 0, kvWriteRpcCount: 0, readCrossAzTrafficBytes: 0, writeCrossAzTrafficBytes: 0, tikvRUV2: 0, tidbRUV2: 0, tiflashRUV2: 0 }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 9:
        message.rRU = reader.double()
        break
      case 17:
        message.wRU = reader.double()
        break
      case 25:
        message.readBytes = reader.double()
        break
      case 33:
        message.writeBytes = reader.double()
        break
      case 41:
        message.totalCpuTimeMs = reader.double()
        break
      case 49:
        message.sqlLayerCpuTimeMs = reader.double()
        break
      case 57:
        message.kvReadRpcCount = reader.double()
        break
      case 65:
        message.kvWriteRpcCount = reader.double()
        break
      case 72:
        message.readCrossAzTrafficBytes = reader.uint64Number()
        break
      case 80:
        message.writeCrossAzTrafficBytes = reader.uint64Number()
        break
      case 89:
        message.tikvRUV2 = reader.double()
        break
      case 97:
        message.tidbRUV2 = reader.double()
        break
      case 105:
        message.tiflashRUV2 = reader.double()
        break
      default:
        reader.skip(tag, ConsumptionFields)
    }
  }
  reader.close(end)
  return message
}

function writeConsumption(writer: WireWriter, message: Consumption): void {
  if (!Object.is(message.tiflashRUV2, 0)) {
    writer.double(message.tiflashRUV2)
    writer.tag1(105)
  }
  if (!Object.is(message.tidbRUV2, 0)) {
    writer.double(message.tidbRUV2)
    writer.tag1(97)
  }
  if (!Object.is(message.tikvRUV2, 0)) {
    writer.double(message.tikvRUV2)
    writer.tag1(89)
  }
  if (message.writeCrossAzTrafficBytes !== 0) {
    writer.uint64Number(message.writeCrossAzTrafficBytes)
    writer.tag1(80)
  }
  if (message.readCrossAzTrafficBytes !== 0) {
    writer.uint64Number(message.readCrossAzTrafficBytes)
    writer.tag1(72)
  }
  if (!Object.is(message.kvWriteRpcCount, 0)) {
    writer.double(message.kvWriteRpcCount)
    writer.tag1(65)
  }
  if (!Object.is(message.kvReadRpcCount, 0)) {
    writer.double(message.kvReadRpcCount)
    writer.tag1(57)
  }
  if (!Object.is(message.sqlLayerCpuTimeMs, 0)) {
    writer.double(message.sqlLayerCpuTimeMs)
    writer.tag1(49)
  }
  if (!Object.is(message.totalCpuTimeMs, 0)) {
    writer.double(message.totalCpuTimeMs)
    writer.tag1(41)
  }
  if (!Object.is(message.writeBytes, 0)) {
    writer.double(message.writeBytes)
    writer.tag1(33)
  }
  if (!Object.is(message.readBytes, 0)) {
    writer.double(message.readBytes)
    writer.tag1(25)
  }
  if (!Object.is(message.wRU, 0)) {
    writer.double(message.wRU)
    writer.tag1(17)
  }
  if (!Object.is(message.rRU, 0)) {
    writer.double(message.rRU)
    writer.tag1(9)
  }
}
