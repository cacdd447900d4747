import { snapshotIsolationAnomalies } from '@stratakv/testkit'
import { bankTotal, type SimulationResult } from './simulation.ts'

/** Everything that is wrong with a run, in words; empty: nothing. */
export function faultsOf({ history, bankTotals, staleStarts, locksLeft }: SimulationResult): string[] {
  const found = snapshotIsolationAnomalies(history).map(
    ({ type, key, txns, detail }) => `${type}${key === undefined ? '' : ` of ${key}`}, transactions ${txns}: ${detail}`,
  )
  for (const total of new Set(bankTotals)) {
    if (total !== bankTotal) found.push(`the accounts add up to ${total}, not to ${bankTotal}`)
  }
  if (locksLeft > 0) found.push(`${locksLeft} locks outlive their transactions`)
  return [...found, ...staleStarts]
}
