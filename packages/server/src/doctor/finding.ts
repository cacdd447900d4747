/** `error`: the node does not start, or data is lost. `warning`: something is not as it should be. `info`: worth knowing, nothing to do. */
export type Severity = 'error' | 'warning' | 'info'

/** One thing that the doctor has to say. */
export interface Finding {
  readonly severity: Severity
  /** Stable, upper snake case: what programs branch on. */
  readonly code: FindingCode
  /** The file, folder or record it is about. */
  readonly place: string
  readonly detail: string
  /** What an operator can do. */
  readonly advice: string
  /** What `--repair` would do about it; absent: nothing. */
  readonly repair?: RepairKind
}

export type RepairKind = 'rewrite-marker' | 'rebuild-engine'

export type FindingCode =
  | 'MARKER_MISSING'
  | 'MARKER_DAMAGED'
  | 'FORMAT_OLD'
  | 'FOLDER_MISSING'
  | 'CLUSTER_MISMATCH'
  | 'ENGINE_FILE_DAMAGED'
  | 'ENGINE_LOG_TAIL'
  | 'ENGINE_CANNOT_OPEN'
  | 'RAFT_LOG'
  | 'PD_DAMAGED'
  | 'PD_TORN_TAIL'
  | 'STORE_RECORD_DAMAGED'
  | 'STORE_UNKNOWN_TO_PD'
  | 'REGION_UNKNOWN_TO_PD'
  | 'REGION_OVERLAP'
  | 'KEY_DAMAGED'
  | 'LOCK_DAMAGED'
  | 'WRITE_DAMAGED'
  | 'VALUE_MISSING'
  | 'VALUE_ORPHANED'
  | 'LOCK_WITHOUT_PRIMARY'

/** Findings of one kind that are listed one by one; the rest is counted. */
export const listedPerCodeMax = 20

/** Collects findings; of those that come in numbers, the first few and a count. */
export class FindingList {
  readonly #findings: Finding[] = []
  readonly #counts = new Map<FindingCode, number>()

  add(finding: Finding): void {
    const count = (this.#counts.get(finding.code) ?? 0) + 1
    this.#counts.set(finding.code, count)
    if (count <= listedPerCodeMax) this.#findings.push(finding)
  }

  /** Worst first, otherwise as found; with a line for what was not listed. */
  get all(): readonly Finding[] {
    const rest: Finding[] = []
    for (const [code, count] of this.#counts) {
      if (count <= listedPerCodeMax) continue
      const { severity, advice } = this.#findings.find((finding) => finding.code === code)!
      rest.push({ severity, code, place: 'more', detail: `and ${count - listedPerCodeMax} more of the same`, advice })
    }
    const rank = { error: 0, warning: 1, info: 2 }
    return [...this.#findings, ...rest].sort((left, right) => rank[left.severity] - rank[right.severity])
  }
}
