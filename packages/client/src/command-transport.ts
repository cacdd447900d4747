import type { MaybePromise, MethodDefinition, Rpc, RpcCallOptions } from '@stratakv/core'
import type { BatchCommandsRequest_Request_Cmd } from '@stratakv/proto/tikvpb'

/** A command of tikvpb.Tikv as a transport sees it. */
export interface TransportCommand<Req, Res> {
  readonly method: MethodDefinition<Req, Res>
  /** Its name in BatchCommands; absent: it travels as a call of its own. */
  readonly batchName?: BatchCommandsRequest_Request_Cmd['case']
  /** How long one try may take. */
  readonly timeoutMs: number
}

/** One try of a command at a store. Fails with RpcStatusError, or with ClosedError once closed. */
export interface CommandTransport {
  send<Req, Res>(
    address: string,
    command: TransportCommand<Req, Res>,
    request: Req,
    signal: AbortSignal | undefined,
  ): MaybePromise<Res>
  /** What still waits for an answer fails. The Rpc below stays open: it is its owner's. */
  close(): void
}

/** A call for each command: where a call costs next to nothing. */
export function directTransport(rpc: Rpc): CommandTransport {
  return {
    send: (address, command, request, signal) => {
      const options: RpcCallOptions =
        signal === undefined ? { timeoutMs: command.timeoutMs } : { timeoutMs: command.timeoutMs, signal }
      return rpc.unary(address, command.method, request, options)
    },
    close() {},
  }
}
