import { compareBytes, type MethodBinding, streaming } from '@stratakv/core'
import { pdMethods } from '@stratakv/proto'
import { Peer, type Region as RegionMessage } from '@stratakv/proto/metapb'
import {
  BatchScanRegionsResponse,
  ErrorType,
  GetRegionResponse,
  type KeyRange,
  type QueryRegionRequest,
  QueryRegionResponse,
  type RegionResponse,
  ScanRegionsResponse,
} from '@stratakv/proto/pdpb'
import { NotBootstrappedError } from '../errors.ts'
import type { EmbeddedPlacementDriver } from '../placement-driver.ts'
import type { RegionState } from '../region-cache.ts'
import { regionFields } from './messages.ts'
import {
  bindCall,
  checkClusterId,
  checkForwarding,
  HeaderError,
  responseHeader,
  toHeaderError,
  toStatusError,
} from './pd-call.ts'

/** How clients find regions. */
export function regionBindings(pd: EmbeddedPlacementDriver): MethodBinding[] {
  const { regions } = pd
  const answer = (state: RegionState | undefined, needBuckets: boolean) =>
    state === undefined ? {} : regionFields(state, needBuckets)
  return [
    bindCall(pd, pdMethods.getRegion, GetRegionResponse, 'bootstrapped', ({ regionKey, needBuckets }) =>
      answer(regions.byKey(regionKey), needBuckets),
    ),
    bindCall(pd, pdMethods.getPrevRegion, GetRegionResponse, 'bootstrapped', ({ regionKey, needBuckets }) =>
      answer(regions.previousByKey(regionKey), needBuckets),
    ),
    bindCall(pd, pdMethods.getRegionByID, GetRegionResponse, 'bootstrapped', ({ regionId, needBuckets }) =>
      answer(regions.byId(regionId), needBuckets),
    ),
    bindCall(pd, pdMethods.scanRegions, ScanRegionsResponse, 'bootstrapped', ({ startKey, endKey, limit }) => {
      const found = regions.scan(startKey, endKey, Math.max(0, limit)).map((state) => regionFields(state, false))
      return {
        // Old clients read the two parallel arrays; an unknown leader is an empty peer, to keep them parallel.
        regionMetas: found.map(({ region }) => region as RegionMessage),
        leaders: found.map(({ leader }) => leader ?? Peer.create()),
        regions: found,
      }
    }),
    bindCall(pd, pdMethods.batchScanRegions, BatchScanRegionsResponse, 'bootstrapped', (request) => {
      const found = scanRanges(pd, request.ranges, Math.max(0, request.limit), request.containAllKeyRange)
      return { regions: found.map((state) => regionFields(state, request.needBuckets)) }
    }),
    queryRegionBinding(pd),
  ]
}

/** Regions of all ranges, each once, in the order of the ranges. @throws HeaderError when `containAll` and there is a hole */
function scanRanges(
  pd: EmbeddedPlacementDriver,
  ranges: readonly KeyRange[],
  limitCount: number,
  containAll: boolean,
): RegionState[] {
  const found: RegionState[] = []
  for (const { startKey, endKey } of ranges) {
    const rest = limitCount === 0 ? 0 : limitCount - found.length
    if (limitCount > 0 && rest === 0) break
    // A region that the previous range ended in is the only one that can come twice, and does not count against the limit.
    const last = found.at(-1)
    const scanned = pd.regions.scan(startKey, endKey, rest === 0 ? 0 : rest + 1)
    const fresh = scanned.filter((state) => state !== last)
    const taken = limitCount === 0 ? fresh : fresh.slice(0, rest)
    const cut = limitCount > 0 && found.length + taken.length === limitCount
    if (containAll && !covers(scanned, startKey, endKey, cut)) {
      throw new HeaderError(
        ErrorType.REGIONS_NOT_CONTAIN_ALL_KEY_RANGE,
        'the regions found do not contain all the given key range',
      )
    }
    found.push(...taken)
  }
  return found
}

/** True when the regions lie end to end from `start` to `end`, or as far as a limit let them. */
function covers(states: readonly RegionState[], start: Uint8Array, end: Uint8Array, cut: boolean): boolean {
  const first = states[0]
  if (first === undefined || compareBytes(first.region.startKey, start) > 0) return false
  for (let index = 1; index < states.length; index++) {
    if (compareBytes(states[index - 1]!.region.endKey, states[index]!.region.startKey) !== 0) return false
  }
  const lastEnd = states.at(-1)!.region.endKey
  return cut || lastEnd.length === 0 || (end.length > 0 && compareBytes(lastEnd, end) >= 0)
}

/** The newest client-go asks for every region over this stream and has no way back to the unary calls. */
function queryRegionBinding(pd: EmbeddedPlacementDriver): MethodBinding {
  return streaming(pdMethods.queryRegion, (stream) => {
    let ended = false
    const receive = (request: QueryRegionRequest) => {
      if (ended) return
      try {
        checkForwarding(pd, stream)
        checkClusterId(pd, request.header)
        if (!stream.write(queryRegions(pd, request))) stream.pause()
      } catch (error) {
        ended = true
        stream.fail(toStatusError(error))
      }
    }
    stream.onMessage(receive)
    stream.onDrain(() => stream.resume())
    stream.onHalfClose(() => {
      if (!ended) stream.end()
      ended = true
    })
    stream.signal.addEventListener('abort', () => {
      ended = true
    })
  })
}

function queryRegions(pd: EmbeddedPlacementDriver, request: QueryRegionRequest): QueryRegionResponse {
  if (!pd.bootstrapped) {
    return QueryRegionResponse.create({ header: responseHeader(pd, toHeaderError(new NotBootstrappedError())) })
  }
  const regionsById = new Map<number, RegionResponse>()
  /** @returns the region's id, 0 when there is none */
  const include = (state: RegionState | undefined): number => {
    if (state === undefined) return 0
    const { id } = state.region
    if (!regionsById.has(id)) regionsById.set(id, regionFields(state, request.needBuckets))
    return id
  }
  const keyIdMap = request.keys.map((key) => include(pd.regions.byKey(key)))
  const prevKeyIdMap = request.prevKeys.map((key) => include(pd.regions.previousByKey(key)))
  for (const id of request.ids) include(pd.regions.byId(id))
  return { header: responseHeader(pd), keyIdMap, prevKeyIdMap, regionsById }
}
