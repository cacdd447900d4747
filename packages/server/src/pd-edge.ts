import type { Clock, MethodBinding } from '@stratakv/core'
import {
  healthService,
  type ReportUnexpected,
  type RpcServerDeps,
  type ServerSecurity,
  startRpcServer,
} from '@stratakv/grpc'
import type { EmbeddedPlacementDriver } from '@stratakv/pd-scheduler'
import { pdHttp, pdServices } from '@stratakv/pd-scheduler/edge'
import type { Config } from './config/keys.ts'
import { type FaultyCalls, gated } from './edge/faulty-calls.ts'
import type { NodeFaults } from './faults/node-faults.ts'
import { httpListener } from './http-listener.ts'
import { bound, graceMs, listen, type ServingLimits } from './listen.ts'
import type { PrometheusTelemetry } from './prometheus-telemetry.ts'

export interface PdEdgeDeps {
  readonly placementDriver: EmbeddedPlacementDriver
  readonly clock: Clock
  readonly telemetry: PrometheusTelemetry
  readonly security: ServerSecurity | undefined
  readonly onUnexpectedError: ReportUnexpected
  /** Absent: nothing fails on purpose. */
  readonly failing?: { readonly faults: NodeFaults; readonly calls: FaultyCalls } | undefined
}

/** A port that is open. */
export interface OpenEdge {
  /** `host:port`, as bound. */
  readonly address: string
  close(): Promise<void>
}

/** Opens `embedded-pd.addr`, and tells the placement driver what clients are to dial. @throws AddressTakenError, ListenError */
export async function openPdEdge(deps: PdEdgeDeps, config: Config, limits: ServingLimits): Promise<OpenEdge> {
  const { clock, security, onUnexpectedError, placementDriver } = deps
  const server = await listen('embedded-pd.addr', config, (at) =>
    startRpcServer({ clock, security, onUnexpectedError, ...pdService(deps) }, { ...at, ...limits }),
  )
  const address = bound(config['embedded-pd.addr'], server.port)
  const scheme = security === undefined ? 'http' : 'https'
  placementDriver.announce([`${scheme}://${config['embedded-pd.advertise-addr'] || address}`])
  return { address, close: () => server.close(graceMs) }
}

function pdService(deps: PdEdgeDeps): Pick<RpcServerDeps, 'methods' | 'http1'> {
  const { placementDriver, failing, onUnexpectedError } = deps
  const methods: readonly MethodBinding[] = [...pdServices(placementDriver, deps), ...healthService()]
  const http = pdHttp(placementDriver)
  return {
    methods: failing?.calls.placementDriverMethods(methods) ?? methods,
    http1: httpListener(failing === undefined ? http : gated(failing.faults.gates.pd, http), onUnexpectedError),
  }
}
