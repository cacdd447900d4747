import { type MethodBinding, RpcStatusError, rpcStatus, type StoreId, streaming } from '@stratakv/core'
import { operatorToMessage, pdMethods } from '@stratakv/proto'
import {
  ErrorType,
  type RegionHeartbeatRequest,
  RegionHeartbeatResponse,
  type ReportBucketsRequest,
} from '@stratakv/proto/pdpb'
import { InvalidRegionError, NotBootstrappedError, StaleRegionError } from '../errors.ts'
import type { EmbeddedPlacementDriver } from '../placement-driver.ts'
import type { OrderStream } from '../schedule/order-streams.ts'
import { regionReportFromMessage } from './messages.ts'
import { checkClusterId, checkForwarding, HeaderError, responseHeader, toStatusError } from './pd-call.ts'

/**
 * Region reports of one store, and what it is to do with its regions. The stream is the store's whose leader sent the first
 * report; of two for one store the newer hears, until it ends. As in PD there is no reply to a report that was taken.
 */
export function regionHeartbeatBinding(pd: EmbeddedPlacementDriver): MethodBinding {
  return streaming(pdMethods.regionHeartbeat, (stream) => {
    let ended = false
    // A caller that never reads (PD's own heartbeat bench) is not waited for: what it is told is dropped until it does.
    // Orders that still hold are given again.
    let full = false
    let orders: OrderStream | undefined
    const reply = (message: RegionHeartbeatResponse): boolean => {
      if (full || ended) return false
      full = !stream.write(message)
      return true
    }
    const refuse = (request: RegionHeartbeatRequest, error: HeaderError) => {
      reply(
        RegionHeartbeatResponse.create({
          header: responseHeader(pd, error),
          regionId: request.region?.id ?? 0,
          regionEpoch: request.region?.regionEpoch,
          targetPeer: request.leader,
        }),
      )
    }
    /** Before the report is taken: what it leads to is for this stream. */
    const listen = (storeId: StoreId) => {
      if (storeId === 0 || pd.storeRecord(storeId) === undefined) return
      if (orders !== undefined && (!orders.isReplaced || pd.scheduler.streams.listens(orders.storeId))) return
      orders = pd.scheduler.streams.open(orders?.storeId ?? storeId, (operator) =>
        reply({ ...operatorToMessage(operator), header: responseHeader(pd) }),
      )
    }
    const end = () => {
      ended = true
      orders?.close()
    }
    const receive = (request: RegionHeartbeatRequest) => {
      if (ended) return
      try {
        checkForwarding(pd, stream)
        checkClusterId(pd, request.header)
        listen(request.leader?.storeId ?? 0)
        pd.reportRegion(regionReportFromMessage(request))
      } catch (error) {
        if (error instanceof StaleRegionError || error instanceof InvalidRegionError) {
          refuse(request, new HeaderError(ErrorType.UNKNOWN, error.message))
          return
        }
        if (error instanceof NotBootstrappedError) {
          refuse(request, new HeaderError(ErrorType.NOT_BOOTSTRAPPED, error.message))
          end()
          stream.end()
        } else {
          end()
          stream.fail(toStatusError(error))
        }
      }
    }
    stream.onMessage(receive)
    stream.onDrain(() => {
      full = false
    })
    stream.onHalfClose(() => {
      const wasEnded = ended
      end()
      if (!wasEnded) stream.end()
    })
    stream.signal.addEventListener('abort', end)
  })
}

/** TiKV opens this stream at start, with buckets off too. */
export function reportBucketsBinding(pd: EmbeddedPlacementDriver): MethodBinding {
  return streaming(pdMethods.reportBuckets, (stream) => {
    let ended = false
    const receive = ({ header, buckets }: ReportBucketsRequest) => {
      if (ended) return
      try {
        checkForwarding(pd, stream)
        checkClusterId(pd, header)
        pd.checkBootstrapped()
        if (buckets === undefined) throw new RpcStatusError(rpcStatus.invalidArgument, 'no buckets were reported')
        pd.reportBuckets(buckets.regionId, { version: buckets.version, keys: buckets.keys })
      } catch (error) {
        ended = true
        stream.fail(toStatusError(error))
      }
    }
    stream.onMessage(receive)
    stream.onHalfClose(() => {
      if (ended) return
      ended = true
      stream.write({ header: responseHeader(pd) })
      stream.end()
    })
    stream.signal.addEventListener('abort', () => {
      ended = true
    })
  })
}
