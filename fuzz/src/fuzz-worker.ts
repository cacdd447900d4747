import { parentPort, workerData } from 'node:worker_threads'
import { FuzzFindingError, fuzz, tryInput } from '@stratakv/testkit'
import { installAllocationGuard } from './allocation-guard.ts'
import type { WorkerAnswer, WorkerTask } from './fuzz-job.ts'
import { targets } from './targets.ts'

const { targetName, seed, runCount, shared } = workerData as WorkerTask
const header = new Int32Array(shared, 0, 2)
const current = new Uint8Array(shared, header.byteLength)
const target = targets.find(({ name }) => name === targetName)!
const guard = installAllocationGuard()
// Most inputs are refused, and a stack nobody reads is half the cost of a refusal. A finding is run again with one.
const stackFrameCount = Error.stackTraceLimit
Error.stackTraceLimit = 0

let answer: WorkerAnswer
try {
  const report = fuzz(target, {
    seed,
    runCount,
    onInput(input) {
      // For the watchdog: how far we are, and with which input. A copy of two kilobytes at most.
      Atomics.add(header, 0, 1)
      header[1] = input.length
      current.set(input.length > current.length ? input.subarray(0, current.length) : input)
      guard.expect(input.length)
    },
  })
  answer = { kind: 'done', report }
} catch (error) {
  guard.expect(Number.POSITIVE_INFINITY)
  Error.stackTraceLimit = stackFrameCount
  const input = error instanceof FuzzFindingError ? error.input : current.slice(0, header[1])
  answer = { kind: 'finding', input, message: String(error), stack: stackOf(input) }
}
parentPort!.postMessage(answer)

function stackOf(input: Uint8Array): string {
  try {
    tryInput(target, input)
    return 'it did not fail again by itself'
  } catch (error) {
    const { cause } = error as Error
    return cause instanceof Error ? String(cause.stack) : String(error)
  }
}
