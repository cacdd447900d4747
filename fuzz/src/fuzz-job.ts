import { Worker } from 'node:worker_threads'
import type { Clock } from '@stratakv/core'
import type { FuzzReport } from '@stratakv/testkit'

export interface WorkerTask {
  readonly targetName: string
  readonly seed: number
  readonly runCount: number
  /** Two 32-bit words (inputs so far, length of the current one), then the current input. */
  readonly shared: SharedArrayBuffer
}

export type WorkerAnswer =
  | { readonly kind: 'done'; readonly report: FuzzReport }
  | { readonly kind: 'finding'; readonly input: Uint8Array; readonly message: string; readonly stack: string }

/** The longest input that can be shown after a hang. */
const inputBytesMax = 64 * 1024
/** No decoder works on a few kilobytes for so long, on however busy a machine. */
const hangMs = 20_000
/** The heap of a worker: decoders of small inputs need a hundredth of it. */
const heapMegabytesMax = 512

/** Runs one target in a thread of its own, which is ended when it hangs or runs out of memory. Never rejects. */
export function runTarget(
  clock: Clock,
  task: Omit<WorkerTask, 'shared'>,
  onProgress: (doneCount: number) => void,
): Promise<WorkerAnswer> {
  const shared = new SharedArrayBuffer(8 + inputBytesMax)
  const header = new Int32Array(shared, 0, 2)
  const current = () => new Uint8Array(shared, 8).slice(0, Math.min(header[1]!, inputBytesMax))
  return new Promise((resolve) => {
    const worker = new Worker(new URL('./fuzz-worker.js', import.meta.url), {
      workerData: { ...task, shared },
      resourceLimits: { maxOldGenerationSizeMb: heapMegabytesMax },
    })
    let seen = -1
    const settle = (answer: WorkerAnswer) => {
      timer.cancel()
      void worker.terminate()
      resolve(answer)
    }
    const watch = () => {
      const doneCount = Atomics.load(header, 0) >>> 0
      // Starting, which makes the seeds, is not held against it.
      if (doneCount !== 0 && doneCount === seen) {
        settle({ kind: 'finding', input: current(), message: `no end after ${hangMs} ms`, stack: '' })
        return
      }
      seen = doneCount
      onProgress(doneCount)
      timer = clock.after(hangMs, watch)
    }
    let timer = clock.after(hangMs, watch)
    worker.once('message', settle)
    worker.once('error', (error) =>
      settle({ kind: 'finding', input: current(), message: String(error), stack: String(error.stack) }),
    )
  })
}
