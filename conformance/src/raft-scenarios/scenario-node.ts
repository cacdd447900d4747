import {
  AppendMessagesNode,
  type Entry,
  type HardState,
  MemoryRaftStorage,
  type Message,
  type RaftLogger,
  type RaftOptions,
  type Ready,
  type Snapshot,
  SyncNode,
} from '@stratakv/raft'
import { ScenarioCommandError } from './arguments.ts'
import { scenarioConfChanges } from './conf-changes.ts'

/** The state machine puts the data of all entries behind each other; its snapshot is the newest state. */
class ScenarioStorage extends MemoryRaftStorage {
  newest: Snapshot | undefined

  override snapshot(): Snapshot {
    return this.newest ?? super.snapshot()
  }
}

export interface ScenarioNodeOptions {
  readonly raft: RaftOptions
  readonly isAsync: boolean
  /** What the node begins with; without, an empty log. */
  readonly bootstrap: Snapshot | undefined
  readonly logger: RaftLogger
}

/** One node of a scenario, its storage, and the work that the storage has been given. */
export class ScenarioNode {
  readonly raft: SyncNode | AppendMessagesNode
  readonly storage: ScenarioStorage
  readonly appendWork: Message[] = []
  readonly applyWork: Message[] = []
  readonly #history: Snapshot[]

  constructor({ raft, isAsync, bootstrap, logger }: ScenarioNodeOptions) {
    this.storage = new ScenarioStorage(bootstrap)
    this.#history = [this.storage.snapshot()]
    // Elections take as long as the scenario says: no chance.
    const random = { uint32: () => 0 }
    const deps = { storage: this.storage, confChanges: scenarioConfChanges, random, logger }
    const options = { ...raft, ...(bootstrap === undefined ? {} : { applied: bootstrap.index }) }
    this.raft = isAsync ? new AppendMessagesNode(deps, options) : new SyncNode(deps, options)
  }

  /** What a synchronous node does between the two halves of a Ready. */
  write({ hardState, entries, snapshot }: Pick<Ready, 'hardState' | 'entries' | 'snapshot'>): void {
    if (hardState !== undefined) this.storage.setHardState(hardState)
    if (snapshot === undefined) this.storage.append(entries)
    else {
      if (entries.length > 0) throw new ScenarioCommandError("can't apply snapshot and entries at same time")
      this.storage.applySnapshot(snapshot)
    }
  }

  apply(entries: readonly Entry[]): void {
    for (const { type, index, term, data } of entries) {
      const last = this.#history.at(-1)!
      let { confState } = last
      let update = data
      if (type !== 'normal') {
        const change = scenarioConfChanges.decode(type, data)
        update = change.context
        confState = this.raft.applyConfChange(change)
      }
      const state = { index, term, confState, data: Buffer.concat([last.data, update]) }
      this.#history.push(state)
      this.storage.newest = state
    }
  }

  /** The next piece of append work, done; or undefined. */
  workOnAppend(): Message | undefined {
    const work = this.appendWork.shift()
    if (work === undefined) return undefined
    const { term, vote, commit, entries, snapshot } = work
    const hasHardState = term > 0 || vote > 0 || commit > 0
    const hardState: HardState | undefined = hasHardState ? { term, vote, commit } : undefined
    this.write({ hardState, entries, snapshot })
    return work
  }

  workOnApply(): Message | undefined {
    const work = this.applyWork.shift()
    if (work !== undefined) this.apply(work.entries)
    return work
  }
}
