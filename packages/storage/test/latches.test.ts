import { below } from '@stratakv/core'
import { type SeededRandom, seededRandom } from '@stratakv/testkit'
import { describe, expect, it } from 'vitest'
import { hashKey } from '../src/key-hash.ts'
import { createLatches, type LatchTicket } from '../src/latches.ts'
import { bytes } from './memory-kv.ts'

describe('latches', () => {
  it('gives free keys at once, also none and the same twice', () => {
    const latches = createLatches(16)
    const never = () => expect.unreachable()
    expect(latches.acquire([], never).held).toBe(true)
    const ticket = latches.acquire([bytes('a'), bytes('a')], never)
    expect(ticket.held).toBe(true)
    expect(latches.heldSlotCount()).toBe(1)
    ticket.release()
    ticket.release()
    expect(ticket.held).toBe(false)
    expect(latches.heldSlotCount()).toBe(0)
  })

  it('serves those who wait for one key in the order they came', () => {
    const latches = createLatches(1024)
    const order: string[] = []
    const tickets = ['first', 'second', 'third'].map((name) => latches.acquire([bytes('k')], () => order.push(name)))
    expect(tickets.map((ticket) => ticket.held)).toEqual([true, false, false])
    tickets[0]!.release()
    tickets[1]!.release()
    expect(order).toEqual(['second', 'third'])
  })

  it('lets one leave the middle of a line', () => {
    const latches = createLatches(1024)
    const order: string[] = []
    const tickets = ['a', 'b', 'c', 'd'].map((name) => latches.acquire([bytes('k')], () => order.push(name)))
    tickets[2]!.release()
    tickets[3]!.release()
    tickets[0]!.release()
    expect(order).toEqual(['b'])
    const late = latches.acquire([bytes('k')], () => order.push('e'))
    tickets[1]!.release()
    expect(order).toEqual(['b', 'e'])
    late.release()
    expect(latches.heldSlotCount()).toBe(0)
  })

  it('tells a heir once, although the one told before frees its last key', () => {
    const latches = createLatches(1 << 20)
    const [low, high] = [bytes('a'), bytes('b')].sort(
      (left, right) => (hashKey(left) % 2 ** 20) - (hashKey(right) % 2 ** 20),
    ) as [Uint8Array, Uint8Array]
    const holder = latches.acquire([low, high], () => expect.unreachable())
    let toldCount = 0
    const early: LatchTicket = latches.acquire([high], () => early.release())
    const both = latches.acquire([low, high], () => toldCount++)
    holder.release()
    expect(early.held).toBe(false)
    expect(both.held).toBe(true)
    expect(toldCount).toBe(1)
    both.release()
    expect(latches.heldSlotCount()).toBe(0)
  })

  it('rounds slots up to a power of two', () => {
    const one = createLatches(1)
    one.acquire([bytes('a')], () => {})
    expect(one.acquire([bytes('b')], () => {}).held).toBe(false)
    expect(() => createLatches(0)).toThrow('slots')
  })

  for (const seed of [1, 2, 3, 4]) {
    for (const slotCount of [1, 4, 64, 524_288]) {
      it(`does what plain lists do: seed ${seed}, ${slotCount} slots`, () => runAgainstTwin(seed, slotCount))
    }
  }
})

describe('the hash of a key', () => {
  it('is fixed by the bytes alone', () => {
    const padded = bytes('xxkey').subarray(2)
    expect(hashKey(padded)).toBe(hashKey(bytes('key')))
    expect(hashKey(bytes('key'))).not.toBe(hashKey(bytes('kez')))
    expect(hashKey(new Uint8Array(4))).not.toBe(hashKey(new Uint8Array(5)))
  })

  it('spreads keys that differ little over the low bits', () => {
    const slots = new Map<number, number>()
    const keyCount = 65_536
    for (let index = 0; index < keyCount; index++) {
      const slot = hashKey(bytes(`t_account_${String(index).padStart(9, '0')}`)) & 0xfff
      slots.set(slot, (slots.get(slot) ?? 0) + 1)
    }
    // 16 a slot; with chance alone the fullest of 4096 holds about 34, and some 0 slots stay empty.
    expect(slots.size).toBe(4096)
    expect(Math.max(...slots.values())).toBeLessThan(45)
  })
})

