import type { RequestListener } from 'node:http'
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

/** Prometheus 3 refuses a scrape without it; TiKV 6.1 leaves it out. */
const expositionType = 'text/plain; version=0.0.4; charset=utf-8'

/** TiKV's status server: `GET /status`, `/metrics` and `/config`. */
export function statusListener(deps: StatusServerDeps): RequestListener {
  return httpListener((request) => answerStatus(deps, request), deps.onUnexpectedError)
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
