import { equalBytes, type RegionId, type StoreId } from '@stratakv/core'
import { fromHex } from '../persisted-values.ts'
import type { EmbeddedPlacementDriver } from '../placement-driver.ts'
import type { RegionState } from '../region-cache.ts'
import type { OperatorRecord } from '../schedule/operator.ts'
import { isVoter } from '../schedule/operator-step.ts'
import { storeIds } from '../schedule/region-health.ts'
import { HttpError, type Route, type RouteCall } from './http-routes.ts'

/** `pd-ctl operator`: what runs, what ran, and orders of an operator's own. Errors are 400, and 500 as in PD where nothing is found. */
export function operatorRoutes(pd: EmbeddedPlacementDriver): Route[] {
  const { scheduler } = pd
  return [
    {
      method: 'GET',
      path: '/operators',
      answer: ({ query }) => {
        const kinds = query.getAll('kind')
        const shown = scheduler.book.runningRecords()
        return shown.filter(({ kind }) => kinds.length === 0 || kinds.includes(kind)).map(formatOperator)
      },
    },
    {
      method: 'GET',
      path: '/operators/records',
      answer: () => scheduler.records().map(formatOperator),
    },
    {
      method: 'GET',
      path: '/operators/{id}',
      answer: (call) => {
        const record = scheduler.record(idOf(call))
        if (record === undefined) throw new HttpError(500, 'operator not found')
        return `status: ${statusNames[record.status]}, operator: ${formatOperator(record)}`
      },
    },
    {
      method: 'DELETE',
      path: '/operators/{id}',
      answer: (call) => {
        if (!scheduler.cancel(idOf(call))) throw new HttpError(500, 'operator not found')
        return 'The pending operator is canceled.'
      },
    },
    {
      method: 'POST',
      path: '/operators',
      answer: ({ body }) => {
        if (!create(pd, parsed(body))) {
          throw new HttpError(
            500,
            'the region has an operator already, or nobody to carry it out, or a store is at its limit',
          )
        }
        return 'The operator is created.'
      },
    },
  ]
}

const statusNames = {
  running: 'RUNNING',
  success: 'SUCCESS',
  timeout: 'TIMEOUT',
  cancelled: 'CANCEL',
  replaced: 'REPLACE',
} as const

/** PD's line for an operator, and for one that failed the reason. */
export function formatOperator(record: OperatorRecord): string {
  const { reason, kind, regionId, epoch, startedUnixMs, stepIndex, steps, status, why } = record
  const started = new Date(startedUnixMs).toISOString()
  const list = steps.map((step) => `{${step}}`).join(', ')
  const end = status === 'running' ? '' : status === 'success' ? ' finished' : ` ${status}${why && `: ${why}`}`
  return (
    `${reason} (kind:${kind}, region:${regionId}(${epoch.version}, ${epoch.confVer}), createAt:${started}, ` +
    `startAt:${started}, currentStep:${stepIndex}, size:${record.sizeMiB}, steps:[${list}])${end}`
  )
}

type Wish = Readonly<Record<string, unknown>>

