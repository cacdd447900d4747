// What figure 2 of the Raft paper (Ongaro and Ousterhout, "In Search of an Understandable Consensus Algorithm", extended version, 2014) asks of
// servers, a test each, in its order. Section numbers of the dissertation (Ongaro, 2014) where it goes further.
import { type Entry, type Message, newMessage, RaftProposalDroppedError } from '@stratakv/raft'
import { describe, expect, it } from 'vitest'
import { electionTicks, Group, text } from './group.ts'

const noBytes = new Uint8Array(0)
const entry = (index: number, term: number, word: string): Entry => {
  return { type: 'normal', index, term, data: text(word), context: noBytes }
}
const words = (group: Group, id: number) =>
  group
    .log(id)
    .filter(({ data }) => data.length > 0)
    .map(({ data }) => new TextDecoder().decode(data))

/** What the node says to it; nobody else hears it. */
function answersOf(group: Group, message: Message): Message[] {
  for (const id of group.members.keys()) if (id !== message.to) group.away.add(id)
  group.sent.length = 0
  group.node(message.to).step(message)
  group.run()
  return group.sent.splice(0)
}

/** Node 1 of three, whose log is `first` behind the entry at 1 that all begin with; node 2 has led. */
function follower(term: number, ...first: readonly Entry[]): Group {
  const group = new Group(3)
  answersOf(group, newMessage('append', 1, 2, term, { index: 1, logTerm: 1, entries: first, commit: 1 }))
  return group
}

describe('all servers', () => {
  it('apply an entry once it is committed, in the order of the log, and once', () => {
    const group = new Group(3)
    group.elect(1)
    for (const word of ['a', 'b', 'c']) group.node(1).propose(text(word))
    group.run()
    group.tick(1, 3)
    for (const { applied } of group.members.values()) expect(applied).toEqual(['a', 'b', 'c'])
  })

  it('become followers of a higher term, whatever brings it', () => {
    for (const type of ['append', 'append-response', 'vote', 'heartbeat', 'heartbeat-response'] as const) {
      const group = new Group(3)
      group.elect(1)
      const { term } = group.node(1)
      answersOf(group, newMessage(type, 1, 3, term + 4, { index: 1, logTerm: 1 }))
      expect(group.node(1).role).toBe('follower')
      expect(group.node(1).term).toBe(term + 4)
    }
  })

  it('do nothing that a lower term asks for', () => {
    const group = follower(5, entry(2, 5, 'a'))
    for (const type of ['append', 'heartbeat', 'vote'] as const) {
      const entries = type === 'append' ? [entry(2, 4, 'old')] : []
      const answers = answersOf(group, newMessage(type, 1, 3, 4, { index: 1, logTerm: 1, entries, commit: 2 }))
      expect(answers.filter(({ reject, term }) => !reject && term <= 4)).toEqual([])
    }
    expect(words(group, 1)).toEqual(['a'])
    expect(group.node(1).leader).toBe(2)
  })
})

