import { type ClusterId, type Rpc, RpcStatusError, rpcStatus } from '@stratakv/core'
import { pdMethods } from '@stratakv/proto'
import { type GetMembersResponse, type Member, RequestHeader } from '@stratakv/proto/pdpb'
import { PdClusterMismatchError, PdRefusedError } from './pd-errors.ts'

/** One placement driver of the cluster. */
export interface PdMember {
  readonly name: string
  readonly memberId: bigint
  /** Where it says clients reach it, with scheme. */
  readonly clientUrls: readonly string[]
  readonly isLeader: boolean
}

/** What is known of the cluster's members, and above all who leads. */
export interface PdLeader {
  readonly address: string
  readonly clusterId: ClusterId
}

/** Asks members for the leader. What was given at first is only where to begin: after that the members' own addresses count. */
export class PdMembers {
  readonly #rpc: Rpc
  readonly #seeds: readonly string[]
  readonly #timeoutMs: number
  #clusterId: ClusterId | undefined
  #leader: PdLeader | undefined
  #members: readonly PdMember[] = []
  #asking: Promise<PdLeader> | undefined

  constructor(rpc: Rpc, endpoints: readonly string[], timeoutMs: number) {
    this.#rpc = rpc
    this.#seeds = endpoints.map(addressOf)
    this.#timeoutMs = timeoutMs
  }

  /** Everybody who may be asked: the members, in their order, and where we began. */
  get addresses(): readonly string[] {
    const known = this.#members.flatMap(({ clientUrls }) => clientUrls.map(addressOf))
    return [...new Set([...known, ...this.#seeds])]
  }

  /** The leader as far as known. @throws RpcStatusError UNAVAILABLE when nobody knows one, PdClusterMismatchError */
  leader(): PdLeader | Promise<PdLeader> {
    return this.#leader ?? this.#ask()
  }

  /** It did not answer as a leader does. */
  forget(leader: PdLeader): void {
    if (this.#leader === leader) this.#leader = undefined
  }

  async list(): Promise<readonly PdMember[]> {
    await this.#ask()
    return this.#members
  }

  #ask(): Promise<PdLeader> {
    this.#asking ??= this.#askAll().finally(() => {
      this.#asking = undefined
    })
    return this.#asking
  }

  async #askAll(): Promise<PdLeader> {
    let last: unknown
    for (const address of this.addresses) {
      try {
        const header = RequestHeader.create({ clusterId: this.#clusterId ?? 0n })
        const reply = await this.#rpc.unary(address, pdMethods.getMembers, { header }, { timeoutMs: this.#timeoutMs })
        const leader = this.#learn(address, reply)
        if (leader !== undefined) return leader
      } catch (error) {
        if (!(error instanceof RpcStatusError) && !(error instanceof PdRefusedError)) throw error
        last = error
      }
    }
    throw new RpcStatusError(rpcStatus.unavailable, 'no placement driver knows a leader', { cause: last })
  }

  #learn(address: string, { header, members, leader }: GetMembersResponse): PdLeader | undefined {
    if (header?.error !== undefined) throw new PdRefusedError(header.error.type, header.error.message)
    const clusterId = header?.clusterId ?? 0n
    // A member that has just started does not know its cluster yet.
    if (clusterId === 0n) return undefined
    if (this.#clusterId !== undefined && clusterId !== this.#clusterId) {
      throw new PdClusterMismatchError(address, this.#clusterId, clusterId)
    }
    this.#clusterId = clusterId
    const leaderUrl = leader?.clientUrls[0]
    if (leader === undefined || leaderUrl === undefined) return undefined
    this.#members = members.map((member) => toMember(member, leader.memberId))
    this.#leader = { address: addressOf(leaderUrl), clusterId }
    return this.#leader
  }
}

function toMember({ name, memberId, clientUrls }: Member, leaderId: bigint): PdMember {
  return { name, memberId, clientUrls: [...clientUrls], isLeader: memberId === leaderId }
}

/** `host:port` of an endpoint that may be given as a URL. Whether calls are encrypted is for whoever carries them. */
export function addressOf(endpoint: string): string {
  return endpoint.replace(/^[a-z]+:\/\//, '').replace(/\/.*$/, '')
}
