import { type Clock, compareBytes, equalBytes, type MethodBinding, type RegionId, sleep } from '@stratakv/core'
import { pdMethods } from '@stratakv/proto'
import {
  ErrorType,
  GetOperatorResponse,
  OperatorStatus,
  ScatterRegionResponse,
  SplitAndScatterRegionsResponse,
  SplitRegionsResponse,
} from '@stratakv/proto/pdpb'
import type { EmbeddedPlacementDriver } from '../placement-driver.ts'
import { bindCall, HeaderError } from './pd-call.ts'

/** How often it is looked whether splits that were asked for have come about, and for how long (pd v6.1.0, server/schedule/region_splitter.go). */
const splitLookMs = 100
const splitWaitMs = 60_000
const scatterGroupDefault = ''

const statuses = {
  running: OperatorStatus.RUNNING,
  success: OperatorStatus.SUCCESS,
  timeout: OperatorStatus.TIMEOUT,
  cancelled: OperatorStatus.CANCEL,
  replaced: OperatorStatus.REPLACE,
} as const

/** What clients may ask to be done with regions, and what is being done. */
export function operatorBindings(pd: EmbeddedPlacementDriver, clock: Clock): MethodBinding[] {
  return [
    bindCall(pd, pdMethods.getOperator, GetOperatorResponse, 'bootstrapped', ({ regionId }) => {
      const record = pd.scheduler.record(regionId)
      if (record === undefined) throw new HeaderError(ErrorType.REGION_NOT_FOUND, 'Not Found')
      return {
        regionId,
        desc: new TextEncoder().encode(record.reason),
        kind: new TextEncoder().encode(record.kind),
        status: statuses[record.status],
      }
    }),
    bindCall(pd, pdMethods.scatterRegion, ScatterRegionResponse, 'bootstrapped', (request) => {
      const ids = request.regionsId.length > 0 ? request.regionsId : [request.regionId]
      for (const id of ids) checkRegion(pd, id)
      const failed = pd.scheduler.scatter(ids, request.group || scatterGroupDefault)
      return { finishedPercentage: percentage(ids.length - failed.length, ids.length), failedRegionsId: failed }
    }),
    bindCall(pd, pdMethods.splitRegions, SplitRegionsResponse, 'bootstrapped', async ({ splitKeys }) => {
      const { ids, finishedPercentage } = await splitAt(pd, clock, splitKeys)
      return { regionsId: ids, finishedPercentage }
    }),
    bindCall(
      pd,
      pdMethods.splitAndScatterRegions,
      SplitAndScatterRegionsResponse,
      'bootstrapped',
      async ({ splitKeys, group }) => {
        const { ids, finishedPercentage } = await splitAt(pd, clock, splitKeys)
        const failed = pd.scheduler.scatter(ids, group || scatterGroupDefault)
        return {
          regionsId: ids,
          splitFinishedPercentage: finishedPercentage,
          scatterFinishedPercentage: percentage(ids.length - failed.length, ids.length),
        }
      },
    ),
  ]
}

/** @throws HeaderError */
function checkRegion(pd: EmbeddedPlacementDriver, id: RegionId): void {
  if (pd.regions.byId(id) !== undefined) return
  throw new HeaderError(ErrorType.REGION_NOT_FOUND, `region ${id} not found`)
}

/** Has regions split at `keys` and waits until they are, or it takes too long. `ids`: the regions that begin there. */
async function splitAt(
  pd: EmbeddedPlacementDriver,
  clock: Clock,
  keys: readonly Uint8Array[],
): Promise<{ ids: RegionId[]; finishedPercentage: number }> {
  const deadline = clock.now() + splitWaitMs
  for (;;) {
    const missing = keys.filter((key) => idFrom(pd, key) === undefined)
    const asked = byRegion(pd, missing)
    // Also when nobody would carry it out: a node that takes no orders.
    if (clock.now() >= deadline || ![...asked.keys()].some((id) => pd.scheduler.hears(id))) {
      const ids = keys.map((key) => idFrom(pd, key)).filter((id) => id !== undefined)
      return { ids: [...new Set(ids)], finishedPercentage: percentage(keys.length - missing.length, keys.length) }
    }
    // Asked again each time: a region that has just been split still holds keys of others, and one that was busy may be free.
    for (const [id, inside] of asked) pd.scheduler.split(id, 'use-keys', inside)
    await sleep(clock, splitLookMs)
  }
}

/** The region that begins at `key`. */
function idFrom(pd: EmbeddedPlacementDriver, key: Uint8Array): RegionId | undefined {
  const region = pd.regions.byKey(key)?.region
  return region !== undefined && equalBytes(region.startKey, key) ? region.id : undefined
}

function byRegion(pd: EmbeddedPlacementDriver, keys: readonly Uint8Array[]): Map<RegionId, Uint8Array[]> {
  const found = new Map<RegionId, Uint8Array[]>()
  for (const key of keys) {
    const id = pd.regions.byKey(key)?.region.id
    if (id === undefined) continue
    const inside = found.get(id) ?? []
    inside.push(key)
    found.set(id, inside)
  }
  for (const inside of found.values()) inside.sort(compareBytes)
  return found
}

function percentage(done: number, all: number): number {
  return all === 0 ? 100 : Math.floor((100 * done) / all)
}
