import { type MethodBinding, RpcStatusError, rpcStatus, streaming } from '@stratakv/core'
import { pdMethods } from '@stratakv/proto'
import {
  ErrorType,
  type RegionHeartbeatRequest,
  RegionHeartbeatResponse,
  type ReportBucketsRequest,
} from '@stratakv/proto/pdpb'
import { InvalidRegionError, NotBootstrappedError, StaleRegionError } from '../errors.ts'
import type { EmbeddedPlacementDriver } from '../placement-driver.ts'
import { regionReportFromMessage } from './messages.ts'
import { checkClusterId, checkForwarding, HeaderError, responseHeader, toStatusError } from './pd-call.ts'

/**
 * Region reports of one store. Nothing is scheduled yet, so the only replies are refusals; as in PD there is no reply to
 * a report that was taken.
 */
export function regionHeartbeatBinding(pd: EmbeddedPlacementDriver): MethodBinding {
  return streaming(pdMethods.regionHeartbeat, (stream) => {
    let ended = false
    // A caller that never reads (PD's own heartbeat bench) is not waited for: refusals are dropped until it does.
    let full = false
    const refuse = (request: RegionHeartbeatRequest, error: HeaderError) => {
      if (full) return
      full = !stream.write(
        RegionHeartbeatResponse.create({
          header: responseHeader(pd, error),
          regionId: request.region?.id ?? 0,
          regionEpoch: request.region?.regionEpoch,
          targetPeer: request.leader,
        }),
      )
    }
    const receive = (request: RegionHeartbeatRequest) => {
      if (ended) return
      try {
        checkForwarding(pd, stream)
        checkClusterId(pd, request.header)
        pd.reportRegion(regionReportFromMessage(request))
      } catch (error) {
        if (error instanceof StaleRegionError || error instanceof InvalidRegionError) {
          refuse(request, new HeaderError(ErrorType.UNKNOWN, error.message))
          return
        }
        ended = true
        if (error instanceof NotBootstrappedError) {
          refuse(request, new HeaderError(ErrorType.NOT_BOOTSTRAPPED, error.message))
          stream.end()
        } else {
          stream.fail(toStatusError(error))
        }
      }
    }
    stream.onMessage(receive)
    stream.onDrain(() => {
      full = false
    })
    stream.onHalfClose(() => {
      if (!ended) stream.end()
      ended = true
    })
    stream.signal.addEventListener('abort', () => {
      ended = true
    })
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
