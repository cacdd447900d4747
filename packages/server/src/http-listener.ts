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
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://node')
    let answer: HttpAnswer | undefined
    try {
      const body = await readBody(request)
      answer =
        body === undefined
          ? plain(413, `a request body may have ${bodyBytesMax} bytes`)
          : await handle({ method: request.method ?? 'GET', path: pathname, query: searchParams, body })
    } catch (error) {
      report(pathname, error)
      answer = plain(500, error instanceof Error ? error.message : String(error))
    }
    const { status, contentType, body } = answer ?? plain(404, '404 page not found\n')
    response.writeHead(status, { 'content-type': contentType }).end(body)
  }
}

function plain(status: number, body: string): HttpAnswer {
  return { status, contentType: 'text/plain; charset=utf-8', body }
}

/** `undefined` when it is too large. */
async function readBody(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length
    if (length > bodyBytesMax) return undefined
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}
