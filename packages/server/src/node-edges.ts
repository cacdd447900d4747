import type { MethodBinding } from '@stratakv/core'
import {
  healthService,
  type ReportUnexpected,
  type RpcServer,
  type ServerSecurity,
  startRpcServer,
} from '@stratakv/grpc'
import type { EmbeddedPlacementDriver } from '@stratakv/pd-scheduler'
import type { ComposedNode } from './compose-node.ts'
import { FaultyCalls } from './edge/faulty-calls.ts'
import { tikvService } from './edge/tikv-service.ts'
import { faultsHttp } from './faults/faults-http.ts'
import type { NodeFaults } from './faults/node-faults.ts'
import { bound, graceMs, listen, reportingUnexpected, servingLimits } from './listen.ts'
import { openNodeSecurity } from './node-security.ts'
import { openPdEdge, type PdEdgeDeps } from './pd-edge.ts'
import type { PrometheusTelemetry } from './prometheus-telemetry.ts'
import { statusListener } from './status-server.ts'

/** `host:port` each, as bound. */
export interface Endpoints {
  readonly store: string
  readonly pd: string
  /** Absent when server.status-addr is empty. */
  readonly status: string | undefined
}

export interface ServedNode {
  readonly endpoints: Endpoints
  close(): Promise<void>
}

export interface NodeEdgesDeps {
  readonly node: ComposedNode
  /** Absent: it is elsewhere, at `pd.endpoints`. */
  readonly placementDriver?: EmbeddedPlacementDriver | undefined
  readonly telemetry: PrometheusTelemetry
  /** What other stores call here, such as `methods` of a `GrpcTransport`. */
  readonly storeMethods?: readonly MethodBinding[] | undefined
  /** @internal StorageNode makes them. Absent: nothing fails on purpose. */
  readonly faults?: NodeFaults | undefined
}

/**
 * Opens the sockets that the configuration names (store, placement driver, status) and tells the placement driver where they
 * are. `close` ends calls and closes the sockets; node and placement driver stay the caller's to close, after them.
 *
 * @throws AddressTakenError naming the configuration key, ListenError, SecurityFilesError, ConfigValueError. Nothing is left open then.
 */
export async function serveNode(deps: NodeEdgesDeps): Promise<ServedNode> {
  const { node, placementDriver } = deps
  const { clock, config, logger } = node
  const closers: (() => Promise<void>)[] = []
  const close = async () => {
    await Promise.all(closers.map((closer) => closer()))
  }
  const onUnexpectedError = reportingUnexpected(logger)
  const limits = servingLimits(config, node.memory)
  try {
    const security = await openNodeSecurity(config, logger)
    const services = nodeServices(deps, onUnexpectedError)
    closers.push(services.close)
    const store = await listen('server.addr', config, (at) =>
      startRpcServer({ clock, methods: services.store, security, onUnexpectedError }, { ...at, ...limits }),
    )
    closers.push(() => store.close(graceMs))
    const pd =
      placementDriver &&
      (await openPdEdge(
        { placementDriver, clock, telemetry: deps.telemetry, security, onUnexpectedError, failing: services.failing },
        config,
        limits,
      ))
    if (pd !== undefined) closers.push(() => pd.close())
    const status = await startStatus(deps, security, onUnexpectedError)
    if (status !== undefined) closers.push(() => status.close(0))
    const endpoints: Endpoints = {
      store: bound(config['server.addr'], store.port),
      pd: pd?.address ?? config['pd.endpoints'][0]!,
      status: status === undefined ? undefined : bound(config['server.status-addr'], status.port),
    }
    await node.announce({
      address: config['server.advertise-addr'] || endpoints.store,
      statusAddress: config['server.advertise-status-addr'] || (endpoints.status ?? ''),
    })
    return { endpoints, close }
  } catch (error) {
    await close()
    throw error
  }
}

interface NodeServices {
  readonly store: readonly MethodBinding[]
  readonly failing: PdEdgeDeps['failing']
  /** Lets go of what fails on purpose, so that closing does not wait for it. */
  close(): Promise<void>
}

/** What the node answers, whoever carries the calls. */
function nodeServices(deps: NodeEdgesDeps, onUnexpectedError: ReportUnexpected): NodeServices {
  const { node, faults } = deps
  const { clock, storeId } = node
  const faultyCalls =
    faults &&
    new FaultyCalls({
      faults,
      clock,
      node: {
        storeId,
        raftEntryMaxBytes: node.config['raftstore.raft-entry-max-size'],
        regionById: (id) => node.regions.find((region) => region.id === id),
      },
    })
  const store = [...tikvService({ node, faultyCalls, onUnexpectedError }), ...healthService()]
  return {
    store: [...(faultyCalls?.storeMethods(store) ?? store), ...(deps.storeMethods ?? [])],
    failing: faults && faultyCalls && { faults, calls: faultyCalls },
    async close() {
      faults?.close()
      faultyCalls?.close()
    },
  }
}

async function startStatus(
  { node, telemetry, faults }: NodeEdgesDeps,
  security: ServerSecurity | undefined,
  onUnexpectedError: ReportUnexpected,
): Promise<RpcServer | undefined> {
  const { clock, config, memory } = node
  if (config['server.status-addr'] === '') return undefined
  const more = faults && faultsHttp(faults)
  const http1 = statusListener({ telemetry, config, more, onUnexpectedError })
  return listen('server.status-addr', config, (at) =>
    startRpcServer(
      { clock, methods: [], http1, security, onUnexpectedError },
      { ...at, ...servingLimits(config, memory) },
    ),
  )
}
