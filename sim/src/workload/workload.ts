import type { TikvClient } from '@stratakv/client'
import { below, type Clock, type SeededRandom, sleep } from '@stratakv/core'

/** One client of a workload. */
export interface WorkloadClient {
  /** From 1. */
  readonly id: number
  /** Which of the things that its process does at once, from 0. */
  readonly strand: number
  readonly client: TikvClient
  readonly clock: Clock
  readonly random: SeededRandom
}

/** What clients do, and how it is seen from outside whether the cluster kept its promises. */
export interface Workload {
  readonly name: string
  readonly clientCount: number
  /** What each of them does at once, one where it is left out: a call that waits for one store keeps no other from going to the next. */
  readonly strandCount?: number
  /** Calls that came to their end, however. */
  readonly counts: { done: number; failed: number; unknown: number }
  /** Once, before anything goes wrong. */
  prepare(client: TikvClient): Promise<void>
  /** One operation. Throws only what must never happen. */
  step(by: WorkloadClient): Promise<void>
  /** When all is well again and nobody calls any more: what was broken, for people. */
  check(client: TikvClient): Promise<string[]>
}

/** One operation after another, until it is over. */
export async function runClient(workload: Workload, by: WorkloadClient, isOver: () => boolean): Promise<void> {
  while (!isOver()) {
    await workload.step(by)
    await sleep(by.clock, (5 + below(by.random, 100)) * (workload.strandCount ?? 1))
  }
}

export const textOf = (bytes: Uint8Array): string => new TextDecoder().decode(bytes)
