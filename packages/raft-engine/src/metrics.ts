import type { Counter, Gauge, Histogram, Telemetry } from '@stratakv/core'
import type { LogQueue } from './format/file-name.ts'

const sizeBuckets = Array.from({ length: 22 }, (_, power) => 256 * 2 ** power)

/** TiKV's metrics of its Raft Engine, by TiKV's names. Durations come in milliseconds and leave in seconds. */
export class RaftEngineMetrics {
  readonly #write: Histogram
  readonly #preprocess: Histogram
  readonly #leader: Histogram
  readonly #apply: Histogram
  readonly #writeSize: Histogram
  readonly #compressionRatio: Histogram
  readonly #allocate: Histogram
  readonly #sync: Histogram
  readonly #rotate: Histogram
  readonly #readEntry: Histogram
  readonly #readEntryCount: Histogram
  readonly #readMessage: Histogram
  readonly #purge: Histogram
  readonly #rewriteAppend: Histogram
  readonly #rewriteRewrite: Histogram
  readonly #backgroundBytes: Counter
  readonly #fileCount: Gauge
  readonly #recycledCount: Gauge
  readonly #entryCount: Gauge
  readonly #memory: Gauge

  constructor(telemetry: Telemetry) {
    const histogram = (name: string, help: string) => telemetry.histogram({ name: `raft_engine_${name}`, help })
    this.#write = histogram('write_duration_seconds', 'From the call of a write to its end')
    this.#preprocess = histogram(
      'write_preprocess_duration_seconds',
      'From the call of a write until its group is written',
    )
    this.#leader = histogram('write_leader_duration_seconds', 'Writing a group, its sync included')
    this.#apply = histogram('write_apply_duration_seconds', 'Bringing a group into memory')
    this.#writeSize = telemetry.histogram({
      name: 'raft_engine_write_size',
      help: 'Bytes of a write',
      buckets: sizeBuckets,
    })
    this.#compressionRatio = telemetry.histogram({
      name: 'raft_engine_write_compression_ratio',
      help: 'Stored bytes of a compressed block of entries to its own',
      buckets: Array.from({ length: 20 }, (_, step) => (step + 1) / 20),
    })
    this.#allocate = histogram('allocate_log_duration_seconds', 'Reserving blocks')
    this.#sync = histogram('sync_log_duration_seconds', 'Syncing the log')
    this.#rotate = histogram('rotate_log_duration_seconds', 'Ending a file and beginning the next')
    this.#readEntry = histogram('read_entry_duration_seconds', 'Reading entries')
    this.#readEntryCount = telemetry.histogram({
      name: 'raft_engine_read_entry_count',
      help: 'Entries of a read',
      buckets: Array.from({ length: 20 }, (_, power) => 2 ** power),
    })
    this.#readMessage = histogram('read_message_duration_seconds', 'Reading a value')
    this.#purge = histogram('purge_duration_seconds', 'Purging')
    this.#rewriteAppend = histogram('rewrite_append_duration_seconds', 'Copying out of the append queue')
    this.#rewriteRewrite = histogram('rewrite_rewrite_duration_seconds', 'Copying the rewrite queue')
    this.#backgroundBytes = telemetry.counter({
      name: 'raft_engine_background_rewrite_bytes',
      help: 'Bytes that purging wrote, by the queue they came from',
      labels: ['type'],
    })
    const gauge = (name: string, help: string) =>
      telemetry.gauge({ name: `raft_engine_${name}`, help, labels: ['type'] })
    this.#fileCount = gauge('log_file_count', 'Files of a queue')
    this.#recycledCount = gauge('recycled_file_count', 'Files that wait to be used again')
    this.#entryCount = gauge('log_entry_count', 'Live entries and values of a queue')
    this.#memory = telemetry.gauge({ name: 'raft_engine_memory_usage', help: 'Bytes of the index and the values' })
  }

  writeDone(durationMs: number, writtenBytes: number): void {
    this.#write.observe(durationMs / 1000)
    this.#writeSize.observe(writtenBytes)
  }

  groupStarted(waitedMs: number): void {
    this.#preprocess.observe(waitedMs / 1000)
  }

  groupWritten(durationMs: number): void {
    this.#leader.observe(durationMs / 1000)
  }

  groupApplied(durationMs: number): void {
    this.#apply.observe(durationMs / 1000)
  }

  compressed(ratio: number): void {
    this.#compressionRatio.observe(ratio)
  }

  allocated(durationMs: number): void {
    this.#allocate.observe(durationMs / 1000)
  }

  synced(durationMs: number): void {
    this.#sync.observe(durationMs / 1000)
  }

  rotated(durationMs: number): void {
    this.#rotate.observe(durationMs / 1000)
  }

  entriesRead(durationMs: number, entryCount: number): void {
    this.#readEntry.observe(durationMs / 1000)
    this.#readEntryCount.observe(entryCount)
  }

  valueRead(durationMs: number): void {
    this.#readMessage.observe(durationMs / 1000)
  }

  purged(durationMs: number): void {
    this.#purge.observe(durationMs / 1000)
  }

  /** Bytes copied out of `queue`. */
  rewritten(queue: LogQueue, durationMs: number, writtenBytes: number): void {
    ;(queue === 'append' ? this.#rewriteAppend : this.#rewriteRewrite).observe(durationMs / 1000)
    this.#backgroundBytes.add(writtenBytes, queue)
  }

  fileCount(queue: LogQueue, count: number): void {
    this.#fileCount.set(count, queue)
  }

  recycledCount(count: number): void {
    this.#recycledCount.set(count, 'append')
  }

  entryCount(queue: LogQueue, count: number): void {
    this.#entryCount.set(count, queue)
  }

  memoryUsage(bytes: number): void {
    this.#memory.set(bytes)
  }
}
