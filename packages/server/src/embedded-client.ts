import { createClient, type TikvClient } from '@stratakv/client'
import { InProcessServers, inProcessRpc, type PlacementDriver, type Random, type Rpc } from '@stratakv/core'
import type { FaultyCalls } from './edge/faulty-calls.ts'
import { type ServedStore, tikvService } from './edge/tikv-service.ts'

export interface EmbeddedClientDeps {
  readonly store: ServedStore
  /** Absent: nothing fails on purpose. */
  readonly faultyCalls: FaultyCalls | undefined
  readonly placementDriver: PlacementDriver
  readonly random: Random
  /** To other stores; absent: there are none, and every address is this store's. */
  readonly others: Rpc | undefined
  /** Where the placement driver says that this store is. */
  readonly ownAddress: () => string
}

/** A name that nothing listens on. */
const inThisProcess = 'in-this-process:0'

/**
 * The client of a node in its own process: what goes over a socket elsewhere is a function call here. It comes into being
 * when it is first asked for; a node that nobody asks costs nothing.
 */
export class EmbeddedClient {
  readonly #deps: EmbeddedClientDeps
  #client: TikvClient | undefined
  #rpc: Rpc | undefined
  #closing: Promise<void> | undefined

  constructor(deps: EmbeddedClientDeps) {
    this.#deps = deps
  }

  get(): TikvClient {
    this.#client ??= this.#make()
    // Its calls then say so.
    if (this.#closing !== undefined) void this.#client.close()
    return this.#client
  }

  /** Running calls end, and commits whose second phase is on its way are finished. Idempotent. */
  close(): Promise<void> {
    this.#closing ??= this.#close()
    return this.#closing
  }

  async #close(): Promise<void> {
    await this.#client?.close()
    await this.#rpc?.close()
  }

  #make(): TikvClient {
    const { store, faultyCalls, placementDriver, random } = this.#deps
    const { clock, telemetry, logger } = store
    const onUnexpectedError = (path: string, error: unknown) => {
      logger.error(`${path} failed unexpectedly`, { error: String(error) })
    }
    const servers = new InProcessServers()
    const methods = tikvService({ node: store, transport: 'call', faultyCalls, onUnexpectedError })
    servers.serve(inThisProcess, faultyCalls?.storeMethods(methods) ?? methods)
    this.#rpc = toStores(inProcessRpc({ clock }, servers), this.#deps)
    return createClient({ rpc: this.#rpc, placementDriver, clock, random, telemetry }, { requestSource: 'embedded' })
  }
}

/** Calls of this store stay in the process, whatever it is called, before sockets are opened and after. */
function toStores(own: Rpc, { others, ownAddress }: EmbeddedClientDeps): Rpc {
  const isOwn = (address: string) => others === undefined || address === ownAddress()
  return {
    supports: own.supports,
    unary: (address, method, request, options) =>
      isOwn(address)
        ? own.unary(inThisProcess, method, request, options)
        : others!.unary(address, method, request, options),
    stream: (address, method, options) =>
      isOwn(address) ? own.stream(inThisProcess, method, options) : others!.stream(address, method, options),
    close: () => own.close(),
  }
}
