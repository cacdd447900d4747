import { type Rpc, type RpcStatusError, rpcStatus, type SnapshotChunks, type SnapshotOutcome } from '@stratakv/core'
import type { ByteRate } from './byte-rate.ts'
import { type Introduction, introductionHeaders } from './introduction.ts'
import { endOfSnapshot, snapshotMethod } from './raw-messages.ts'

export interface SnapshotToSend {
  readonly address: string
  readonly introduction: Introduction
  readonly header: Uint8Array
  readonly content: SnapshotChunks
  /** Aborted when this side closes. */
  readonly signal: AbortSignal
}

/** One snapshot over one call, as fast as the other side takes it and `rate` allows. Resolves when the other has said that it has it whole, or with what went wrong. */
export function sendSnapshot(rpc: Rpc, rate: ByteRate, snapshot: SnapshotToSend): Promise<SnapshotOutcome> {
  const { address, introduction, header, content, signal } = snapshot
  return new Promise((resolve) => {
    const stream = rpc.stream(address, snapshotMethod, { metadata: introductionHeaders(introduction) })
    let isOver = false
    let isAnswered = false
    let onRoom = (): void => {}
    const chunks = content.open()[Symbol.asyncIterator]()
    const finish = (outcome: SnapshotOutcome): void => {
      if (isOver) return
      isOver = true
      signal.removeEventListener('abort', abort)
      onRoom()
      if (outcome !== 'taken') stream.cancel()
      // Not waited for: a source that hangs must not hold up its host.
      chunks.return?.().catch(() => {})
      resolve(outcome)
    }
    const abort = (): void => finish('closed')
    signal.addEventListener('abort', abort)
    stream.onDrain(() => onRoom())
    stream.onMessage(() => {
      isAnswered = true
    })
    stream.onEnd((error) => finish(error === undefined && isAnswered ? 'taken' : outcomeOf(error)))

    const run = async (): Promise<void> => {
      let hasRoom = stream.write({ message: header })
      for (;;) {
        if (!hasRoom) {
          await new Promise<void>((ready) => {
            onRoom = ready
          })
        }
        if (isOver) return
        const next = await chunks.next()
        if (isOver || next.done === true) break
        await rate.take(next.value.length)
        if (isOver) return
        hasRoom = stream.write({ data: next.value })
      }
      stream.write(endOfSnapshot)
      stream.halfClose()
    }
    if (signal.aborted) abort()
    else run().catch(() => finish('source-failed'))
  })
}

function outcomeOf(error: RpcStatusError | undefined): SnapshotOutcome {
  if (error?.status === rpcStatus.resourceExhausted) return 'busy'
  return error?.status === rpcStatus.failedPrecondition || error?.status === rpcStatus.aborted
    ? 'refused'
    : 'unreachable'
}
