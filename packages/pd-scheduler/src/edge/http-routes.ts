import type { MaybePromise } from '@stratakv/core'
import { type Json, jsonText } from './json-text.ts'

/** A request of HTTP, read whole. */
export interface PdHttpRequest {
  readonly method: string
  /** Without the query, percent-encoded as it came. */
  readonly path: string
  readonly query: URLSearchParams
  readonly body: string
}

export interface PdHttpAnswer {
  readonly status: number
  readonly contentType: string
  readonly body: string
}

/** `undefined`: the path is not one of the placement driver's. */
export type PdHttpHandler = (request: PdHttpRequest) => MaybePromise<PdHttpAnswer | undefined>

/** What a route sees of a request. */
export interface RouteCall {
  readonly query: URLSearchParams
  readonly body: string
  /** Of the path's `{name}`, percent-encoded as it came. */
  parameter(name: string): string
}

export interface Route {
  readonly method: 'GET' | 'DELETE' | 'POST'
  /** Segments; `{name}` takes any one segment. */
  readonly path: string
  /** An {@link HttpError} becomes its status and text. */
  answer(call: RouteCall): MaybePromise<Json>
}

/** Ends a request with a status other than 200; the text is shown to the operator. */
export class HttpError extends Error {
  readonly status: number
  constructor(status: number, message: string) {
    super(message)
    this.status = status
  }
}

/** The first route that fits, in the order of the table. Below `prefix` an unknown path is 404, elsewhere not ours. */
export function routed(prefix: string, routes: readonly Route[]): PdHttpHandler {
  const table = routes.map((route) => ({ route, segments: route.path.split('/') }))
  return async ({ method, path, query, body }) => {
    if (path !== prefix && !path.startsWith(`${prefix}/`)) return undefined
    const segments = (path.length > 1 && path.endsWith('/') ? path.slice(0, -1) : path).split('/')
    const fitting = table.filter((entry) => fits(entry.segments, segments))
    const found = fitting.find(({ route }) => route.method === method)
    if (found === undefined) {
      return fitting.length > 0 ? json(405, `method ${method} is not allowed here`) : json(404, `no such path: ${path}`)
    }
    const parameter = (name: string) => segments[found.segments.indexOf(`{${name}}`)] ?? ''
    try {
      return json(200, await found.route.answer({ query, body, parameter }))
    } catch (error) {
      if (error instanceof HttpError) return json(error.status, error.message)
      throw error
    }
  }
}

function fits(pattern: readonly string[], segments: readonly string[]): boolean {
  return (
    pattern.length === segments.length &&
    pattern.every((part, index) => (part.startsWith('{') ? segments[index] !== '' : part === segments[index]))
  )
}

function json(status: number, value: Json): PdHttpAnswer {
  return { status, contentType: 'application/json; charset=UTF-8', body: `${jsonText(value)}\n` }
}

/** Bytes behind a percent-encoded segment. Keys are bytes, not text, so this does not go through UTF-8. @throws HttpError */
export function percentDecoded(segment: string): Uint8Array {
  const bytes: number[] = []
  for (let at = 0; at < segment.length; at++) {
    const unit = segment.charCodeAt(at)
    if (unit !== 0x25) {
      // '+' is a space, as Go's QueryUnescape has it.
      bytes.push(unit === 0x2b ? 0x20 : unit)
      continue
    }
    const digits = segment.slice(at + 1, at + 3)
    if (!/^[0-9a-fA-F]{2}$/.test(digits)) throw new HttpError(400, `invalid URL escape "%${digits}"`)
    bytes.push(Number.parseInt(digits, 16))
    at += 2
  }
  return Uint8Array.from(bytes)
}
