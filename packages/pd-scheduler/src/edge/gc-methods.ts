import type { MethodBinding } from '@stratakv/core'
import { pdMethods } from '@stratakv/proto'
import {
  AdvanceGCSafePointResponse,
  AdvanceTxnSafePointResponse,
  DeleteGCBarrierResponse,
  ErrorType,
  type GCBarrierInfo,
  GCState,
  GetAllKeyspacesGCStatesResponse,
  GetGCSafePointResponse,
  GetGCStateResponse,
  type KeyspaceScope,
  SetGCBarrierResponse,
  UpdateGCSafePointResponse,
  UpdateServiceGCSafePointResponse,
} from '@stratakv/proto/pdpb'
import { InvalidSafePointError, InvalidServiceError, PdLimitError } from '../errors.ts'
import type { GcBarrier } from '../gc-safe-points.ts'
import { nullKeyspaceId } from '../keyspaces.ts'
import type { EmbeddedPlacementDriver } from '../placement-driver.ts'
import { bindCall, HeaderError } from './pd-call.ts'

/** Safe points of both generations: the calls TiKV 6.1 makes, and the GC states of newest clients. */
export function gcBindings(pd: EmbeddedPlacementDriver): MethodBinding[] {
  const { gc } = pd
  return [
    bindCall(pd, pdMethods.getGCSafePoint, GetGCSafePointResponse, 'bootstrapped', () => ({
      safePoint: gc.gcSafePoint,
    })),
    bindCall(pd, pdMethods.updateGCSafePoint, UpdateGCSafePointResponse, 'bootstrapped', async ({ safePoint }) => ({
      newSafePoint: await gc.updateGcSafePoint(safePoint),
    })),
    bindCall(
      pd,
      pdMethods.updateServiceGCSafePoint,
      UpdateServiceGCSafePointResponse,
      'bootstrapped',
      async ({ serviceId, safePoint, ttl }) => {
        const { lowest, ttlSeconds } = await gc.updateService(new TextDecoder().decode(serviceId), safePoint, ttl)
        return {
          serviceId: new TextEncoder().encode(lowest.serviceId),
          ttl: ttlSeconds,
          minSafePoint: lowest.safePoint,
        }
      },
    ),
    bindCall(pd, pdMethods.getGCState, GetGCStateResponse, 'bootstrapped', (request) => ({
      gcState: gcState(pd, readableKeyspace(pd, request.keyspaceScope), request.excludeGcBarriers),
    })),
    bindCall(pd, pdMethods.getAllKeyspacesGCStates, GetAllKeyspacesGCStatesResponse, 'bootstrapped', (request) => ({
      gcStates: [nullKeyspaceId, ...pd.keyspaces.all().map(({ id }) => id)].map((id) =>
        gcState(pd, id, request.excludeGcBarriers),
      ),
    })),
    bindCall(pd, pdMethods.advanceTxnSafePoint, AdvanceTxnSafePointResponse, 'bootstrapped', async (request) => {
      demandNullKeyspace(request.keyspaceScope)
      const advance = await inHeader(gc.advanceTxnSafePoint(request.target))
      return { ...advance, blockerDescription: advance.blocker }
    }),
    bindCall(pd, pdMethods.advanceGCSafePoint, AdvanceGCSafePointResponse, 'bootstrapped', (request) => {
      demandNullKeyspace(request.keyspaceScope)
      return inHeader(gc.advanceGcSafePoint(request.target))
    }),
    bindCall(pd, pdMethods.setGCBarrier, SetGCBarrierResponse, 'bootstrapped', async (request) => {
      readableKeyspace(pd, request.keyspaceScope)
      const barrier = await inHeader(gc.setBarrier(request.barrierId, request.barrierTs, request.ttlSeconds))
      return { newBarrierInfo: barrierMessage(barrier) }
    }),
    bindCall(pd, pdMethods.deleteGCBarrier, DeleteGCBarrierResponse, 'bootstrapped', async (request) => {
      readableKeyspace(pd, request.keyspaceScope)
      const barrier = await inHeader(gc.deleteBarrier(request.barrierId))
      return { deletedBarrierInfo: barrier && barrierMessage(barrier) }
    }),
  ]
}

function gcState(pd: EmbeddedPlacementDriver, keyspaceId: number, excludeBarriers: boolean): GCState {
  const state = pd.gc.state()
  return GCState.create({
    keyspaceScope: { keyspace: { case: 'keyspaceId', value: keyspaceId } },
    isKeyspaceLevelGc: false,
    txnSafePoint: state.txnSafePoint,
    gcSafePoint: state.gcSafePoint,
    gcBarriers: excludeBarriers ? [] : state.barriers.map(barrierMessage),
  })
}

function barrierMessage({ id, timestamp, ttlSeconds }: GcBarrier): GCBarrierInfo {
  return { barrierId: id, barrierTs: timestamp, ttlSeconds }
}

/** Garbage collection is the same for all keyspaces, so a known one may be named wherever nothing is moved. */
function readableKeyspace(pd: EmbeddedPlacementDriver, scope: KeyspaceScope | undefined): number {
  const id = keyspaceId(scope)
  if (id !== nullKeyspaceId && pd.keyspaces.byId(id) === undefined) {
    throw new HeaderError(ErrorType.ENTRY_NOT_FOUND, `keyspace ${id} does not exist`)
  }
  return id
}

/** Moving a bound is for whoever collects garbage for the whole cluster. */
function demandNullKeyspace(scope: KeyspaceScope | undefined): void {
  const id = keyspaceId(scope)
  if (id !== nullKeyspaceId) {
    throw new HeaderError(ErrorType.INVALID_VALUE, `keyspace ${id} does not collect its own garbage`)
  }
}

function keyspaceId(scope: KeyspaceScope | undefined): number {
  const keyspace = scope?.keyspace
  if (keyspace === undefined) return nullKeyspaceId
  if (keyspace.case === 'keyspaceId') return keyspace.value
  throw new HeaderError(ErrorType.INVALID_VALUE, 'a keyspace is named by its id here')
}

/** The refusals of these calls travel in the header, unlike those of the older ones. */
async function inHeader<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer
  } catch (error) {
    if (
      error instanceof InvalidSafePointError ||
      error instanceof InvalidServiceError ||
      error instanceof PdLimitError
    ) {
      throw new HeaderError(ErrorType.UNKNOWN, error.message, { cause: error })
    }
    throw error
  }
}
