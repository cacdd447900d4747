import { below, type Random } from '@stratakv/core'
import type { Data } from './data.ts'
import type { LogModel } from './log-model.ts'
import type { OpenOptions, Script, ScriptChange, Step } from './script.ts'

export interface RandomScriptOptions {
  readonly random: Random
  /** What earlier scripts left; moves on with this one. */
  readonly model: LogModel
  readonly writeCount: number
  readonly open: OpenOptions
  /** Steps that come up between writes, each once in so many. */
  readonly between?: readonly { readonly step: Step; readonly every: number }[]
  /** Appends replace the end of a log now and then, as when a leader changed. */
  readonly replacesTails: boolean
  /**
   * A compaction takes a whole log now and then, after which it goes on further ahead, as behind a snapshot. Never so where
   * queues are copied: a Compact that went with its file can leave a hole there, over which the crate panics.
   */
  readonly emptiesLogs: boolean
  /** Largest data of an entry, in bytes. */
  readonly dataBytesMax: number
}

/** Numbers whose varints have different lengths, up to the largest that a `number` holds exactly. */
const regions = [1, 2, 3, 127, 128, 300, 2 ** 31 + 7, 2 ** 53 - 1]
const keys = ['R', 'S', 'state', 'x'.repeat(200)].map((key) => new TextEncoder().encode(key))

/** Opens, then writes what a caller may write, and nothing that the seam forbids: no hole, nothing below the first index. */
export function randomScript(options: RandomScriptOptions): Script {
  const { random, model } = options
  const steps: Step[] = [{ type: 'open', options: options.open }]
  for (let write = 1; write <= options.writeCount; write++) {
    const changes: ScriptChange[] = []
    for (let left = 1 + below(random, 4); left > 0; left--) {
      const change = randomChange(options, model)
      model.apply(change)
      changes.push(change)
    }
    steps.push({ type: 'write', changes, sync: below(random, 3) === 0 })
    for (const { step, every } of options.between ?? []) if (write % every === 0) steps.push(step)
  }
  return steps
}

function randomChange(
  { random, dataBytesMax, replacesTails, emptiesLogs }: RandomScriptOptions,
  model: LogModel,
): ScriptChange {
  const region = regions[below(random, regions.length)]!
  const [first, next] = [model.firstIndex(region), model.nextIndex(region)]
  const dice = below(random, 100)
  const key = keys[below(random, keys.length)]!
  if (dice < 20) return { type: 'put', region, key, value: new Uint8Array(below(random, 40)).fill(below(random, 256)) }
  if (dice < 25) return { type: 'delete', region, key }
  if (dice < 26) return { type: 'clean', region }
  if (dice < 36 && first !== undefined && next !== undefined) {
    const index = emptiesLogs && below(random, 12) === 0 ? next : first + below(random, next - first)
    return { type: 'compact', region, index }
  }
  const replaces = replacesTails && first !== undefined && next !== undefined && below(random, 8) === 0
  const overlap = replaces ? below(random, next - first) : 0
  // A snapshot only leads forward; back below what was compacted, 0.2.0 writes but cannot recover (it panics).
  const firstIndex = next === undefined ? model.floorIndex(region) + 1 + below(random, 1_000) : next - overlap
  const entries = Array.from({ length: 1 + below(random, 6) }, () => randomData(random, dataBytesMax))
  return { type: 'append', region, firstIndex, term: 1 + below(random, 300), entries }
}

function randomData(random: Random, bytesMax: number): Data {
  // Mostly small: the large ones are there for block sizes and thresholds.
  const length = below(random, 10) === 0 ? below(random, bytesMax) : below(random, Math.min(bytesMax, 300))
  if (length < 4) return { kind: 'bytes', bytes: new Uint8Array(length).fill(length) }
  return { kind: below(random, 2) === 0 ? 'json' : 'incompressible', seed: random.uint32(), length }
}
