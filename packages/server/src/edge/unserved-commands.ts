import * as coprocessor from '@stratakv/proto/coprocessor'
import * as kvrpcpb from '@stratakv/proto/kvrpcpb'
import type { BatchedCommands } from './commands.ts'

/**
 * What TiKV 6.1 takes in BatchCommands and this version does not serve. An empty answer, right for a command nobody knows,
 * would look like success or leave the client waiting: these say what is missing, in the field where clients look for
 * failure. As unary calls they are not bound, and the status UNIMPLEMENTED says the same.
 */
export const unservedCommands: BatchedCommands = {
  pessimisticLock: {
    run: () =>
      kvrpcpb.PessimisticLockResponse.create({
        errors: [kvrpcpb.KeyError.create({ abort: unserved('KvPessimisticLock', 'begin an optimistic transaction') })],
      }),
  },
  gc: {
    run: () =>
      kvrpcpb.GCResponse.create({
        error: kvrpcpb.KeyError.create({ abort: unserved('KvGC', 'move the safe point at the placement driver') }),
      }),
  },
  coprocessor: {
    run: () => coprocessor.Response.create({ otherError: unserved('Coprocessor', 'read with KvScan') }),
  },
  rawCoprocessor: {
    run: () => kvrpcpb.RawCoprocessorResponse.create({ error: unserved('RawCoprocessor', 'read with RawScan') }),
  },
}

function unserved(command: string, instead: string): string {
  return `${command} is not served by this version: ${instead}`
}
