import { ClosedError, type MaybePromise, type MethodDefinition, type Rpc, type RpcStatusError } from '@stratakv/core'
import type { BatchCommandsRequest_Request_Cmd } from '@stratakv/proto/tikvpb'
import { ClientError } from './errors.ts'

/** A command of tikvpb.Tikv as a transport sees it. */
export interface TransportCommand<Req, Res> {
  readonly method: MethodDefinition<Req, Res>
  /** Its name in BatchCommands; absent: it travels as a call of its own. */
  readonly batchName?: BatchCommandsRequest_Request_Cmd['case']
  /** How long one try may take. */
  readonly timeoutMs: number
}

/** One try of a command at a store. Fails with RpcStatusError (it may have been executed), NotSentError, or ClosedError once closed. */
export interface CommandTransport {
  send<Req, Res>(
    address: string,
    command: TransportCommand<Req, Res>,
    request: Req,
    signal: AbortSignal | undefined,
  ): MaybePromise<Res>
  readonly isClosed: boolean
  /** What still waits for an answer fails. The Rpc below stays open: it is its owner's. */
  close(): void
}

/** A call for each command: where a call costs next to nothing. */
export function directTransport(rpc: Rpc): CommandTransport {
  let isClosed = false
  return {
    get isClosed() {
      return isClosed
    },
    send: (address, { method, timeoutMs }, request, signal) => {
      if (isClosed) throw new ClosedError('client')
      return rpc.unary(address, method, request, signal === undefined ? { timeoutMs } : { timeoutMs, signal })
    },
    close() {
      isClosed = true
    },
  }
}

/** The command had not left when it ended: no store has seen it. */
export class NotSentError extends ClientError {
  readonly code = 'CLIENT_NOT_SENT'

  constructor(cause: RpcStatusError) {
    super(`not sent: ${cause.message}`, { cause })
  }
}