describe('a follower', () => {
  it('refuses entries whose predecessor it does not have', () => {
    const group = follower(2, entry(2, 2, 'a'))
    for (const place of [
      { index: 3, logTerm: 2 },
      { index: 2, logTerm: 3 },
    ]) {
      const entries = [entry(place.index + 1, 3, 'b')]
      const [answer] = answersOf(group, newMessage('append', 1, 2, 3, { ...place, entries, commit: 4 }))
      expect(answer).toMatchObject({ type: 'append-response', reject: true })
    }
    expect(words(group, 1)).toEqual(['a'])
    expect(group.node(1).status.committed).toBe(1)
  })

  it('drops an entry that conflicts with a new one, and all that follow it', () => {
    const group = follower(2, entry(2, 2, 'a'), entry(3, 2, 'b'), entry(4, 2, 'c'))
    answersOf(group, newMessage('append', 1, 3, 3, { index: 2, logTerm: 2, entries: [entry(3, 3, 'x')], commit: 1 }))
    expect(words(group, 1)).toEqual(['a', 'x'])
  })

  it('keeps what it has behind entries that it has already: they may be old', () => {
    const group = follower(2, entry(2, 2, 'a'), entry(3, 2, 'b'), entry(4, 2, 'c'))
    const [answer] = answersOf(
      group,
      newMessage('append', 1, 2, 2, { index: 1, logTerm: 1, entries: [entry(2, 2, 'a')], commit: 1 }),
    )
    expect(answer).toMatchObject({ reject: false, index: 2 })
    expect(words(group, 1)).toEqual(['a', 'b', 'c'])
  })

  it('commits no more than its leader has, and no more than it knows to be the same', () => {
    const group = follower(2, entry(2, 2, 'a'), entry(3, 2, 'b'), entry(4, 2, 'c'))
    const append = (entries: readonly Entry[], commit: number) =>
      answersOf(group, newMessage('append', 1, 2, 2, { index: 1, logTerm: 1, entries, commit }))
    append([entry(2, 2, 'a'), entry(3, 2, 'b')], 9)
    expect(group.node(1).status.committed).toBe(3)
    append([entry(2, 2, 'a'), entry(3, 2, 'b'), entry(4, 2, 'c')], 2)
    expect(group.node(1).status.committed).toBe(3)
  })

  it('campaigns after a timeout that no leader and no vote of its own has cut short', () => {
    const group = new Group(3)
    group.away.add(2).add(3)
    group.node(1).electionTimeout = electionTicks
    group.tick(1, electionTicks - 1)
    group.node(1).step(newMessage('heartbeat', 1, 2, 2))
    group.node(1).electionTimeout = electionTicks
    group.tick(1, electionTicks - 1)
    group.node(1).step(newMessage('vote', 1, 3, 3, { index: 1, logTerm: 1 }))
    group.node(1).electionTimeout = electionTicks
    group.tick(1, electionTicks - 1)
    expect(group.node(1).role).toBe('follower')
    group.tick(1, 1)
    expect(group.node(1).role).toBe('candidate')
  })

  it('votes for nobody else when it was granted, also after a restart', () => {
    const group = new Group(3)
    answersOf(group, newMessage('vote', 1, 2, 4, { index: 1, logTerm: 1 }))
    group.restart(1)
    const answers = [3, 2].flatMap((from) => answersOf(group, newMessage('vote', 1, from, 4, { index: 1, logTerm: 1 })))
    expect(answers.map(({ to, reject }) => [to, reject])).toEqual([
      [3, true],
      [2, false],
    ])
  })
})

describe('a candidate', () => {
  it('votes for itself in a new term and asks all others', () => {
    const group = new Group(5)
    const { term } = group.node(1)
    for (const id of [2, 3, 4, 5]) group.away.add(id)
    group.node(1).campaign()
    group.run()
    const asked = group.sent.filter(({ type }) => type === 'vote')
    expect(asked.map(({ to }) => to).sort()).toEqual([2, 3, 4, 5])
    for (const message of asked) expect(message).toMatchObject({ term: term + 1, index: 1, logTerm: 1 })
    expect(group.node(1).status.vote).toBe(1)
  })

  it('leads with the votes of a majority, and not with fewer', () => {
    for (const granted of [1, 2]) {
      const group = new Group(5)
      for (const id of [2, 3, 4, 5]) group.away.add(id)
      group.node(1).campaign()
      group.run()
      const { term } = group.node(1)
      for (let from = 2; from < 2 + granted; from++) group.node(1).step(newMessage('vote-response', 1, from, term))
      expect(group.node(1).role).toBe(granted === 2 ? 'leader' : 'candidate')
    }
  })

  it('follows a leader of its term', () => {
    const group = new Group(3)
    group.away.add(2).add(3)
    group.node(1).campaign()
    group.run()
    const { term } = group.node(1)
    answersOf(group, newMessage('append', 1, 3, term, { index: 1, logTerm: 1 }))
    expect(group.node(1)).toMatchObject({ role: 'follower', leader: 3, term })
  })

  it('campaigns anew when nobody wins, each after a time of its own', () => {
    const group = new Group(3)
    group.away.add(2).add(3)
    group.node(1).campaign()
    group.run()
    const waited: number[] = []
    for (let round = 0; round < 200; round++) {
      const { term } = group.node(1)
      let ticks = 0
      while (group.node(1).term === term) {
        group.tick(1, 1)
        ticks++
      }
      waited.push(ticks)
    }
    expect(Math.min(...waited)).toBe(electionTicks)
    expect(Math.max(...waited)).toBe(2 * electionTicks - 1)
    expect(new Set(waited).size).toBe(electionTicks)
  })
})

