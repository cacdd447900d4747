import {
  composeTimestamp,
  type InProcessServer,
  InProcessServers,
  inProcessRpc,
  type MethodBinding,
  type Rpc,
  RpcStatusError,
  rpcStatus,
  streaming,
  unary,
} from '@stratakv/core'
import { PdClient, type PdClientOptions } from '@stratakv/grpc/pd-client'
import { pdMethods } from '@stratakv/proto'
import { AllocIDResponse, GetMembersResponse, Member, type TsoRequest } from '@stratakv/proto/pdpb'
import { type SimulatedClock, seededRandom, simulatedClock } from '@stratakv/testkit'

/** One cluster of placement drivers, some at work; shared by all of them. */
export interface ScriptedPds {
  readonly clock: SimulatedClock
  readonly rpc: Rpc
  clusterId: bigint
  leader: string
  /** What came in over Tso streams, with the address it came to. */
  readonly tsoRequests: { address: string; count: number }[]
  /** Called instead of answering a Tso request; true: it is dealt with. */
  onTso: ((address: string, request: TsoRequest, end: () => void) => boolean) | undefined
  physical: number
  logical: number
  /** As PD 6.1: one id a call. */
  givesSingleIds: boolean
  /** Called before an id is given. */
  nextId: number
  idCalls: number
  start(address: string): void
  stop(address: string): void
  client(options?: Partial<PdClientOptions>): PdClient
}

export const addresses = ['pd1:2379', 'pd2:2379', 'pd3:2379'] as const

export function scriptedPds(): ScriptedPds {
  const clock = simulatedClock()
  const servers = new InProcessServers()
  const running = new Map<string, InProcessServer>()
  const member = (address: string) =>
    Member.create({
      name: address,
      memberId: BigInt(addresses.indexOf(address as never) + 1),
      clientUrls: [`http://${address}`],
    })
  const header = () => ({ clusterId: pds.clusterId, error: undefined })
  const demandLeader = (address: string) => {
    if (address !== pds.leader) throw new RpcStatusError(rpcStatus.unavailable, 'not leader')
  }
  const methods = (address: string): MethodBinding[] => [
    unary(pdMethods.getMembers, () =>
      GetMembersResponse.create({ header: header(), members: addresses.map(member), leader: member(pds.leader) }),
    ),
    unary(pdMethods.allocID, ({ count }) => {
      demandLeader(address)
      pds.idCalls++
      const given = pds.givesSingleIds ? 1 : Math.max(1, count)
      pds.nextId += given
      return AllocIDResponse.create({ header: header(), id: pds.nextId, count: pds.givesSingleIds ? 0 : given })
    }),
    streaming(pdMethods.tso, (stream) => {
      stream.onMessage((request) => {
        if (address !== pds.leader) {
          stream.fail(new RpcStatusError(rpcStatus.unavailable, 'not leader'))
          return
        }
        pds.tsoRequests.push({ address, count: request.count })
        if (pds.onTso?.(address, request, () => stream.end())) return
        pds.logical += request.count
        stream.write({
          header: header(),
          count: request.count,
          timestamp: { physical: pds.physical, logical: pds.logical, suffixBits: 0 },
        })
      })
    }),
  ]
  const pds: ScriptedPds = {
    clock,
    rpc: inProcessRpc({ clock }, servers),
    clusterId: 7n,
    leader: addresses[0],
    tsoRequests: [],
    onTso: undefined,
    physical: 1000,
    logical: 0,
    givesSingleIds: false,
    nextId: 100,
    idCalls: 0,
    start(address) {
      running.set(address, servers.serve(address, methods(address)))
    },
    stop(address) {
      running.get(address)?.close()
    },
    client: (options = {}) =>
      new PdClient({ rpc: pds.rpc, clock, random: seededRandom(1) }, { endpoints: [addresses[1]], ...options }),
  }
  for (const address of addresses) pds.start(address)
  return pds
}

export const timestampAt = (logical: number) => composeTimestamp(1000, logical)
