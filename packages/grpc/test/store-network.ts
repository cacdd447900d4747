import { type Random, type StoreId, systemClock, type Transport } from '@stratakv/core'
import { startRpcServer } from '@stratakv/grpc'
import { grpcRpc } from '@stratakv/grpc/channel'
import { GrpcTransport, type GrpcTransportOptions } from '@stratakv/grpc/transport'
import { type SimulatedClock, simulatedClock } from '@stratakv/testkit'

/** So many turns of the event loop in which nothing comes or goes, and all that was under way on loopback has come. */
const quietTurns = 40

/** Stores on sockets of loopback, and on one simulated clock. */
export class StoreNetwork {
  readonly clock: SimulatedClock = simulatedClock()
  readonly troubles: string[] = []
  /** Where the placement driver believes stores to be. */
  readonly addresses = new Map<StoreId, string>()
  readonly #random: Random
  readonly #options: Partial<GrpcTransportOptions>
  readonly #closers: (() => Promise<void>)[] = []
  #activity = 0

  constructor(random: Random, options: Partial<GrpcTransportOptions> = {}) {
    this.#random = random
    this.#options = options
  }

  async connect(storeId: StoreId, { clusterId = 7n }: { clusterId?: bigint } = {}): Promise<Transport> {
    const { clock } = this
    const rpc = grpcRpc({ clock, random: this.#random })
    const transport = new GrpcTransport(
      {
        rpc,
        clock,
        random: this.#random,
        resolve: async (id) => {
          const address = this.addresses.get(id)
          if (address === undefined) throw new Error(`store ${id} is not known`)
          return address
        },
        onTrouble: (id, error) => this.troubles.push(`${storeId} with ${id}: ${error.message}`),
      },
      { clusterId, storeId, ...this.#options },
    )
    const counted = transport.methods.map((binding) => ({
      ...binding,
      handle: (...call: Parameters<typeof binding.handle>) => {
        this.#activity++
        return (binding.handle as (...call: unknown[]) => unknown)(...call)
      },
    })) as typeof transport.methods
    const server = await startRpcServer(
      {
        // Closing waits for sockets, which know no simulated time.
        clock: systemClock(),
        methods: counted,
        onUnexpectedError: (path, error) => {
          throw new Error(`${path} failed`, { cause: error })
        },
      },
      { host: '127.0.0.1', port: 0, receiveBytesMax: 64 * 1024 * 1024, concurrentStreamsMax: 100 },
    )
    this.addresses.set(storeId, `127.0.0.1:${server.port}`)
    const close = async () => {
      await transport.close()
      await rpc.close()
      await server.close(0)
    }
    this.#closers.push(close)
    return {
      storeId,
      start: (receiver) =>
        transport.start({
          onMessage: (from, message) => {
            this.#activity++
            receiver.onMessage(from, message)
          },
          onSnapshot: (from, header, chunks) => receiver.onSnapshot(from, header, chunks),
          onUnreachable: (id) => receiver.onUnreachable(id),
        }),
      send: (to, regionId, message) => transport.send(to, regionId, message),
      flush: () => transport.flush(),
      sendSnapshot: (to, regionId, header, content) => transport.sendSnapshot(to, regionId, header, content),
      counts: () => transport.counts(),
      close,
    }
  }

  /** Lets the event loop turn until nothing has happened for a while. */
  async settle(): Promise<void> {
    for (let quiet = 0, seen = this.#activity; quiet < quietTurns; quiet++) {
      // A timer of the system among the turns: sockets of loopback are ready within one.
      await new Promise((resolve) => setTimeout(resolve, 1))
      if (seen !== this.#activity) quiet = 0
      seen = this.#activity
    }
  }

  async close(): Promise<void> {
    for (const close of this.#closers) await close()
  }
}