describe('a leader', () => {
  it('begins with an empty entry of its term (dissertation, section 6.4), and says so to all', () => {
    const group = new Group(3)
    group.elect(1)
    const { term } = group.node(1)
    expect(group.log(1).at(-1)).toMatchObject({ term, data: noBytes })
    const first = group.sent.filter(({ type, entries }) => type === 'append' && entries.length === 1)
    expect(first.map(({ to }) => to)).toEqual([2, 3])
  })

  it('speaks to all within a heartbeat, with nothing to say', () => {
    const group = new Group(3)
    group.elect(1)
    group.sent.length = 0
    group.tick(1, 1)
    expect(group.sent.filter(({ type }) => type === 'heartbeat').map(({ to }) => to)).toEqual([2, 3])
  })

  it('never changes what is in its own log', () => {
    const group = new Group(3)
    group.elect(1)
    group.node(1).propose(text('a'))
    group.run()
    const before = group.log(1)
    const { term, lastIndex } = group.node(1)
    answersOf(group, newMessage('append-response', 1, 2, term, { index: lastIndex, reject: true, rejectHint: 1 }))
    group.away.clear()
    group.tick(1, 3)
    expect(group.log(1)).toEqual(before)
  })

  it('goes back with a follower that refuses, until both agree, and brings it all behind that', () => {
    const group = new Group(3)
    group.elect(1)
    group.away.add(3)
    for (const word of ['a', 'b', 'c', 'd']) group.node(1).propose(text(word))
    group.run()
    group.away.clear()
    group.tick(1, 4)
    expect(words(group, 3)).toEqual(['a', 'b', 'c', 'd'])
  })

  it('commits when a majority has an entry, and tells the others', () => {
    const group = new Group(5)
    group.elect(1)
    for (const id of [3, 4, 5]) group.away.add(id)
    group.node(1).propose(text('a'))
    group.run()
    const { lastIndex } = group.node(1)
    expect(group.node(1).status.committed).toBe(lastIndex - 1)
    group.away.delete(3)
    group.tick(1, 2)
    expect(group.node(1).status.committed).toBe(lastIndex)
    expect(group.members.get(2)!.applied).toEqual(['a'])
  })

  it('takes nothing while it hands over, and goes on where the other does not answer (dissertation, section 3.10)', () => {
    const group = new Group(3)
    group.elect(1)
    group.away.add(2)
    group.node(1).transferLeader(2)
    expect(() => group.node(1).propose(text('x'))).toThrow(RaftProposalDroppedError)
    group.tick(1, electionTicks)
    group.node(1).propose(text('y'))
    group.run()
    expect(group.node(1).role).toBe('leader')
    expect(group.members.get(3)!.applied).toEqual(['y'])
  })

  it('hands over to one that has its whole log, which is elected at once', () => {
    const group = new Group(3)
    group.elect(1)
    group.node(1).propose(text('a'))
    group.run()
    group.node(1).transferLeader(2)
    group.run()
    expect(group.node(2).role).toBe('leader')
    expect(group.node(1)).toMatchObject({ role: 'follower', leader: 2 })
  })
})
