import { StrataError } from '@stratakv/core'

/** The address to listen on is in use. */
export class AddressInUseError extends StrataError {
  readonly code = 'GRPC_ADDRESS_IN_USE'
  /** `host:port`. */
  readonly address: string
  constructor(address: string, options?: ErrorOptions) {
    super(`${address} is in use by another process`, options)
    this.address = address
  }
}

/** The address to listen on cannot be had for another reason: not of this machine, not permitted, not an address. */
export class ListenError extends StrataError {
  readonly code = 'GRPC_LISTEN'
  /** `host:port`. */
  readonly address: string
  constructor(address: string, detail: string, options?: ErrorOptions) {
    super(`cannot listen on ${address}: ${detail}`, options)
    this.address = address
  }
}
