/** As go-kv names them. */
export type Operation = 'load' | 'raw-get' | 'raw-put' | 'raw-batch-get' | 'txn-load' | 'txn-two'

/** Keys of one batch-get. */
export const batchKeyCount = 100

const encoder = new TextEncoder()

/** The key that go-kv writes for a record. */
export function keyOf(index: number): Uint8Array {
  return encoder.encode(`bench${index.toString().padStart(11, '0')}`)
}
