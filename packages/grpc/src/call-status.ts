import { constants, type IncomingHttpHeaders } from 'node:http2'
import { type RpcStatusCode, RpcStatusError, rpcStatus } from '@stratakv/core'

/** What a call ends with: OK, or an error. */
export type Outcome = 'ok' | RpcStatusError

const codeMax = 16

/** The outcome that trailers carry; `undefined` when they carry none. */
export function outcomeOf(trailers: IncomingHttpHeaders): Outcome | undefined {
  const text = trailers['grpc-status']
  if (typeof text !== 'string') return undefined
  const code = Number(text)
  if (code === 0) return 'ok'
  const isKnown = Number.isInteger(code) && code > 0 && code <= codeMax
  const message = trailers['grpc-message']
  return new RpcStatusError(
    isKnown ? (code as RpcStatusCode) : rpcStatus.unknown,
    typeof message === 'string' ? percentDecoded(message) : '',
  )
}

/** An answer of HTTP that is none of gRPC's: a proxy's, or that of a port which serves something else. */
export function outcomeOfHttp(httpStatus: number): RpcStatusError {
  return new RpcStatusError(
    httpCodes[httpStatus] ?? rpcStatus.unknown,
    `HTTP status ${httpStatus} instead of an answer`,
  )
}

const httpCodes: Readonly<Record<number, RpcStatusCode>> = {
  400: rpcStatus.internal,
  401: rpcStatus.unauthenticated,
  403: rpcStatus.permissionDenied,
  404: rpcStatus.unimplemented,
  429: rpcStatus.unavailable,
  502: rpcStatus.unavailable,
  503: rpcStatus.unavailable,
  504: rpcStatus.unavailable,
}

/** A stream that was reset before it had a status, by a server that is still there. */
export function outcomeOfReset(resetCode: number | undefined): RpcStatusError {
  const because = `the stream was reset with code ${resetCode ?? 'unknown'}`
  switch (resetCode) {
    case constants.NGHTTP2_REFUSED_STREAM:
      return new RpcStatusError(rpcStatus.unavailable, because)
    case constants.NGHTTP2_CANCEL:
      return new RpcStatusError(rpcStatus.cancelled, because)
    case constants.NGHTTP2_ENHANCE_YOUR_CALM:
      return new RpcStatusError(rpcStatus.resourceExhausted, because)
    default:
      return new RpcStatusError(rpcStatus.internal, because)
  }
}

function percentDecoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    // Not encoded as it should be: shown as it came.
    return text
  }
}
