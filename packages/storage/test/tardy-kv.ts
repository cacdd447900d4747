import { below, type Kv, type KvSnapshot, type MaybePromise } from '@stratakv/core'
import type { SeededRandom } from '@stratakv/testkit'

/** The same Kv, but every answer comes some promise turns later: sometimes none, so that synchronous and late steps mix. */
export function tardy(kv: Kv, random: SeededRandom): Kv {
  const late = async <T>(answer: () => MaybePromise<T>, turns: number): Promise<T> => {
    for (let turn = 0; turn < turns; turn++) await Promise.resolve()
    return answer()
  }
  return {
    snapshot: (context): MaybePromise<KvSnapshot> => {
      const turns = below(random, 4)
      return turns === 0 ? kv.snapshot(context) : late(() => kv.snapshot(context), turns)
    },
    write: (context, changes, onStage) => {
      const turns = below(random, 6)
      const before = below(random, 2) === 0
      if (before) return late(() => kv.write(context, changes, onStage), turns)
      return kv.write(context, changes, onStage).then(() => late(() => {}, turns))
    },
  }
}
