import { ClosedError, type RegionHeartbeat, type RegionOperator, type Rpc, type RpcCallStream } from '@stratakv/core'
import { operatorFromMessage, pdMethods, peerToMessage, regionToMessage } from '@stratakv/proto'
import { RegionHeartbeatRequest, type RegionHeartbeatResponse, RequestHeader } from '@stratakv/proto/pdpb'
import type { PdLeader, PdMembers } from './pd-members.ts'

interface ReportStream {
  readonly call: RpcCallStream<RegionHeartbeatRequest, RegionHeartbeatResponse>
  readonly leader: PdLeader
  /** While the transport is over its mark; settled when it takes more, or the stream is gone. */
  full: Promise<void> | undefined
  release: () => void
}

/**
 * Region reports over one stream, as PD wants them. Nobody answers them one by one, so a report counts as made once it is on its
 * way; one that is lost with a stream is made up for by the region's next.
 */
export class PdRegionReports {
  readonly #rpc: Rpc
  readonly #members: PdMembers
  readonly #onOperator: (operator: RegionOperator) => void
  #stream: ReportStream | undefined
  #isClosed = false

  /** @param onOperator hears what the placement driver wants done; nothing after `close` */
  constructor(rpc: Rpc, members: PdMembers, onOperator: (operator: RegionOperator) => void = () => {}) {
    this.#rpc = rpc
    this.#members = members
    this.#onOperator = onOperator
  }

  /** Resolves when the transport has taken it. @throws RpcStatusError UNAVAILABLE, ClosedError */
  async send(heartbeat: RegionHeartbeat): Promise<void> {
    const leader = await this.#members.leader()
    if (this.#isClosed) throw new ClosedError('placement driver client')
    const stream = this.#stream ?? this.#open(leader)
    if (stream.full !== undefined) await stream.full
    if (this.#isClosed) throw new ClosedError('placement driver client')
    if (!stream.call.write(toMessage(heartbeat, stream.leader))) {
      stream.full ??= new Promise((resolve) => {
        stream.release = resolve
      })
    }
  }

  close(): void {
    this.#isClosed = true
    this.#stream?.call.cancel()
  }

  #open(leader: PdLeader): ReportStream {
    const call = this.#rpc.stream(leader.address, pdMethods.regionHeartbeat)
    const stream: ReportStream = { call, leader, full: undefined, release: () => {} }
    const drained = () => {
      stream.full = undefined
      stream.release()
    }
    call.onMessage((message) => {
      // A refusal names a region too, and orders nothing; what is newer there comes by itself.
      const operator = this.#isClosed || message.header?.error !== undefined ? undefined : operatorFromMessage(message)
      if (operator !== undefined) this.#onOperator(operator)
    })
    call.onDrain(drained)
    call.onEnd(() => {
      if (this.#stream === stream) this.#stream = undefined
      this.#members.forget(leader)
      drained()
    })
    this.#stream = stream
    return stream
  }
}

function toMessage(heartbeat: RegionHeartbeat, leader: PdLeader): RegionHeartbeatRequest {
  return RegionHeartbeatRequest.create({
    header: RequestHeader.create({ clusterId: leader.clusterId }),
    region: regionToMessage(heartbeat.region),
    leader: peerToMessage(heartbeat.leader),
    term: heartbeat.term,
    bytesWritten: heartbeat.bytesWritten,
    keysWritten: heartbeat.keysWritten,
    bytesRead: heartbeat.bytesRead,
    keysRead: heartbeat.keysRead,
    approximateSize: heartbeat.approximateSizeBytes,
    approximateKeys: heartbeat.approximateKeyCount,
    downPeers: (heartbeat.downPeers ?? []).map(({ peer, downSeconds }) => ({ peer: peerToMessage(peer), downSeconds })),
    pendingPeers: (heartbeat.pendingPeers ?? []).map(peerToMessage),
  })
}
