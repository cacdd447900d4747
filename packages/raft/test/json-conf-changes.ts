import type { ConfChange, ConfChangeCodec, ConfChangeSingle, ConfChangeTransition } from '@stratakv/raft'

const noBytes = new Uint8Array(0)

/** Changes of membership in the entries of tests. */
export const jsonConfChanges: ConfChangeCodec = {
  encode({ transition, changes }) {
    return new TextEncoder().encode(JSON.stringify({ transition, changes }))
  },
  decode(_type, data) {
    if (data.length === 0) return confChange('auto')
    const { transition, changes } = JSON.parse(new TextDecoder().decode(data)) as Omit<ConfChange, 'context'>
    return confChange(transition, ...changes)
  },
}

export function confChange(transition: ConfChangeTransition, ...changes: readonly ConfChangeSingle[]): ConfChange {
  return { transition, changes, context: noBytes }
}

/** As {@link jsonConfChanges} writes it. */
export function changeData(transition: ConfChangeTransition, ...changes: readonly ConfChangeSingle[]): Uint8Array {
  return jsonConfChanges.encode(confChange(transition, ...changes))
}
