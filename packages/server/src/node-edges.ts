import { type MethodBinding, StrataError } from '@stratakv/core'
import {
  AddressInUseError,
  healthService,
  type ReportUnexpected,
  type RpcServer,
  type RpcServerDeps,
  type ServerSecurity,
  startRpcServer,
} from '@stratakv/grpc'
import type { EmbeddedPlacementDriver } from '@stratakv/pd-scheduler'
import { pdHttp, pdServices } from '@stratakv/pd-scheduler/edge'
import type { ComposedNode } from './compose-node.ts'
import { type HostPort, parseAddress } from './config/addresses.ts'
import type { Config, ConfigKeyName } from './config/keys.ts'
import { FaultyCalls, gated } from './edge/faulty-calls.ts'
import { tikvService } from './edge/tikv-service.ts'
import { faultsHttp } from './faults/faults-http.ts'
import type { NodeFaults } from './faults/node-faults.ts'
import { httpListener } from './http-listener.ts'
import { openNodeSecurity } from './node-security.ts'
import type { PrometheusTelemetry } from './prometheus-telemetry.ts'
import { statusListener } from './status-server.ts'

/** A port of the configuration is taken by another process. */
export class AddressTakenError extends StrataError {
  readonly code = 'SERVER_ADDRESS_TAKEN'
  readonly address: string
  /** The key that moves it elsewhere. */
  readonly key: ConfigKeyName
  constructor(address: string, key: ConfigKeyName, options?: ErrorOptions) {
    super(`${address} is in use by another process: stop it, or set ${key} to another address`, options)
    this.address = address
    this.key = key
  }
}

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

/** Running calls get this long at shutdown; streams that never end are broken then. */
const graceMs = 500

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
  const onUnexpectedError = (path: string, error: unknown) => {
    logger.error(`${path} failed unexpectedly`, {
      error: error instanceof Error ? (error.stack ?? error.message) : String(error),
    })
  }
  try {
    const security = await openNodeSecurity(config, logger)
    const services = nodeServices(deps, onUnexpectedError)
    closers.push(services.close)
    const store = await listen('server.addr', config, (at) =>
      startRpcServer({ clock, methods: services.store, security, onUnexpectedError }, rpcOptions(at, node)),
    )
    closers.push(() => store.close(graceMs))
    const pd =
      services.placementDriver &&
      (await listen('embedded-pd.addr', config, (at) =>
        startRpcServer({ clock, ...services.placementDriver!, security, onUnexpectedError }, rpcOptions(at, node)),
      ))
    if (pd !== undefined) closers.push(() => pd.close(graceMs))
    const status = await startStatus(deps, security, onUnexpectedError)
    if (status !== undefined) closers.push(() => status.close(0))
    const endpoints: Endpoints = {
      store: bound(config['server.addr'], store.port),
      pd: pd === undefined ? config['pd.endpoints'][0]! : bound(config['embedded-pd.addr'], pd.port),
      status: status === undefined ? undefined : bound(config['server.status-addr'], status.port),
    }
    placementDriver?.announce([
      `${security === undefined ? 'http' : 'https'}://${config['embedded-pd.advertise-addr'] || endpoints.pd}`,
    ])
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

function rpcOptions(at: HostPort, { config, memory }: ComposedNode) {
  return {
    ...at,
    unreadReplies: memory.unreadReplies,
    receiveBytesMax: config['server.grpc-receive-size-max'],
    concurrentStreamsMax: config['server.grpc-concurrent-stream'],
  }
}

interface NodeServices {
  readonly store: readonly MethodBinding[]
  readonly placementDriver: Pick<RpcServerDeps, 'methods' | 'http1'> | undefined
  /** Lets go of what fails on purpose, so that closing does not wait for it. */
  close(): Promise<void>
}

/** What the node answers, whoever carries the calls. */
function nodeServices(deps: NodeEdgesDeps, onUnexpectedError: ReportUnexpected): NodeServices {
  const { node, placementDriver, telemetry, faults } = deps
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
    placementDriver: placementDriver && pdService(placementDriver),
    async close() {
      faults?.close()
      faultyCalls?.close()
    },
  }

  function pdService(pd: EmbeddedPlacementDriver): Pick<RpcServerDeps, 'methods' | 'http1'> {
    const methods = [...pdServices(pd, { clock, telemetry }), ...healthService()]
    const http = faults === undefined ? pdHttp(pd) : gated(faults.gates.pd, pdHttp(pd))
    return {
      methods: faultyCalls?.placementDriverMethods(methods) ?? methods,
      http1: httpListener(http, onUnexpectedError),
    }
  }
}

async function startStatus(
  { node, telemetry, faults }: NodeEdgesDeps,
  security: ServerSecurity | undefined,
  onUnexpectedError: ReportUnexpected,
): Promise<RpcServer | undefined> {
  const { clock, config } = node
  if (config['server.status-addr'] === '') return undefined
  const more = faults && faultsHttp(faults)
  const http1 = statusListener({ telemetry, config, more, onUnexpectedError })
  return listen('server.status-addr', config, (at) =>
    startRpcServer({ clock, methods: [], http1, security, onUnexpectedError }, rpcOptions(at, node)),
  )
}

/** Runs `start` on the address that `key` holds. @throws AddressTakenError naming the key */
async function listen(
  key: 'server.addr' | 'embedded-pd.addr' | 'server.status-addr',
  config: Config,
  start: (at: HostPort) => Promise<RpcServer>,
): Promise<RpcServer> {
  try {
    return await start(parseAddress(config[key])!)
  } catch (cause) {
    if (cause instanceof AddressInUseError) throw new AddressTakenError(config[key], key, { cause })
    throw cause
  }
}

function bound(configured: string, port: number): string {
  return `${configured.slice(0, configured.lastIndexOf(':'))}:${port}`
}
