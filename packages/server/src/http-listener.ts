import type { IncomingMessage, RequestListener } from 'node:http'
import type { MaybePromise } from '@stratakv/core'

/** A request of HTTP/1.1, read whole. */
export interface HttpRequest {
  readonly method: string
  /** Without the query, percent-encoded as it came. */
  readonly path: string
  readonly query: URLSearchParams
  readonly body: string
}

export interface HttpAnswer {
  readonly status: number
  readonly contentType: string
  readonly body: string
}

/** `undefined`: nothing is served at this path. */
export type HttpHandler = (request: HttpRequest) => MaybePromise<HttpAnswer | undefined>

/** A larger body is refused: everything served so far is a small JSON object. */
const bodyBytesMax = 1024 * 1024

/** Serves a handler that knows nothing of sockets. */
export function httpListener(handle: HttpHandler, report: (path: string, error: unknown) => void): RequestListener {
  return async (request, response) => {
    const { status, contentType, body } = await answerTo(request, handle, report)
    // What was not read of an oversized body must not be taken for the next request.
    const headers = request.complete
      ? { 'content-type': contentType }
      : { 'content-type': contentType, connection: 'close' }
    response.writeHead(status, headers).end(body)
  }
}

/** Never rejects: nobody would hear of it, and the process would end. */
async function answerTo(
  request: IncomingMessage,
  handle: HttpHandler,
  report: (path: string, error: unknown) => void,
): Promise<HttpAnswer> {
  const url = parseTarget(request.url)
  if (url === undefined) return plain(400, 'the request target is not a path\n')
  try {
    const body = await readBody(request)
    if (body === undefined) return plain(413, `a request body may have ${bodyBytesMax} bytes\n`)
    const { pathname, searchParams } = url
    const answer = await handle({ method: request.method ?? 'GET', path: pathname, query: searchParams, body })
    return answer ?? plain(404, '404 page not found\n')
  } catch (error) {
    // A client that went away in the middle of its request is nobody's failure, and hears nothing any more.
    if (!request.socket.destroyed) report(url.pathname, error)
    return plain(500, error instanceof Error ? error.message : String(error))
  }
}

/** Path and query of a request line; `undefined` for what is none, such as `//`. */
export function parseTarget(target = '/'): URL | undefined {
  return URL.canParse(target, 'http://node') ? new URL(target, 'http://node') : undefined
}

function plain(status: number, body: string): HttpAnswer {
  return { status, contentType: 'text/plain; charset=utf-8', body }
}

/** `undefined` when it is too large. */
async function readBody(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = []
  let length = 0
  // Leaving the loop must not destroy the connection: the answer still has to go out on it.
  for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    length += chunk.length
    if (length > bodyBytesMax) return undefined
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}
