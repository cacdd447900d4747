import { physicalMs } from '@stratakv/core'
import type { GcEvent } from '@stratakv/storage'
import type { Logger } from '../log/logger.ts'

/** Says in the log what the worker that drops old versions does. */
export function logGcEvent(logger: Logger, event: GcEvent): void {
  if (event.type === 'safe-point-unknown') {
    logger.warn('the safe point could not be had', { error: String(event.error) })
    return
  }
  const { safePoint } = event
  const time = new Date(physicalMs(safePoint)).toISOString()
  if (event.type === 'begun') {
    logger.debug('dropping old versions', { safePoint, time })
  } else if (event.type === 'finished') {
    logger.info('dropped old versions', {
      safePoint,
      time,
      count: event.deletedCount,
      tookMs: Math.round(event.tookMs),
    })
  } else {
    logger.warn('dropping old versions was interrupted', { safePoint, time, error: String(event.error) })
  }
}
