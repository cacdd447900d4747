import type { MethodKind } from '@stratakv/core'

export interface UndefinedMethod {
  readonly path: string
  readonly kind: MethodKind
}

/**
 * Methods of the services above whose messages have no definition here: they belong to TiFlash (MPP execution, disaggregated
 * storage), which a TiKV store answers with UNIMPLEMENTED too. Named so that the compatibility table can list them.
 */
export const undefinedMethods: readonly UndefinedMethod[] = [
  { path: '/tikvpb.Tikv/DispatchMPPTask', kind: 'unary' },
  { path: '/tikvpb.Tikv/CancelMPPTask', kind: 'unary' },
  { path: '/tikvpb.Tikv/EstablishMPPConnection', kind: 'server-stream' },
  { path: '/tikvpb.Tikv/IsAlive', kind: 'unary' },
  { path: '/tikvpb.Tikv/ReportMPPTaskStatus', kind: 'unary' },
  { path: '/tikvpb.Tikv/tryAddLock', kind: 'unary' },
  { path: '/tikvpb.Tikv/tryMarkDelete', kind: 'unary' },
  { path: '/tikvpb.Tikv/EstablishDisaggTask', kind: 'unary' },
  { path: '/tikvpb.Tikv/CancelDisaggTask', kind: 'unary' },
  { path: '/tikvpb.Tikv/FetchDisaggPages', kind: 'server-stream' },
  { path: '/tikvpb.Tikv/GetDisaggConfig', kind: 'unary' },
]
