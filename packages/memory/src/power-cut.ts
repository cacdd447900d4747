import { below, type Random } from '@stratakv/core'

/** What became of a change that was not synced. Only bytes can be torn. */
export type Fate = 'kept' | 'lost' | 'torn'

/**
 * Decides over `count` unsynced changes, in the order in which they were made. A fair coin for each would hardly ever
 * show the plain cases, so first a coin says which kind of cut this is: nothing arrived, everything did, they
 * arrived in order up to one that is torn, or each fared on its own.
 */
export function fates(count: number, random: Random): Fate[] {
  if (count === 0) return []
  switch (below(random, 4)) {
    case 0:
      return new Array<Fate>(count).fill('lost')
    case 1:
      return new Array<Fate>(count).fill('kept')
    case 2: {
      const keptCount = below(random, count + 1)
      return Array.from({ length: count }, (_, index) =>
        index < keptCount ? 'kept' : index === keptCount ? 'torn' : 'lost',
      )
    }
    default:
      return Array.from({ length: count }, () => (['kept', 'lost', 'torn'] as const)[below(random, 3)]!)
  }
}
