import { streaming, systemClock, systemRandom, type TransportReceiver, unary } from '@stratakv/core'
import { startRpcServer } from '@stratakv/grpc'
import { grpcRpc } from '@stratakv/grpc/channel'
import { tikvMethods } from '@stratakv/proto'
import { Done } from '@stratakv/proto/raft-serverpb'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { StoreNetwork } from './store-network.ts'

const bytes = (text: string) => new TextEncoder().encode(text)

function listener(): TransportReceiver & { readonly heard: string[] } {
  const heard: string[] = []
  return {
    heard,
    onMessage: (from, message) => heard.push(`${from} ${new TextDecoder().decode(message)}`),
    onSnapshot: async () => {},
    onUnreachable: (storeId) => heard.push(`unreachable ${storeId}`),
  }
}

let network: StoreNetwork

beforeEach(() => {
  network = new StoreNetwork(systemRandom())
})
afterEach(() => network.close())

describe('a store that should not be fed, or not be believed', () => {
  it('of another cluster is refused by both', async () => {
    const [one, two] = [await network.connect(1), await network.connect(2, { clusterId: 8n })]
    const heard = listener()
    one.start(listener())
    two.start(heard)
    one.send(2, 5, bytes('x'))
    await network.settle()
    expect(heard.heard).toEqual([])
    expect(network.troubles).toEqual([
      expect.stringMatching(/1 with 2: cluster ID mismatch.*of cluster 8.*of cluster 7/),
    ])
  })

  it('that is another one than it was is refused: its address has changed', async () => {
    const [one, two] = [await network.connect(1), await network.connect(2)]
    const heard = listener()
    one.start(listener())
    two.start(heard)
    network.addresses.set(3, network.addresses.get(2)!)
    one.send(3, 5, bytes('x'))
    await network.settle()
    expect(heard.heard).toEqual([])
    expect(network.troubles).toEqual(['1 with 3: this is store 2, and not store 3: its address has changed'])
  })

  it('that calls itself as another does is refused', async () => {
    const [one, other] = [await network.connect(2), await network.connect(2)]
    const two = await network.connect(3)
    one.start(listener())
    other.start(listener())
    two.start(listener())
    network.addresses.set(3, network.addresses.get(2)!)
    one.send(3, 5, bytes('x'))
    await network.settle()
    expect(network.troubles[0]).toMatch(/this is store 2, and not store 3/)
    network.addresses.set(4, network.addresses.get(2)!)
    expect(await one.sendSnapshot(2, 5, bytes('h'), { async *open() {} })).toBe('unreachable')
    await network.settle()
    expect(network.troubles.at(-1)).toMatch(/two stores call themselves 2/)
  })

  it('of TiKV is not fed, and told by name', async () => {
    const clock = systemClock()
    let wasFed = false
    const feed = streaming(tikvMethods.batchRaft, () => {
      wasFed = true
    })
    const tikv = await startRpcServer(
      { clock, methods: [feed], onUnexpectedError: () => {} },
      { host: '127.0.0.1', port: 0, receiveBytesMax: 1024 * 1024, concurrentStreamsMax: 10 },
    )
    network.addresses.set(9, `127.0.0.1:${tikv.port}`)
    const one = await network.connect(1)
    one.start(listener())
    one.send(9, 5, bytes('x'))
    await network.settle()
    expect(wasFed).toBe(false)
    expect(network.troubles[0]).toMatch(/store 9 at 127\.0\.0\.1:\d+ is not a StrataKV store/)
    await tikv.close(0)
  })

  it('of TiKV is not believed, and told why', async () => {
    const one = await network.connect(1)
    const heard = listener()
    one.start(heard)
    const rpc = grpcRpc({ clock: network.clock, random: systemRandom() })
    const stream = rpc.stream(network.addresses.get(1)!, tikvMethods.raft)
    const ended = new Promise<string | undefined>((resolve) => stream.onEnd((error) => resolve(error?.message)))
    expect(await ended).toMatch(/takes Raft messages from StrataKV stores only/)
    expect(heard.heard).toEqual([])
    await rpc.close()
  })

  it('may be one that TiKV would understand: what is said is a RaftMessage of its own proto', async () => {
    const one = await network.connect(1)
    one.start(listener())
    const clock = systemClock()
    const got: unknown[] = []
    const tikv = await startRpcServer(
      {
        clock,
        methods: [
          unary({ ...introduceMethodOf(), kind: 'unary' }, () => bytes('7 9 1')),
          streaming(tikvMethods.batchRaft, (stream) => {
            stream.onMessage((message) => got.push(...message.msgs.map(({ regionId }) => regionId)))
            stream.onHalfClose(() => stream.write(Done.create({})))
          }),
        ],
        onUnexpectedError: () => {},
      },
      { host: '127.0.0.1', port: 0, receiveBytesMax: 1024 * 1024, concurrentStreamsMax: 10 },
    )
    network.addresses.set(9, `127.0.0.1:${tikv.port}`)
    // RaftMessage { region_id: 5 } and { region_id: 300 }
    one.send(9, 5, Uint8Array.of(0x08, 5))
    one.send(9, 300, Uint8Array.of(0x08, 0xac, 0x02))
    await network.settle()
    expect(got).toEqual([5, 300])
    await tikv.close(0)
  })
})

it('receives no more snapshots at a time than it may: the next sender hears that it is busy', async () => {
  const limited = new StoreNetwork(systemRandom(), { receivingCountMax: 1 })
  const [one, two, three] = [await limited.connect(1), await limited.connect(2), await limited.connect(3)]
  let [begun, letGo] = [() => {}, () => {}]
  const isBegun = new Promise<void>((resolve) => {
    begun = resolve
  })
  const isLetGo = new Promise<void>((resolve) => {
    letGo = resolve
  })
  one.start(listener())
  two.start(listener())
  three.start({
    ...listener(),
    async onSnapshot() {
      begun()
      await isLetGo
    },
  })
  const content = {
    async *open() {
      yield bytes('chunk')
    },
  }
  const first = one.sendSnapshot(3, 5, bytes('h'), content)
  await isBegun
  expect(await two.sendSnapshot(3, 6, bytes('h'), content)).toBe('busy')
  letGo()
  expect(await first).toBe('taken')
  expect(await two.sendSnapshot(3, 6, bytes('h'), content)).toBe('taken')
  await limited.close()
})

function introduceMethodOf() {
  const opaque = { encode: (value: Uint8Array) => value, decode: (value: Uint8Array) => value }
  return { path: '/stratakv.Stores/Introduce', request: opaque, response: opaque }
}
