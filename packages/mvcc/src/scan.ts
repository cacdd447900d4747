import type { EngineReader } from '@stratakv/core'
import { BackwardScanner } from './backward-scanner.ts'
import { ForwardScanner } from './forward-scanner.ts'
import type { Scanner, ScanOptions } from './scanner.ts'

/** Opens a scan over `source`, which must outlive it. Close it, always. Nothing is read before the first `next` or `scan`. */
export function openScanner(source: EngineReader, options: ScanOptions): Scanner {
  return options.order === 'ascending' ? new ForwardScanner(source, options) : new BackwardScanner(source, options)
}
