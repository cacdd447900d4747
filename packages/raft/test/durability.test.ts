import { seededRandom } from '@stratakv/core'
import { type ConfChangeCodec, MemoryRaftStorage, ReadyNumbersNode, SyncNode } from '@stratakv/raft'
import { describe, expect, it } from 'vitest'
import { text } from './group.ts'

const noBytes = new Uint8Array(0)
const noConfChanges: ConfChangeCodec = {
  encode: () => noBytes,
  decode: () => ({ transition: 'auto', changes: [], context: noBytes }),
}
const confStateOf = (...voters: number[]) => ({
  voters,
  learners: [],
  votersOutgoing: [],
  learnersNext: [],
  autoLeave: false,
})
const options = { id: 1, electionTicks: 10, heartbeatTicks: 1 }

describe('what a crash may take', () => {
  it('does not let a leader without others answer reads by a commit index that was not stored', () => {
    const storage = new MemoryRaftStorage({ index: 1, term: 1, confState: confStateOf(1), data: noBytes })
    // Entry 2 was committed and acknowledged; that it was committed had no need to be stored.
    storage.setHardState({ term: 2, vote: 1, commit: 1 })
    storage.append([{ type: 'normal', term: 2, index: 2, data: text('x'), context: noBytes }])
    const node = new SyncNode({ storage, confChanges: noConfChanges, random: seededRandom(1) }, options)
    const reads: number[] = []
    const run = () => {
      while (node.hasReady) {
        const ready = node.ready()
        if (ready.hardState !== undefined) storage.setHardState(ready.hardState)
        storage.append(ready.entries)
        reads.push(...ready.readStates.map(({ index }) => index))
        node.advance()
        if (node.role === 'leader' && reads.length === 0) node.readIndex(text('r'))
      }
    }
    node.campaign()
    run()
    for (const index of reads) expect(index).toBeGreaterThanOrEqual(2)
    expect(reads.length).toBeGreaterThan(0)
  })

  it('holds requests for votes back until the term and the log that they speak of are durable', () => {
    const storage = new MemoryRaftStorage({ index: 1, term: 1, confState: confStateOf(1, 2, 3), data: noBytes })
    const node = new ReadyNumbersNode({ storage, confChanges: noConfChanges, random: seededRandom(1) }, options)
    node.campaign()
    const { messages, persistedMessages } = node.ready()
    expect(messages).toEqual([])
    expect(persistedMessages.map(({ type, to }) => `${type} ${to}`)).toEqual(['vote 2', 'vote 3'])
  })
})
