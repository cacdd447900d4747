import type { MaybePromise } from '@stratakv/core'
import type { BatchCommandsRequest_Request_Cmd } from '@stratakv/proto/tikvpb'

/** One command of BatchCommands. The request type is that of its name in the oneof. */
export interface BatchedCommand {
  run(request: never): MaybePromise<unknown>
}

/** The commands that travel in BatchCommands, by their name there. */
export type BatchedCommands = { readonly [Name in BatchCommandsRequest_Request_Cmd['case']]?: BatchedCommand }
