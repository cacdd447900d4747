import { ClientError } from '@stratakv/client'
import { StrataError } from '@stratakv/core'

/** Whether a write that failed may have been done all the same. @throws what a client must not throw */
export function mayBeDone(error: unknown): boolean {
  if (error instanceof ClientError) return error.isUndetermined
  // The placement driver could not be asked.
  if (error instanceof StrataError && error.code.startsWith('PD_')) return false
  throw error
}
