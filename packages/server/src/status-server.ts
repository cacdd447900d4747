import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { AddressInUseError, ListenError } from '@stratakv/grpc'
import { showConfig } from './config/config.ts'
import type { Config } from './config/keys.ts'
import { type HttpAnswer, type HttpHandler, type HttpRequest, httpListener } from './http-listener.ts'
import type { PrometheusTelemetry } from './prometheus-telemetry.ts'

export interface StatusServerDeps {
  readonly telemetry: PrometheusTelemetry
  readonly config: Config
  /** Serves further paths. */
  readonly more: HttpHandler | undefined
  readonly onUnexpectedError: (path: string, error: unknown) => void
}

export interface StatusServer {
  readonly port: number
  close(): Promise<void>
}

/** Prometheus 3 refuses a scrape without it; TiKV 6.1 leaves it out. */
const expositionType = 'text/plain; version=0.0.4; charset=utf-8'

/** TiKV's status server: `GET /status`, `/metrics` and `/config`. @throws AddressInUseError, ListenError */
export async function startStatusServer(deps: StatusServerDeps, host: string, port: number): Promise<StatusServer> {
  const server = createServer(httpListener((request) => answerStatus(deps, request), deps.onUnexpectedError))
  await listen(server, host, port)
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

async function answerStatus(deps: StatusServerDeps, request: HttpRequest): Promise<HttpAnswer> {
  const { method, path, query } = request
  if (!['/status', '/metrics', '/config'].includes(path)) {
    return (await deps.more?.(request)) ?? text(404, 'path not found')
  }
  if (method !== 'GET' && method !== 'HEAD') return text(405, 'only GET is served here')
  if (path === '/status') return text(200, '')
  if (path === '/metrics') return { status: 200, contentType: expositionType, body: await deps.telemetry.exposition() }
  const full = query.get('full') ?? 'false'
  if (full !== 'true' && full !== 'false') return text(400, `full takes true or false, but is ${full}`)
  return { status: 200, contentType: 'application/json', body: JSON.stringify(showConfig(deps.config)) }
}

function text(status: number, body: string): HttpAnswer {
  return { status, contentType: 'text/plain; charset=utf-8', body }
}

function listen(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const address = `${host}:${port}`
    // It stays: a connection that cannot be accepted later, for want of file descriptors, must not end the process.
    server.on('error', (cause: NodeJS.ErrnoException) =>
      reject(
        cause.code === 'EADDRINUSE'
          ? new AddressInUseError(address, { cause })
          : new ListenError(address, cause.message, { cause }),
      ),
    )
    server.listen({ host, port }, resolve)
  })
}
