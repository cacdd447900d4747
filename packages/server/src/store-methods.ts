import type { MethodBinding } from '@stratakv/core'
import type { ReportUnexpected } from '@stratakv/grpc'
import type { ComposedNode } from './compose-node.ts'
import { tikvService } from './edge/tikv-service.ts'

/**
 * What clients call on a store, tikvpb.Tikv, for whoever brings the calls by a way of their own: `serveNode` binds the same to sockets.
 * What the node cannot explain goes to `onUnexpectedError`, with the path of the call.
 *
 * @example
 * servers.serve('store-1:20160', storeMethods(node, (path, error) => console.error(path, error)))
 */
export function storeMethods(node: ComposedNode, onUnexpectedError: ReportUnexpected): readonly MethodBinding[] {
  return tikvService({ node, faultyCalls: undefined, onUnexpectedError })
}
