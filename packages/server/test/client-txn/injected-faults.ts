import { below, type Clock, fraction, type Random, type Region, type Rpc } from '@stratakv/core'
import { regionToMessage } from '@stratakv/proto'
import * as errorpb from '@stratakv/proto/errorpb'
import { type FaultyRpc, faultyRpc, type RpcCallSeen, type RpcFault } from '@stratakv/testkit'

export interface FaultDice {
  readonly random: Random
  /** Chance of a fault, each call. */
  readonly chance: number
  /** What the regions are by now. */
  readonly regions: () => readonly Region[]
}

/** The way from one client to the store: calls go wrong as the dice say, until it heals or the client dies. */
export class UnreliableLink {
  readonly rpc: FaultyRpc
  readonly #dice: FaultDice
  #isDead = false
  #isHealed = false
  /** Calls left until death; `undefined`: it does not die. */
  #callsToLive: number | undefined
  #onDeath: () => void = () => {}

  constructor(inner: Rpc, deps: { readonly clock: Clock }, dice: FaultDice) {
    this.#dice = dice
    this.rpc = faultyRpc(inner, deps, {
      fault: (call) => this.#fault(call),
      // Where commands travel in streams, it is those that break.
      breakStreamAfter: () => (this.#isHealed || dice.chance === 0 ? undefined : below(dice.random, 40)),
    })
  }

  /** After `callCount` more calls nothing of this client reaches the store any more. */
  dieAfter(callCount: number, onDeath: () => void): void {
    this.#callsToLive = callCount
    this.#onDeath = onDeath
  }

  heal(): void {
    this.#isHealed = true
  }

  #fault(call: RpcCallSeen): RpcFault | undefined {
    if (this.#callsToLive !== undefined && this.#callsToLive-- <= 0 && !this.#isDead) {
      this.#isDead = true
      this.#onDeath()
    }
    if (this.#isDead) return { type: 'lose-request' }
    if (this.#isHealed) return undefined
    const { random, chance, regions } = this.#dice
    if (fraction(random) >= chance) {
      // Even what goes well takes its time, and overtakes each other.
      return { type: 'delay', requestMs: below(random, 5), answerMs: below(random, 5) }
    }
    switch (below(random, 9)) {
      case 0:
        return { type: 'lose-request' }
      case 1:
      case 2:
        return { type: 'lose-answer' }
      case 3:
        return { type: 'arrive-late', delayMs: below(random, 4000) }
      case 4:
        return { type: 'delay', requestMs: below(random, 3000), answerMs: below(random, 3000) }
      default:
        return { type: 'answer', response: { regionError: regionErrorFor(call, random, regions()) } }
    }
  }
}

function regionErrorFor(call: RpcCallSeen, random: Random, regions: readonly Region[]): errorpb.Error {
  const { context } = call.request as { context?: { regionId: number } }
  const regionId = context?.regionId ?? 0
  const region = regions.find(({ id }) => id === regionId)
  const create = errorpb.Error.create
  switch (below(random, 6)) {
    case 0: {
      const leader = region === undefined ? undefined : { id: region.peers[0]!.id, storeId: region.peers[0]!.storeId }
      const notLeader = errorpb.NotLeader.create({ regionId })
      if (leader !== undefined && below(random, 2) === 0) {
        notLeader.leader = { ...leader, role: 0, isWitness: false }
      }
      return create({ notLeader })
    }
    case 1:
      return create({ epochNotMatch: errorpb.EpochNotMatch.create() })
    case 2:
      return create({
        epochNotMatch: errorpb.EpochNotMatch.create({
          currentRegions: region === undefined ? [] : [regionToMessage(region)],
        }),
      })
    case 3:
      return create({ serverIsBusy: errorpb.ServerIsBusy.create({ reason: 'scheduler is busy' }) })
    case 4:
      return create({ staleCommand: {} })
    default:
      return create({ regionNotFound: { regionId } })
  }
}
