import * as eraftpb from '@stratakv/proto/eraftpb'
import type { ConfChange, ConfChangeCodec, ConfChangeSingle, ConfChangeTransition } from '@stratakv/raft'
import { CommandRecordError } from './command-record-error.ts'

const transitions: readonly ConfChangeTransition[] = ['auto', 'implicit', 'explicit']
const types = ['add-node', 'remove-node', 'add-learner-node'] as const

/** eraftpb.ConfChange and ConfChangeV2. There is no update of a node among their types. */
export const eraftConfChanges: ConfChangeCodec = {
  encode({ transition, changes, context }: ConfChange): Uint8Array {
    return eraftpb.ConfChangeV2.encode(
      eraftpb.ConfChangeV2.create({
        transition: transitions.indexOf(transition) as eraftpb.ConfChangeTransition,
        changes: changes.map(({ type, nodeId }) => {
          const changeType = (types as readonly string[]).indexOf(type)
          if (changeType < 0) throw new CommandRecordError(`change of type ${type}`)
          return eraftpb.ConfChangeSingle.create({ changeType: changeType as eraftpb.ConfChangeType, nodeId })
        }),
        context,
      }),
    )
  },
  decode(type, data): ConfChange {
    if (type === 'conf-change') {
      const { changeType, nodeId, context } = decoded(eraftpb.ConfChange, data)
      return { transition: 'auto', changes: [singleOf(changeType, nodeId)], context }
    }
    const { transition: number, changes, context } = decoded(eraftpb.ConfChangeV2, data)
    const transition = transitions[number]
    if (transition === undefined) throw new CommandRecordError(`transition ${number}`)
    return { transition, changes: changes.map(({ changeType, nodeId }) => singleOf(changeType, nodeId)), context }
  },
}

function decoded<T>(definition: { decode(bytes: Uint8Array): T }, data: Uint8Array): T {
  try {
    return definition.decode(data)
  } catch (cause) {
    throw new CommandRecordError(`change of membership: ${(cause as Error).message}`, { cause })
  }
}

function singleOf(changeType: number, nodeId: number): ConfChangeSingle {
  const type = types[changeType]
  if (type === undefined) throw new CommandRecordError(`change of type ${changeType}`)
  return { type, nodeId }
}
