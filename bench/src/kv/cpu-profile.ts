import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** The parts of a `.cpuprofile` that self time needs. */
interface CpuProfile {
  readonly nodes: readonly {
    readonly id: number
    readonly callFrame: { readonly functionName: string; readonly url: string; readonly lineNumber: number }
  }[]
  readonly samples: readonly number[]
  readonly timeDeltas: readonly number[]
}

/** The `count` functions in which the profiled process spent most of its own time, idle time left out. */
export function topOfProfile(folder: string, count: number): readonly string[] {
  const files = readdirSync(folder)
    .filter((name) => name.endsWith('.cpuprofile'))
    .map((name) => join(folder, name))
    .sort((left, right) => statSync(right).size - statSync(left).size)
  if (files[0] === undefined) return []
  const profile = JSON.parse(readFileSync(files[0], 'utf8')) as CpuProfile
  const nameOf = new Map(
    profile.nodes.map(({ id, callFrame: { functionName, url, lineNumber } }) => [
      id,
      `${functionName || '(anonymous)'} ${url.split('/').slice(-3).join('/')}${url === '' ? '' : `:${lineNumber + 1}`}`,
    ]),
  )
  const selfTime = new Map<string, number>()
  let busy = 0
  for (const [index, sample] of profile.samples.entries()) {
    const name = nameOf.get(sample)!
    if (name.startsWith('(idle)')) continue
    const elapsed = profile.timeDeltas[index] ?? 0
    busy += elapsed
    selfTime.set(name, (selfTime.get(name) ?? 0) + elapsed)
  }
  return [...selfTime]
    .sort(([, left], [, right]) => right - left)
    .slice(0, count)
    .map(([name, elapsed]) => `${((elapsed / busy) * 100).toFixed(1).padStart(5)}%  ${name}`)
}