/** @returns false when it cannot be begun now. @throws HttpError when it cannot be at all */
function create(pd: EmbeddedPlacementDriver, wish: Wish): boolean {
  const { scheduler } = pd
  const name = String(wish.name)
  if (name === 'merge-region') {
    const [source, target] = [regionOf(pd, wish, 'source_region_id'), regionOf(pd, wish, 'target_region_id')]
    if (!meet(source, target)) throw new HttpError(400, 'the two regions do not meet')
    return scheduler.merge(source.region.id, target.region.id)
  }
  const state = regionOf(pd, wish, 'region_id')
  const { id } = state.region
  const held = storeIds(state.region.peers.filter(isVoter))
  const place = (voters: readonly StoreId[], leader?: StoreId) => scheduler.place(id, `admin-${name}`, voters, leader)
  switch (name) {
    case 'transfer-leader':
      return place(held, holder(held, number(wish, 'to_store_id')))
    case 'add-peer':
      return place([...held, free(pd, held, number(wish, 'store_id'))])
    case 'remove-peer':
      return place(without(held, number(wish, 'store_id')))
    case 'transfer-peer':
      return place([...without(held, number(wish, 'from_store_id')), free(pd, held, number(wish, 'to_store_id'))])
    case 'transfer-region': {
      const voters = numbers(wish, 'to_store_ids')
      for (const store of voters) if (!held.includes(store)) free(pd, held, store)
      return place(voters)
    }
    case 'split-region':
      return scheduler.split(id, policyOf(wish), keysOf(wish))
    case 'scatter-region':
      return scheduler.scatter([id], String(wish.group ?? '')).length === 0
    default:
      throw new HttpError(400, `unknown operator ${name}`)
  }
}

function parsed(body: string): Wish {
  try {
    const value: unknown = JSON.parse(body)
    if (typeof value === 'object' && value !== null) return value as Wish
  } catch {
    // Told as one below.
  }
  throw new HttpError(400, 'the body is no JSON object')
}

function number(wish: Wish, name: string): number {
  const value = wish[name]
  if (typeof value !== 'number' || !Number.isSafeInteger(value)) throw new HttpError(400, `${name} should be a number`)
  return value
}

function numbers(wish: Wish, name: string): number[] {
  const value = wish[name]
  if (!Array.isArray(value) || value.length === 0 || !value.every(Number.isSafeInteger))
    throw new HttpError(400, `${name} should be a list of numbers`)
  return [...new Set(value as number[])]
}

function regionOf(pd: EmbeddedPlacementDriver, wish: Wish, name: string): RegionState {
  const id: RegionId = number(wish, name)
  const state = pd.regions.byId(id)
  if (state === undefined) throw new HttpError(400, `region ${id} not found`)
  return state
}

function holder(held: readonly StoreId[], id: StoreId): StoreId {
  if (!held.includes(id)) throw new HttpError(400, `region has no voter in store ${id}`)
  return id
}

function free(pd: EmbeddedPlacementDriver, held: readonly StoreId[], id: StoreId): StoreId {
  const record = pd.storeRecord(id)
  if (record === undefined || record.meta.state === 'tombstone') throw new HttpError(400, `store ${id} not found`)
  if (held.includes(id)) throw new HttpError(400, `region already has a peer in store ${id}`)
  return id
}

function without(held: readonly StoreId[], id: StoreId): StoreId[] {
  holder(held, id)
  return held.filter((other) => other !== id)
}

const policies = { scan: 'scan', approximate: 'approximate', usekey: 'use-keys' } as const

function policyOf(wish: Wish): 'scan' | 'approximate' | 'use-keys' {
  const name = String(wish.policy ?? 'scan').toLowerCase()
  if (name === 'scan' || name === 'approximate' || name === 'usekey') return policies[name]
  throw new HttpError(400, `policy takes scan, approximate or usekey, not ${name}`)
}

function keysOf({ keys = [] }: Wish): Uint8Array[] {
  if (!Array.isArray(keys)) throw new HttpError(400, 'keys should be a list of hex strings')
  try {
    return keys.map((key) => fromHex(String(key)))
  } catch {
    throw new HttpError(400, 'keys should be a list of hex strings')
  }
}

function meet({ region: left }: RegionState, { region: right }: RegionState): boolean {
  const follows = (before: Uint8Array, after: Uint8Array) => before.length > 0 && equalBytes(before, after)
  return follows(left.endKey, right.startKey) || follows(right.endKey, left.startKey)
}

function idOf(call: RouteCall): RegionId {
  const text = call.parameter('id')
  if (!/^\d{1,15}$/.test(text)) throw new HttpError(400, `"${text}" is not an id`)
  return Number(text)
}
