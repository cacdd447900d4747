import { RpcStatusError, type RpcStream, rpcStatus, SnapshotCutError, type StoreId } from '@stratakv/core'
import type { RawSnapshotChunk } from './raw-messages.ts'

/** What came of a stream that is not taken yet, before it is told to hold back. */
const bufferedCountMax = 4

export interface IncomingSnapshot {
  readonly header: Promise<Uint8Array>
  readonly chunks: AsyncIterable<Uint8Array>
  /** The rest will not come. */
  cut(): void
}

/** A stream of chunks as an iterable that pushes back, and that never just ends before its end. */
export function incomingSnapshot(stream: RpcStream<RawSnapshotChunk, Uint8Array>, from: StoreId): IncomingSnapshot {
  const buffer: Uint8Array[] = []
  let end: 'none' | 'whole' | 'cut' = 'none'
  let wake = (): void => {}
  let takeHeader: (header: Uint8Array) => void
  let refuseHeader: (error: Error) => void
  const header = new Promise<Uint8Array>((resolve, reject) => {
    takeHeader = resolve
    refuseHeader = reject
  })
  header.catch(() => {})
  let hasHeader = false
  const finish = (how: 'whole' | 'cut'): void => {
    if (end !== 'none') return
    end = hasHeader ? how : 'cut'
    if (!hasHeader) refuseHeader(new SnapshotCutError(from))
    wake()
  }
  stream.onMessage(({ message, data }) => {
    if (message !== undefined) {
      if (hasHeader) {
        stream.fail(new RpcStatusError(rpcStatus.aborted, 'a snapshot has one header, and it comes first'))
        finish('cut')
        return
      }
      hasHeader = true
      takeHeader(message)
    }
    if (data !== undefined) buffer.push(data)
    if (message === undefined && data === undefined) finish('whole')
    if (buffer.length >= bufferedCountMax) stream.pause()
    wake()
  })
  stream.onHalfClose(() => finish('cut'))
  stream.signal.addEventListener('abort', () => finish('cut'))

  async function* chunks(): AsyncGenerator<Uint8Array> {
    for (;;) {
      const next = buffer.shift()
      if (next !== undefined) {
        if (buffer.length < bufferedCountMax) stream.resume()
        yield next
      } else if (end === 'whole') return
      else if (end === 'cut') throw new SnapshotCutError(from)
      else {
        await new Promise<void>((ready) => {
          wake = ready
        })
      }
    }
  }
  return { header, chunks: chunks(), cut: () => finish('cut') }
}
