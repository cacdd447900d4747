import { assert, type LogIndex, type Term } from '@stratakv/core'
import { type Entry, type Message, majorityOf, type NodeId, type RaftStatus, type Voters } from '@stratakv/raft'
import { type Image, lastIndexOf, termAt } from './disk.ts'

/** What the witness sees of a node: how it stands, what is durable there, and its log with what is on its way to the disk. */
export interface Seen {
  readonly status: RaftStatus
  readonly durable: Image
  readonly log: Pick<Image, 'base' | 'entries'>
}

interface Commit {
  readonly entryTerm: Term
  /** Of the leader that counted it. */
  readonly leaderTerm: Term
}

/** Sees all nodes at once, remembers what was ever said, and holds them to it. (Raft paper, figure 3.) */
export class Witness {
  readonly #leaders = new Map<Term, NodeId>()
  /** By index and term: what stands there, and the term before. */
  readonly #entries = new Map<string, string>()
  readonly #commits = new Map<LogIndex, Commit>()
  readonly #applied = new Map<LogIndex, number>()
  readonly #commitOf = new Map<NodeId, LogIndex>()
  readonly #nodes: () => Iterable<Seen>
  /** The highest index that is applied anywhere: whoever wrote it may have been told. */
  appliedMax: LogIndex = 0
  commitMax: LogIndex = 0

  constructor(nodes: () => Iterable<Seen>) {
    this.#nodes = nodes
  }

  /** Where the group begins: what a snapshot at this index stands for. */
  began(index: LogIndex, term: Term, digest: number): void {
    this.#commits.set(index, { entryTerm: term, leaderTerm: term })
    this.#applied.set(index, digest)
    this.commitMax = index
    this.appliedMax = index
  }

  /** To be called whenever something was done to a node. */
  changed(seen: Seen): void {
    const { id, role, term, committed, applied } = seen.status
    assert(committed >= (this.#commitOf.get(id) ?? 0), `node ${id}: the commit index went back to ${committed}`)
    this.#commitOf.set(id, committed)
    assert(applied <= committed, `node ${id}: applied ${applied}, which is not committed`)
    if (role !== 'leader') return
    const leader = this.#leaders.get(term)
    assert(leader === undefined || leader === id, `term ${term} has two leaders: ${leader} and ${id}`)
    if (leader === undefined) {
      this.#leaders.set(term, id)
      for (const [index, commit] of this.#commits) if (commit.leaderTerm < term) this.#hasCommitted(seen, index, commit)
    }
    this.#counted(seen)
  }

  /** A node forgot what was not durable. */
  crashed(id: NodeId): void {
    this.#commitOf.delete(id)
  }

  /** Entries on their way into a log, and what is in front of them. (Log matching, by induction.) */
  appended(entries: readonly Entry[], termBefore: Term): void {
    let before = termBefore
    for (const { index, term, type, data } of entries) {
      assert(term >= before, `the terms of a log fall at ${index}`)
      const text = `${before} ${type} ${String.fromCharCode(...data)}`
      const known = this.#entries.get(`${index}/${term}`)
      assert(known === undefined || known === text, `two logs differ at or before ${index} in term ${term}`)
      this.#entries.set(`${index}/${term}`, text)
      before = term
    }
  }

  /** A node says that its log is committed up to here, and has handed out all of it. */
  learnt({ status: { id }, log }: Seen, commit: LogIndex): void {
    assert(commit <= this.commitMax, `node ${id}: ${commit} is committed, which no leader has counted`)
    for (let index = commit; index > log.base.index; index--) {
      const known = this.#commits.get(index)
      if (known === undefined) continue
      assert(termAt(log, index) === known.entryTerm, `node ${id}: ${index} is committed otherwise elsewhere`)
      return
    }
  }

  /** A state machine is at `index`. */
  applied(id: NodeId, index: LogIndex, digest: number): void {
    const known = this.#applied.get(index)
    assert(known === undefined || known === digest, `node ${id}: state machines differ at ${index}`)
    assert(index <= this.commitMax, `node ${id}: applied ${index}, which is not committed`)
    this.#applied.set(index, digest)
    this.appliedMax = Math.max(this.appliedMax, index)
  }

  /** A message leaves a node. What it promises must be durable there. */
  sent({ type, from, to, term, index, reject }: Message, durable: Image): void {
    if (type !== 'append-response' && type !== 'vote-response') return
    const { hardState } = durable
    assert(hardState.term >= term, `node ${from}: ${type} of term ${term}, and ${hardState.term} is durable`)
    if (reject) return
    if (type === 'vote-response') {
      assert(hardState.term > term || hardState.vote === to, `node ${from}: its vote for ${to} is not durable`)
    } else {
      assert(
        lastIndexOf(durable) >= index,
        `node ${from}: has ${index}, it says, and ${lastIndexOf(durable)} is durable`,
      )
    }
  }

  /** What a leader has committed by counting is on disks of a majority, of both when there are two. */
  #counted(seen: Seen): void {
    const { status, log } = seen
    const { committed, term, membership, id } = status
    if (committed <= this.commitMax) return
    // Not handed out yet: then nobody has been told.
    if (lastIndexOf(log) < committed) return
    const entryTerm = termAt(log, committed)!
    const holders = new Set<NodeId>()
    for (const { status: other, durable } of this.#nodes()) {
      const own = termAt(durable, committed)
      if (own === entryTerm || (own === undefined && durable.base.index > committed)) holders.add(other.id)
    }
    const has = (voters: Voters): boolean =>
      voters.size === 0 || [...voters].filter((voter) => holders.has(voter)).length >= majorityOf(voters.size)
    const { incoming, outgoing } = membership.voters
    assert(has(incoming) && has(outgoing), `node ${id}: ${committed} is committed, and on no majority's disks`)
    for (let index = this.commitMax + 1; index <= committed; index++) {
      const at = termAt(log, index)
      if (at !== undefined) this.#commits.set(index, { entryTerm: at, leaderTerm: term })
    }
    this.commitMax = committed
    for (const other of this.#nodes()) {
      if (other.status.role !== 'leader' || other.status.term <= term) continue
      this.#hasCommitted(other, committed, { entryTerm, leaderTerm: term })
    }
  }

  #hasCommitted({ status: { id, term }, log }: Seen, index: LogIndex, { entryTerm }: Commit): void {
    if (index < log.base.index) return
    assert(termAt(log, index) === entryTerm, `node ${id} leads term ${term} without the committed entry ${index}`)
  }
}
