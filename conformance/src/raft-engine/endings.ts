import type { LogModel } from './log-model.ts'
import type { Script, Step } from './script.ts'

/** One put of region 1, large enough to fill a file. */
export function putOf(valueBytes: number): Step {
  const key = new TextEncoder().encode('end')
  return { type: 'write', changes: [{ type: 'put', region: 1, key, value: new Uint8Array(valueBytes) }], sync: true }
}

/** More than one batch of live copies in region 1, and then mostly garbage around them: the rewrite queue is copied too. */
export function groupsByPurge(model: LogModel): Script {
  const garbage = Array.from({ length: 30 }, (_, at) => 1_000 + at)
  const entries = Array.from({ length: 20 }, () => ({ kind: 'bytes', bytes: Uint8Array.of(1) }) as const)
  const appends = garbage.map((region) => ({ type: 'append' as const, region, firstIndex: 1, term: 1, entries }))
  return [
    compactAll(model),
    appendOf(model, 8, 50_000),
    { type: 'write', changes: appends, sync: true },
    ...Array.from({ length: 20 }, () => putOf(17_000)),
    { type: 'purge' },
    { type: 'write', changes: garbage.map((region) => ({ type: 'clean' as const, region })), sync: true },
    { type: 'purge' },
  ]
}

/** Entries of region 1, `dataBytes` each. */
export function appendOf(model: LogModel, count: number, dataBytes: number): Step {
  const firstIndex = model.nextIndex(1) ?? model.floorIndex(1) + 1
  const entries = Array.from({ length: count }, (_, seed) => {
    return { kind: 'incompressible', seed, length: dataBytes } as const
  })
  return { type: 'write', changes: [{ type: 'append', region: 1, firstIndex, term: 1, entries }], sync: true }
}

/** All but the last entry of each region. */
export function compactAll(model: LogModel): Step {
  const changes = model.dump().flatMap(({ region, last }) => {
    return last === null ? [] : [{ type: 'compact' as const, region, index: last }]
  })
  return { type: 'write', changes, sync: true }
}
