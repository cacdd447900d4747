/** One call on a register, as its caller saw it. Moments are of one counter for all callers. */
export type RegisterOperation =
  | { readonly type: 'read'; readonly invokedAt: number; readonly returnedAt: number; readonly value: string }
  | {
      readonly type: 'swap'
      readonly invokedAt: number
      /** `undefined`: nobody knows whether it was done; it may be done at any later moment, or never. */
      readonly returnedAt: number | undefined
      readonly previous: string
      readonly value: string
    }

/**
 * Whether one order of the operations, in which each stands between its call and its return, explains what everybody saw: a search by Wing
 * and Gong ("Testing and Verifying Concurrent Objects", 1993) that remembers where it has been (Lowe, "Testing for Linearizability", 2017).
 *
 * @returns undefined when there is one; else up to where it came, for people
 */
export function isLinearizable(initial: string, history: readonly RegisterOperation[]): string | undefined {
  const operations = [...history].sort((left, right) => left.invokedAt - right.invokedAt)
  const returns = operations.map(({ returnedAt }) => returnedAt ?? Number.POSITIVE_INFINITY)
  const seen = new Set<string>()
  const isDone = new Array<boolean>(operations.length).fill(false)
  /** Order so far, with the state before each. */
  const path: { at: number; before: string }[] = []
  let state = initial
  let furthest = { count: 0, state, first: 0 }
  /** The operation that is tried next. */
  let from = 0
  for (;;) {
    const next = candidate(from)
    if (next === undefined) {
      if (operations.every((_, at) => isDone[at] || returns[at] === Number.POSITIVE_INFINITY)) return undefined
      const undone = path.pop()
      if (undone === undefined) {
        const stuck = JSON.stringify(operations.slice(furthest.first, furthest.first + 3))
        return `${furthest.count} of ${operations.length} operations fit, the value is then ${furthest.state}; it went on with ${stuck}`
      }
      isDone[undone.at] = false
      state = undone.before
      from = undone.at + 1
      continue
    }
    const before = state
    const operation = operations[next]!
    isDone[next] = true
    state = operation.value
    const name = `${signature()} ${state}`
    if (seen.has(name)) {
      isDone[next] = false
      state = before
      from = next + 1
      continue
    }
    seen.add(name)
    path.push({ at: next, before })
    if (path.length > furthest.count) furthest = { count: path.length, state, first: isDone.indexOf(false) }
    from = 0
  }

  /** The first from `start` on that could come next: it was called before any other that must come had returned, and fits the value. */
  function candidate(start: number): number | undefined {
    let earliestReturn = Number.POSITIVE_INFINITY
    for (let at = Math.max(0, isDone.indexOf(false)); at < operations.length; at++) {
      const operation = operations[at]!
      if (operation.invokedAt > earliestReturn) return undefined
      if (isDone[at]) continue
      if (at >= start && fits(operation)) return at
      earliestReturn = Math.min(earliestReturn, returns[at]!)
    }
    return undefined
  }

  function fits(operation: RegisterOperation): boolean {
    return state === (operation.type === 'read' ? operation.value : operation.previous)
  }

  /** Which are done: all before the first that is not, and those after it. */
  function signature(): string {
    const low = isDone.indexOf(false)
    if (low < 0) return 'all'
    const more: number[] = []
    for (let at = low; at < isDone.length; at++) if (isDone[at]) more.push(at)
    return `${low}:${more.join(',')}`
  }
}
