import { type Peer, StrataError } from '@stratakv/core'
import { peerFromMessage, peerToMessage, regionFromMessage, regionToMessage } from '@stratakv/proto'
import * as eraftpb from '@stratakv/proto/eraftpb'
import { RegionEpoch } from '@stratakv/proto/metapb'
import { ExtraMessage, ExtraMessageType, RaftMessage } from '@stratakv/proto/raft-serverpb'
import { type Message, newMessage, type PeerMessageType, type Snapshot } from '@stratakv/raft'
import type { PeerExtra, PeerMessage } from '../store/peer-message.ts'
import { entryFromMessage, entryToMessage } from './entry-record.ts'

const { MessageType } = eraftpb

/** eraftpb's numbers. */
const numberOf: Readonly<Record<PeerMessageType, eraftpb.MessageType>> = {
  propose: MessageType.MsgPropose,
  append: MessageType.MsgAppend,
  'append-response': MessageType.MsgAppendResponse,
  vote: MessageType.MsgRequestVote,
  'vote-response': MessageType.MsgRequestVoteResponse,
  snapshot: MessageType.MsgSnapshot,
  heartbeat: MessageType.MsgHeartbeat,
  'heartbeat-response': MessageType.MsgHeartbeatResponse,
  'transfer-leader': MessageType.MsgTransferLeader,
  'timeout-now': MessageType.MsgTimeoutNow,
  'read-index': MessageType.MsgReadIndex,
  'read-index-response': MessageType.MsgReadIndexResp,
  'pre-vote': MessageType.MsgRequestPreVote,
  'pre-vote-response': MessageType.MsgRequestPreVoteResponse,
}
const typeOf = new Map(Object.entries(numberOf).map(([type, number]) => [number, type as PeerMessageType]))

const extraTypes: Readonly<Record<PeerExtra, ExtraMessageType>> = {
  'wake-up': ExtraMessageType.MsgRegionWakeUp,
  'hibernate-request': ExtraMessageType.MsgHibernateRequest,
  'hibernate-response': ExtraMessageType.MsgHibernateResponse,
}
const extraOf = new Map(Object.entries(extraTypes).map(([extra, number]) => [number, extra as PeerExtra]))

/** Bytes that came as a message of a peer are none. It is dropped: what was meant comes again. */
export class PeerMessageError extends StrataError {
  readonly code = 'RAFTSTORE_PEER_MESSAGE'
  constructor(detail: string, options?: ErrorOptions) {
    super(`a message of another store cannot be read: ${detail}`, options)
  }
}

/** raft_serverpb.RaftMessage. @throws PeerMessageError for what stays in its store */
export function encodePeerMessage(message: PeerMessage): Uint8Array {
  const { regionId, from, to, epoch, range, isTombstone, mergedInto, extra } = message
  return RaftMessage.encode(
    RaftMessage.create({
      regionId,
      fromPeer: peerToMessage(from),
      toPeer: peerToMessage(to),
      regionEpoch: RegionEpoch.create(epoch),
      isTombstone,
      mergeTarget: mergedInto && regionToMessage(mergedInto),
      ...(range && { startKey: range.startKey, endKey: range.endKey }),
      // A range without bounds is all keys, and looks like none: whether there is one is told beside it.
      extraCtx: range === undefined ? noBytes : rangeMark,
      extraMsg: extra && ExtraMessage.create({ type: extraTypes[extra] }),
      message: raftToMessage(message.message),
    }),
  )
}

/** @throws PeerMessageError for bytes that are no such message, or one that no peer sends */
export function decodePeerMessage(bytes: Uint8Array): PeerMessage {
  try {
    return peerMessageOf(RaftMessage.decode(bytes))
  } catch (cause) {
    if (cause instanceof PeerMessageError || !(cause instanceof Error)) throw cause
    throw new PeerMessageError(cause.message, { cause })
  }
}

