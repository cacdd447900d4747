import type { DownPeer, Instant, Peer, PeerId } from '@stratakv/core'

/** Who has spoken to a peer, and when last. */
export class HeardPeers {
  readonly #peers = new Map<PeerId, Peer>()
  readonly #at = new Map<PeerId, Instant>()

  add(peer: Peer, now: Instant): void {
    this.#peers.set(peer.id, peer)
    this.#at.set(peer.id, now)
  }

  /** As it called itself. */
  peer(id: PeerId): Peer | undefined {
    return this.#peers.get(id)
  }

  /** When it spoke last; never, since this store was opened: long ago. */
  lastAt(id: PeerId): Instant {
    return this.#at.get(id) ?? Number.NEGATIVE_INFINITY
  }

  /** Of `peers`, those that have said nothing for `downMs`, nor since `since`. */
  silent(peers: readonly Peer[], now: Instant, since: Instant, downMs: number): DownPeer[] {
    return peers.flatMap((peer) => {
      const silentMs = now - Math.max(this.#at.get(peer.id) ?? 0, since)
      return silentMs >= downMs ? [{ peer, downSeconds: Math.floor(silentMs / 1000) }] : []
    })
  }
}
