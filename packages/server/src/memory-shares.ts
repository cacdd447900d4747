import { MiB } from '@stratakv/core'
import type { UnreadRepliesOptions } from '@stratakv/grpc'
import { ConfigValueError } from './config/errors.ts'
import type { Config } from './config/keys.ts'
import { formatSize } from './config/quantities.ts'

/** How `memory-usage-limit` is divided. Each share has its own way of saying no. */
export interface MemoryShares {
  readonly limitBytes: number
  /** Lists that reads are putting together; over it reads get ServerIsBusy. */
  readonly listsBytesMax: number
  /** Replies that clients do not read; over it their calls are refused and their streams wait. Of each of the two ports. */
  readonly unreadReplies: UnreadRepliesOptions
  /** Keys and values of the memory engine; near it new data is refused as on a full disk. */
  readonly memoryEngineBytesMax: number
}

/** What the runtime, the code and the tables of a node take before it holds any data, rounded up from 75 MiB. */
const baseBytes = MiB(128)
/** Below this one list of 64 MiB could not be read while another is sent. */
const replyBytesMin = MiB(128)
const defaultFraction = 0.75

/**
 * Pure. What is not given away (half of what the fixed parts leave) is for requests being taken in and for what the garbage
 * collector has not collected.
 *
 * @param machineBytes memory of the machine, or of the container
 * @throws ConfigValueError when the fixed parts do not leave enough
 */
export function memoryShares(config: Config, machineBytes: number): MemoryShares {
  const given = config['memory-usage-limit']
  const isMemoryEngine = config['storage.engine'] === 'memory'
  const cacheBytes = isMemoryEngine ? 0 : config['storage.block-cache.capacity']
  const fixedBytes = baseBytes + cacheBytes + config['storage.scheduler-pending-write-threshold']
  const limitMinBytes = fixedBytes + 2 * replyBytesMin
  if (given !== 0 && given < limitMinBytes) {
    throw new ConfigValueError(
      'memory-usage-limit',
      formatSize(given),
      `at least ${formatSize(limitMinBytes)} with this storage.block-cache.capacity and storage.scheduler-pending-write-threshold (or make those smaller)`,
    )
  }
  // On a small machine the default gives way to what a node needs: a node that starts and is slow beats one that does not start.
  const limitBytes = given === 0 ? Math.max(limitMinBytes, Math.floor(machineBytes * defaultFraction)) : given
  const restBytes = limitBytes - fixedBytes
  const unreadBytesMax = Math.floor(restBytes / 8)
  return {
    limitBytes,
    listsBytesMax: Math.floor(restBytes / 4),
    unreadReplies: {
      totalBytesMax: unreadBytesMax,
      connectionBytesMax: Math.max(Math.floor(unreadBytesMax / 4), MiB(8)),
    },
    memoryEngineBytesMax: isMemoryEngine ? Math.floor(restBytes / 2) : 0,
  }
}