interface Claim {
  readonly id: number
  readonly slots: readonly number[]
  ticket: LatchTicket
  told: boolean
}

/** The same promises kept with lists that are searched from end to end: a line per slot, its head the holder. */
class NaiveLatches {
  readonly lines = new Map<number, number[]>()
  readonly claims = new Map<number, { slots: readonly number[]; at: number }>()

  acquire(id: number, slots: readonly number[]): void {
    this.claims.set(id, { slots, at: 0 })
    this.#advance(id)
  }

  held(id: number): boolean {
    const claim = this.claims.get(id)
    return claim !== undefined && claim.at === claim.slots.length
  }

  release(id: number): void {
    const { slots } = this.claims.get(id)!
    this.claims.delete(id)
    const heirs: number[] = []
    for (const slot of slots) {
      const line = this.lines.get(slot) ?? []
      const at = line.indexOf(id)
      if (at < 0) continue
      line.splice(at, 1)
      if (at === 0 && line[0] !== undefined) heirs.push(line[0])
    }
    for (const heir of heirs) this.#advance(heir)
  }

  #advance(id: number): void {
    const claim = this.claims.get(id)!
    for (; claim.at < claim.slots.length; claim.at++) {
      const slot = claim.slots[claim.at]!
      const line = this.lines.get(slot) ?? []
      this.lines.set(slot, line)
      if (!line.includes(id)) line.push(id)
      if (line[0] !== id) return
    }
  }
}

function runAgainstTwin(seed: number, slotCount: number): void {
  const random = seededRandom(seed)
  const latches = createLatches(slotCount)
  const twin = new NaiveLatches()
  const live = new Map<number, Claim>()
  const mask = slotCount - 1

  function check(): void {
    const differing = [...live.values()].filter((claim) => claim.ticket.held !== twin.held(claim.id))
    const heldSlots = [...live.values()].flatMap((claim) => (claim.ticket.held ? claim.slots : []))
    expect([differing.length, heldSlots.length]).toEqual([0, new Set(heldSlots).size])
  }

  for (let id = 0; id < 300; id++) {
    const keys = drawKeys(random)
    const slots = [...new Set(keys.map((key) => hashKey(key) & mask))].sort((left, right) => left - right)
    const claim: Claim = { id, slots, told: false, ticket: undefined as unknown as LatchTicket }
    claim.ticket = latches.acquire(keys, () => {
      expect(claim.told).toBe(false)
      claim.told = true
    })
    live.set(id, claim)
    twin.acquire(id, slots)
    const waited = !claim.ticket.held
    check()
    expect(waited && claim.told).toBe(false)
    // Some finish, some give up while they wait.
    while (live.size > 0 && below(random, 3) > 0) {
      const candidates = [...live.values()]
      const leaving = candidates[below(random, candidates.length)]!
      if (!leaving.ticket.held && below(random, 4) > 0) continue
      live.delete(leaving.id)
      leaving.ticket.release()
      twin.release(leaving.id)
      check()
    }
  }
  // Whoever holds all of its keys finishes: nobody may be left behind.
  while (live.size > 0) {
    const holder = [...live.values()].find((claim) => claim.ticket.held)
    expect(holder, 'everybody waits for somebody').toBeDefined()
    live.delete(holder!.id)
    holder!.ticket.release()
    twin.release(holder!.id)
    check()
  }
  expect(latches.heldSlotCount()).toBe(0)
}

function drawKeys(random: SeededRandom): Uint8Array[] {
  return Array.from({ length: 1 + below(random, 4) }, () => bytes(`key-${below(random, 12)}`))
}
