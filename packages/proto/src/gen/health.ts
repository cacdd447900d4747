// Generated from proto/health.proto by `npm run generate -w packages/proto`. Do not edit.
import { decodeWith, encodeWith } from '../message-codec.ts'
import type { MessageDefinition } from '../message-definition.ts'
import { type WireReader } from '../wire-reader.ts'
import type { WireWriter } from '../wire-writer.ts'

export const HealthCheckResponse_ServingStatus = {
  UNKNOWN: 0,
  SERVING: 1,
  NOT_SERVING: 2,
  SERVICE_UNKNOWN: 3,
} as const
/** A number that is not listed is kept as it came. */
export type HealthCheckResponse_ServingStatus = (typeof HealthCheckResponse_ServingStatus)[keyof typeof HealthCheckResponse_ServingStatus]

export interface HealthCheckRequest {
  service: string
}

export const HealthCheckRequest: MessageDefinition<HealthCheckRequest> = {
  typeName: 'grpc.health.v1.HealthCheckRequest',
  create: (init) => ({
    service: init?.service ?? '',
  }),
  encode: (message) => encodeWith(writeHealthCheckRequest, message),
  decode: (bytes) => decodeWith('grpc.health.v1.HealthCheckRequest', readHealthCheckRequest, bytes),
  readFrom: readHealthCheckRequest,
  writeTo: writeHealthCheckRequest,
}

const HealthCheckRequestFields: readonly number[] = [1]

function readHealthCheckRequest(reader: WireReader, end: number, into?: HealthCheckRequest): HealthCheckRequest {
  const message: HealthCheckRequest = into ?? { service: '' }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.service = reader.string()
        break
      default:
        reader.skip(tag, HealthCheckRequestFields)
    }
  }
  reader.close(end)
  return message
}

function writeHealthCheckRequest(writer: WireWriter, message: HealthCheckRequest): void {
  if (message.service !== '') {
    writer.string(message.service)
    writer.tag1(10)
  }
}

export interface HealthCheckResponse {
  status: HealthCheckResponse_ServingStatus
}

export const HealthCheckResponse: MessageDefinition<HealthCheckResponse> = {
  typeName: 'grpc.health.v1.HealthCheckResponse',
  create: (init) => ({
    status: init?.status ?? 0,
  }),
  encode: (message) => encodeWith(writeHealthCheckResponse, message),
  decode: (bytes) => decodeWith('grpc.health.v1.HealthCheckResponse', readHealthCheckResponse, bytes),
  readFrom: readHealthCheckResponse,
  writeTo: writeHealthCheckResponse,
}

const HealthCheckResponseFields: readonly number[] = [1]

function readHealthCheckResponse(reader: WireReader, end: number, into?: HealthCheckResponse): HealthCheckResponse {
  const message: HealthCheckResponse = into ?? { status: 0 }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 8:
        message.status = reader.int32() as HealthCheckResponse_ServingStatus
        break
      default:
        reader.skip(tag, HealthCheckResponseFields)
    }
  }
  reader.close(end)
  return message
}

function writeHealthCheckResponse(writer: WireWriter, message: HealthCheckResponse): void {
  if (message.status !== 0) {
    writer.int32(message.status)
    writer.tag1(8)
  }
}
