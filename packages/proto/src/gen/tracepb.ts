// Generated from proto/tracepb.proto by `npm run generate -w packages/proto`. Do not edit.
import { decodeWith, encodeWith } from '../message-codec.ts'
import type { MessageDefinition } from '../message-definition.ts'
import { type WireReader } from '../wire-reader.ts'
import type { WireWriter } from '../wire-writer.ts'

export interface TraceContext {
  remoteParentSpans: RemoteParentSpan[]
  durationThresholdMs: number
}

export const TraceContext: MessageDefinition<TraceContext> = {
  typeName: 'tracepb.TraceContext',
  create: (init) => ({
    remoteParentSpans: init?.remoteParentSpans ?? [],
    durationThresholdMs: init?.durationThresholdMs ?? 0,
  }),
  encode: (message) => encodeWith(writeTraceContext, message),
  decode: (bytes) => decodeWith('tracepb.TraceContext', readTraceContext, bytes),
  readFrom: readTraceContext,
  writeTo: writeTraceContext,
}

const TraceContextFields: readonly number[] = [1, 2]

function readTraceContext(reader: WireReader, end: number, into?: TraceContext): TraceContext {
  const message: TraceContext = into ?? { remoteParentSpans: [], durationThresholdMs: 0 }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.remoteParentSpans.push(readRemoteParentSpan(reader, reader.end()))
        break
      case 16:
        message.durationThresholdMs = reader.uint32()
        break
      default:
        reader.skip(tag, TraceContextFields)
    }
  }
  reader.close(end)
  return message
}

function writeTraceContext(writer: WireWriter, message: TraceContext): void {
  if (message.durationThresholdMs !== 0) {
    writer.uint32(message.durationThresholdMs)
    writer.tag1(16)
  }
  for (let at = message.remoteParentSpans.length - 1; at >= 0; at--) {
    const value = message.remoteParentSpans[at]!
    const mark1 = writer.size
    writeRemoteParentSpan(writer, value)
    writer.length(mark1)
    writer.tag1(10)
  }
}

export interface RemoteParentSpan {
  traceId: bigint
  spanId: bigint
}

export const RemoteParentSpan: MessageDefinition<RemoteParentSpan> = {
  typeName: 'tracepb.RemoteParentSpan',
  create: (init) => ({
    traceId: init?.traceId ?? 0n,
    spanId: init?.spanId ?? 0n,
  }),
  encode: (message) => encodeWith(writeRemoteParentSpan, message),
  decode: (bytes) => decodeWith('tracepb.RemoteParentSpan', readRemoteParentSpan, bytes),
  readFrom: readRemoteParentSpan,
  writeTo: writeRemoteParentSpan,
}

const RemoteParentSpanFields: readonly number[] = [1, 2]

function readRemoteParentSpan(reader: WireReader, end: number, into?: RemoteParentSpan): RemoteParentSpan {
  const message: RemoteParentSpan = into ?? { traceId: 0n, spanId: 0n }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 8:
        message.traceId = reader.uint64()
        break
      case 16:
        message.spanId = reader.uint64()
        break
      default:
        reader.skip(tag, RemoteParentSpanFields)
    }
  }
  reader.close(end)
  return message
}

function writeRemoteParentSpan(writer: WireWriter, message: RemoteParentSpan): void {
  if (message.spanId !== 0n) {
    writer.uint64(message.spanId)
    writer.tag1(16)
  }
  if (message.traceId !== 0n) {
    writer.uint64(message.traceId)
    writer.tag1(8)
  }
}
