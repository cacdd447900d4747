/**
 * Why bytes are no log batch. What follows from that, such as cutting a file there, is for the reader to decide.
 *
 * `short`: cut off before its end. `length`: no batch has that length. `compression`: of a type we do not know.
 * `footer-offset`: outside of the batch. `checksum`: the items' or the entries' checksum differs; behind what a recycled file
 * holds, that is what its old batches look like. The rest passed the checksum and is malformed all the same: `varint`: past 64
 * bits. `region`, `index`: an id, or an entry's index, past 2^53 - 1. `entry-end`: before the entry's begin, or behind the
 * entries. `item-type`, `command-type`, `key-operation`: unknown. `trailing`: bytes behind the last item. `lz4`: the entries do
 * not decompress to the length that stands before them.
 */
export type BatchFaultKind =
  | 'short'
  | 'length'
  | 'compression'
  | 'footer-offset'
  | 'checksum'
  | 'varint'
  | 'region'
  | 'index'
  | 'entry-end'
  | 'item-type'
  | 'command-type'
  | 'key-operation'
  | 'trailing'
  | 'lz4'

export interface BatchFault {
  readonly fault: BatchFaultKind
  /** Where it was seen, in bytes from the start of what was decoded: the batch, its footer, or its entries. */
  readonly offset: number
  /** For people. */
  readonly detail: string
}
