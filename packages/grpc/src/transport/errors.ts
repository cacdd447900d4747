import { type StoreId, StrataError } from '@stratakv/core'

/** The store at the address is not one of ours. It would not understand our snapshots, nor we its: nothing was sent to it. */
export class NotStrataKvError extends StrataError {
  readonly code = 'GRPC_NOT_STRATAKV'
  readonly storeId: StoreId
  readonly address: string
  constructor(storeId: StoreId, address: string, options?: ErrorOptions) {
    super(
      `store ${storeId} at ${address} is not a StrataKV store, such as one of TiKV: regions cannot be replicated to it. Remove it from the cluster`,
      options,
    )
    this.storeId = storeId
    this.address = address
  }
}