function peerMessageOf(record: RaftMessage): PeerMessage {
  const {
    regionId,
    fromPeer,
    toPeer,
    regionEpoch,
    message,
    isTombstone,
    startKey,
    endKey,
    extraCtx,
    mergeTarget,
    extraMsg,
  } = record
  if (regionId === 0) throw new PeerMessageError('it names no region')
  if (fromPeer === undefined || toPeer === undefined) throw new PeerMessageError('it names no peers')
  if (message === undefined) throw new PeerMessageError('it says nothing')
  return {
    regionId,
    from: checkedPeer(peerFromMessage(fromPeer)),
    to: checkedPeer(peerFromMessage(toPeer)),
    epoch: { confVer: regionEpoch?.confVer ?? 0, version: regionEpoch?.version ?? 0 },
    range: extraCtx.length === 0 ? undefined : { startKey, endKey },
    isTombstone,
    ...(mergeTarget && { mergedInto: regionFromMessage(mergeTarget) }),
    ...(extraMsg && { extra: checkedExtra(extraMsg) }),
    message: raftFromMessage(message),
  }
}

function raftToMessage(message: Message): eraftpb.Message {
  const { type, to, from, term, logTerm, index, entries, commit, snapshot, reject, rejectHint, context } = message
  const msgType = numberOf[type as PeerMessageType]
  if (msgType === undefined) throw new PeerMessageError(`messages of type ${type} stay in their store`)
  return eraftpb.Message.create({
    msgType,
    to,
    from,
    term,
    logTerm,
    index,
    entries: entries.map(entryToMessage),
    commit,
    snapshot: snapshot && snapshotToMessage(snapshot),
    reject,
    rejectHint,
    context,
  })
}

function raftFromMessage(message: eraftpb.Message): Message {
  const { msgType, to, from, term, logTerm, index, entries, commit, snapshot, reject, rejectHint, context } = message
  const type = typeOf.get(msgType)
  if (type === undefined) throw new PeerMessageError(`it has the type ${msgType}`)
  if ((type === 'snapshot') !== (snapshot !== undefined))
    throw new PeerMessageError(
      type === 'snapshot' ? 'a snapshot without one' : `a snapshot in a message of type ${type}`,
    )
  return newMessage(type, to, from, term, {
    logTerm,
    index,
    entries: entries.map(entryFromMessage),
    commit,
    snapshot: snapshot && snapshotFromMessage(snapshot),
    reject,
    rejectHint,
    context,
  })
}

function snapshotToMessage({ index, term, confState, data }: Snapshot): eraftpb.Snapshot {
  return eraftpb.Snapshot.create({
    data,
    metadata: eraftpb.SnapshotMetadata.create({
      index,
      term,
      confState: eraftpb.ConfState.create({
        voters: [...confState.voters],
        learners: [...confState.learners],
        votersOutgoing: [...confState.votersOutgoing],
        learnersNext: [...confState.learnersNext],
        autoLeave: confState.autoLeave,
      }),
    }),
  })
}

function snapshotFromMessage({ data, metadata }: eraftpb.Snapshot): Snapshot {
  const confState = metadata?.confState
  if (metadata === undefined || confState === undefined) throw new PeerMessageError('a snapshot without its place')
  const { voters, learners, votersOutgoing, learnersNext, autoLeave } = confState
  const { index, term } = metadata
  return { index, term, confState: { voters, learners, votersOutgoing, learnersNext, autoLeave }, data }
}

function checkedExtra({ type }: ExtraMessage): PeerExtra {
  const extra = extraOf.get(type)
  if (extra === undefined) throw new PeerMessageError(`its extra has the type ${type}`)
  return extra
}

function checkedPeer(peer: Peer): Peer {
  if (peer.id === 0 || peer.storeId === 0) throw new PeerMessageError('a peer has no id')
  return peer
}

const noBytes = new Uint8Array(0)
/** Our own: TiKV sends a range with every first message of a peer, and an initialized region is never without an epoch there. */
const rangeMark = Uint8Array.of(1)
