import type { MethodBinding } from '@stratakv/core'
import { keyspaceMethods } from '@stratakv/proto'
import { GetAllKeyspacesResponse, KeyspaceMeta, KeyspaceState, LoadKeyspaceResponse } from '@stratakv/proto/keyspacepb'
import { ErrorType } from '@stratakv/proto/pdpb'
import type { Keyspace } from '../keyspaces.ts'
import type { EmbeddedPlacementDriver } from '../placement-driver.ts'
import { bindCall, HeaderError } from './pd-call.ts'

/** Clients of API V2 load their keyspace when they are made, and fail without it. */
export function keyspaceBindings(pd: EmbeddedPlacementDriver): MethodBinding[] {
  return [
    bindCall(pd, keyspaceMethods.loadKeyspace, LoadKeyspaceResponse, 'bootstrapped', ({ name }) => ({
      keyspace: keyspaceMessage(demand(pd.keyspaces.byName(name), name)),
    })),
    bindCall(pd, keyspaceMethods.loadKeyspaceByID, LoadKeyspaceResponse, 'bootstrapped', ({ keyspace }) => {
      const id = keyspace?.case === 'keyspaceIdentity' ? undefined : (keyspace?.value ?? 0)
      return { keyspace: keyspaceMessage(demand(id === undefined ? undefined : pd.keyspaces.byId(id), String(id))) }
    }),
    bindCall(pd, keyspaceMethods.getAllKeyspaces, GetAllKeyspacesResponse, 'bootstrapped', (request) => {
      const from = request.startKeyspace?.value ?? 0
      const found = pd.keyspaces.all().filter(({ id }) => typeof from !== 'number' || id >= from)
      const limited = request.limit > 0 ? found.slice(0, request.limit) : found
      return { keyspaces: limited.map(keyspaceMessage) }
    }),
  ]
}

const stateNumbers = {
  enabled: KeyspaceState.ENABLED,
  disabled: KeyspaceState.DISABLED,
  archived: KeyspaceState.ARCHIVED,
  tombstone: KeyspaceState.TOMBSTONE,
} as const

function keyspaceMessage(keyspace: Keyspace): KeyspaceMeta {
  return KeyspaceMeta.create({
    keyspace: { case: 'id', value: keyspace.id },
    name: keyspace.name,
    state: stateNumbers[keyspace.state],
    createdAt: keyspace.createdAt,
    stateChangedAt: keyspace.stateChangedAt,
  })
}

function demand(keyspace: Keyspace | undefined, asked: string): Keyspace {
  if (keyspace === undefined) throw new HeaderError(ErrorType.ENTRY_NOT_FOUND, `keyspace ${asked} does not exist`)
  return keyspace
}
