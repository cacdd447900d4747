/**
 * @packageDocumentation
 * TiKV's and PD's wire messages as plain objects, and the services as tables of method definitions. The messages themselves are
 * reached by package: `@stratakv/proto/kvrpcpb`, `/pdpb`, `/metapb`, `/errorpb`, `/tikvpb`, `/raft-serverpb` and so on.
 * @example
 * import { GetRequest } from '@stratakv/proto/kvrpcpb'
 * const bytes = GetRequest.encode(GetRequest.create({ key, version: 5n }))
 */
export { type DecodeFault, nestingMax, ProtoDecodeError, ProtoEncodeError, UnknownPeerRoleError } from './errors.ts'
export {
  deadlockMethods,
  etcdClusterMethods,
  etcdKvMethods,
  etcdLeaseMethods,
  etcdMaintenanceMethods,
  etcdWatchMethods,
  healthMethods,
  keyspaceMethods,
  metaStorageMethods,
  namespaceMethods,
  pdMethods,
  tikvMethods,
  versionedKvMethods,
} from './gen/methods.ts'
export type { MessageDefinition } from './message-definition.ts'
export { operatorFromMessage, operatorToMessage } from './operator-message.ts'
export { peerFromMessage, peerToMessage, regionFromMessage, regionToMessage } from './region-message.ts'
export { storeFromMessage, storeToMessage } from './store-message.ts'
export { type UndefinedMethod, undefinedMethods } from './undefined-methods.ts'
