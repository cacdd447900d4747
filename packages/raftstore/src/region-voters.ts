import type { Region } from '@stratakv/core'

/** Whether one replica decides alone. */
export function hasOneVoter({ peers }: Region): boolean {
  return peers.filter(({ role }) => role !== 'learner').length === 1
}
