/** A mistake that is put into one built file of production code, for one run of the simulator: nothing of it is in the code itself. */
export interface PlantedBug {
  readonly name: string
  readonly summary: string
  /** The end of the path of a built file. */
  readonly file: string
  /** Stands in the file once; otherwise planting fails, so that a bug cannot get lost unnoticed. */
  readonly find: string
  readonly replacement: string
}

export const plantedBugs: readonly PlantedBug[] = [
  {
    name: 'skip-fsync',
    summary: 'the Raft log is written and not synced before it is answered for',
    file: 'raftstore/dist/store/log-writer.js',
    find: '.write(batch.changes, { sync: true })',
    replacement: '.write(batch.changes, { sync: false })',
  },
  {
    name: 'apply-before-commit',
    summary: 'a leader takes for committed what it has in its own log',
    file: 'raft/dist/raft-core.js',
    find: 'const index = jointCommitted(this.voters, (id) => this.progress(id)?.match);',
    replacement: 'const index = this.log.lastIndex;',
  },
  {
    name: 'forget-epoch',
    summary: 'a command is applied to a region whose range or members have changed since it was proposed',
    file: 'raftstore/dist/apply/apply-entry.js',
    find: 'const refusal = epochRefusal(state.region, command);',
    replacement: 'const refusal = undefined;',
  },
  {
    name: 'long-lease',
    summary: 'a lease holds eight times as long as the others keep from electing',
    file: 'raftstore/dist/peer/lease.js',
    find: 'sentAt + this.#lengthMs',
    replacement: 'sentAt + 8 * this.#lengthMs',
  },
  {
    name: 'compact-ahead',
    summary: "the Raft log is compacted before the engine's write-ahead log is durable",
    file: 'raftstore/dist/store/log-compactor.js',
    find: 'await this.#deps.engine.syncWal();',
    replacement: '',
  },
  {
    name: 'deposed-read',
    summary: 'whoever takes itself for the leader reads, however long ago it heard from the others',
    file: 'raftstore/dist/peer/lease.js',
    find: 'return term === this.#term && now < this.#until;',
    replacement: 'return term === this.#term;',
  },
  {
    name: 'read-unapplied',
    summary: 'a read does not wait for writes that were acknowledged and are not applied',
    file: 'raftstore/dist/peer/peer-reads.js',
    find: 'return this.isBehind ? this.#awaitAnswered() : undefined;',
    replacement: 'return undefined;',
  },
]
