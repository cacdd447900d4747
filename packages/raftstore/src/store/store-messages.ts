import type { StoreId, Transport, TransportReceiver } from '@stratakv/core'
import { ForeignSenderError } from '../errors.ts'
import { decodePeerMessage, encodePeerMessage } from '../wire/peer-message-record.ts'
import type { PeerMessage, PeerTransport } from './peer-message.ts'
import type { RaftStore } from './raft-store.ts'

export interface StoreMessagesEvents {
  /** A message or snapshot of this store was refused; the sender hears of a snapshot's, and says a message again. */
  readonly onRefused?: (from: StoreId, error: Error) => void
}

/**
 * What the peers of one store say, as bytes over any {@link Transport}, and what they hear. The transport is the caller's to close.
 *
 * @example
 * const messages = new StoreMessages(transport)
 * const store = await RaftStore.open({ ...deps, transport: messages }, options)
 * messages.deliverTo(store)
 */
export class StoreMessages implements PeerTransport {
  readonly #transport: Transport
  readonly #events: StoreMessagesEvents

  constructor(transport: Transport, events: StoreMessagesEvents = {}) {
    this.#transport = transport
    this.#events = events
  }

  /** From here on messages leave, and come in. */
  deliverTo(store: RaftStore): void {
    const guarded = (from: StoreId, bytes: Uint8Array): PeerMessage => {
      const message = decodePeerMessage(bytes)
      if (message.from.storeId !== from) {
        throw new ForeignSenderError(from, message.from.storeId)
      }
      return message
    }
    const receiver: TransportReceiver = {
      onMessage: (from, bytes) => {
        try {
          store.receive(guarded(from, bytes))
        } catch (error) {
          this.#events.onRefused?.(from, error as Error)
        }
      },
      onSnapshot: async (from, header, chunks) => {
        try {
          await store.receiveSnapshot(guarded(from, header), chunks)
        } catch (error) {
          this.#events.onRefused?.(from, error as Error)
          throw error
        }
      },
      onUnreachable: (storeId) => store.reportUnreachable(storeId),
    }
    this.#transport.start(receiver)
  }

  send(message: PeerMessage): void {
    this.#transport.send(message.to.storeId, message.regionId, encodePeerMessage(message))
  }

  sendSnapshot(message: PeerMessage, chunks: AsyncIterable<Uint8Array>, done: (isTaken: boolean) => void): void {
    const content = { open: () => chunks }
    this.#transport
      .sendSnapshot(message.to.storeId, message.regionId, encodePeerMessage(message), content)
      .then((outcome) => done(outcome === 'taken'))
  }
}
