import type { ConfChange, ConfChangeCodec, ConfChangeSingle, ConfChangeType } from '@stratakv/raft'
import { ScenarioCommandError } from './arguments.ts'

const empty: ConfChange = { transition: 'auto', changes: [], context: new Uint8Array(0) }

/** Changes in entries of the scenarios: nobody else reads them. */
export const scenarioConfChanges: ConfChangeCodec = {
  encode({ transition, changes, context }: ConfChange): Uint8Array {
    return new TextEncoder().encode(JSON.stringify({ transition, changes, context: [...context] }))
  },
  decode(_type, data): ConfChange {
    if (data.length === 0) return empty
    const { transition, changes, context } = JSON.parse(new TextDecoder().decode(data)) as {
      transition: ConfChange['transition']
      changes: ConfChangeSingle[]
      context: number[]
    }
    return { transition, changes, context: Uint8Array.from(context) }
  },
}

const types: Readonly<Record<string, ConfChangeType>> = {
  v: 'add-node',
  l: 'add-learner-node',
  r: 'remove-node',
  u: 'update-node',
}

/** `v1 l2 r3`, over several lines or none. */
export function parseChanges(text: string): ConfChangeSingle[] {
  return text
    .split(/\s+/)
    .filter((token) => token !== '')
    .map((token) => {
      const type = types[token[0]!]
      if (type === undefined || !/^.\d+$/.test(token)) throw new ScenarioCommandError(`no change: ${token}`)
      return { type, nodeId: Number(token.slice(1)) }
    })
}
