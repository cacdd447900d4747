import { StrataError } from '@stratakv/core'

/** The bytes of an entry are no command. */
export class CommandRecordError extends StrataError {
  readonly code = 'RAFTSTORE_COMMAND_RECORD'
  constructor(detail: string, options?: ErrorOptions) {
    super(`a command in the Raft log cannot be read: ${detail}`, options)
  }
}
