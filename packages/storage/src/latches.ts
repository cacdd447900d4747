import { assert } from '@stratakv/core'
import { hashKey } from './key-hash.ts'

/** One holder's, or one waiter's, claim on its keys. */
export interface LatchTicket {
  /** All keys are held. */
  readonly held: boolean
  /** Gives back what is held and stops waiting for the rest. Idempotent. Those next in line are told within the call. */
  release(): void
}

/** Keys on which commands take turns. Synchronous and pure: nothing here waits, it only remembers who does. */
export interface Latches {
  /**
   * Claims all keys, in any order, duplicates allowed. When they are free, the ticket is `held` on return; else `onHeld` is
   * called once, within the `release` that frees the last of them. `onHeld` must not throw.
   */
  acquire(keys: readonly Uint8Array[], onHeld: () => void): LatchTicket
  /** Slots that somebody holds. */
  heldSlotCount(): number
}

/** The holder of a slot; those who wait for it follow through `Ticket.next`, first come first served. */
interface Slot {
  holder: Ticket
  first: Ticket | undefined
  last: Ticket | undefined
}

interface Ticket extends LatchTicket {
  held: boolean
  released: boolean
  /** Ascending, without duplicates. */
  readonly slots: readonly number[]
  /** Slots `[0, takenCount)` are held; it waits in line at `slots[takenCount]`. */
  takenCount: number
  /** Behind this one in the line that it waits in: a ticket waits in one line at a time. */
  next: Ticket | undefined
  readonly onHeld: () => void
}

/**
 * Keys share a slot when the low bits of their hashes agree, so two commands on different keys may wait for each other:
 * rarely, with far more slots than commands in flight.
 *
 * Everybody claims in ascending slot order and waits while holding lower slots only, so no circle of waiters can close.
 *
 * @param slotCount `storage.scheduler-concurrency`, rounded up to a power of two. Slots that nobody holds cost nothing.
 */
export function createLatches(slotCount: number): Latches {
  assert(Number.isInteger(slotCount) && slotCount >= 1 && slotCount <= 2 ** 30, 'latch slots are out of [1, 2^30]')
  const mask = 2 ** Math.ceil(Math.log2(slotCount)) - 1
  const slots = new Map<number, Slot>()

  function slotsOf(keys: readonly Uint8Array[]): readonly number[] {
    if (keys.length === 1) return [hashKey(keys[0]!) & mask]
    const claimed = new Set<number>()
    for (const key of keys) claimed.add(hashKey(key) & mask)
    return [...claimed].sort((left, right) => left - right)
  }

  /** Takes free slots until all are held or one is not free, where the ticket gets in line. */
  function advance(ticket: Ticket): void {
    for (; ticket.takenCount < ticket.slots.length; ticket.takenCount++) {
      const index = ticket.slots[ticket.takenCount]!
      const slot = slots.get(index)
      if (slot === undefined) {
        slots.set(index, { holder: ticket, first: undefined, last: undefined })
        continue
      }
      if (slot.last === undefined) slot.first = ticket
      else slot.last.next = ticket
      slot.last = ticket
      return
    }
    ticket.held = true
  }

  function leaveLine(ticket: Ticket): void {
    const slot = slots.get(ticket.slots[ticket.takenCount]!)
    assert(slot !== undefined, 'a latch is waited for that nobody holds')
    let before: Ticket | undefined
    for (let waiting = slot.first; waiting !== ticket; waiting = waiting.next) {
      assert(waiting !== undefined, 'a latch waiter is not in its line')
      before = waiting
    }
    if (before === undefined) slot.first = ticket.next
    else before.next = ticket.next
    if (slot.last === ticket) slot.last = before
    ticket.next = undefined
  }

  function release(ticket: Ticket): void {
    if (ticket.released) return
    ticket.released = true
    if (!ticket.held) leaveLine(ticket)
    ticket.held = false
    // First hand over every slot, then tell: whoever is told finds the table as it will be.
    const heirs: Ticket[] = []
    for (let at = 0; at < ticket.takenCount; at++) {
      const index = ticket.slots[at]!
      const slot = slots.get(index)
      assert(slot?.holder === ticket, 'a latch is released by somebody who does not hold it')
      const heir = slot.first
      if (heir === undefined) {
        slots.delete(index)
        continue
      }
      slot.first = heir.next
      if (slot.first === undefined) slot.last = undefined
      heir.next = undefined
      slot.holder = heir
      heir.takenCount++
      heirs.push(heir)
    }
    for (const heir of heirs) advance(heir)
    // Settled before anybody is told: being told, one heir may finish and so free, and tell, another.
    const complete = heirs.filter((heir) => heir.held)
    for (const heir of complete) if (!heir.released) heir.onHeld()
  }

  return {
    acquire(keys, onHeld) {
      const ticket: Ticket = {
        held: false,
        released: false,
        slots: slotsOf(keys),
        takenCount: 0,
        next: undefined,
        onHeld,
        release: () => release(ticket),
      }
      advance(ticket)
      return ticket
    },
    heldSlotCount: () => slots.size,
  }
}
