import { newMessage, RaftLocalMessageError, RaftProposalDroppedError } from '@stratakv/raft'
import { describe, expect, it } from 'vitest'
import { electionTicks, Group, text } from './group.ts'

describe('elections (Raft paper, sections 5.2 and 5.4.1)', () => {
  it('give a node one vote a term, also to who asks again', () => {
    const group = new Group(5)
    const voter = group.node(1)
    const ask = (from: number) => newMessage('vote', 1, from, 5, { index: 1, logTerm: 1 })
    voter.step(ask(2))
    voter.step(ask(3))
    voter.step(ask(2))
    const answers = voter.ready().messages.map(({ to, reject }) => `${to} ${reject ? 'no' : 'yes'}`)
    expect(answers).toEqual(['2 yes', '3 no', '2 yes'])
  })

  it('are not won with a log that lacks what a voter has', () => {
    const group = new Group(3)
    group.elect(1)
    group.away.add(3)
    group.node(1).propose(text('x'))
    group.run()
    group.away.clear()
    group.away.add(1)
    group.elect(3)
    expect(group.node(3).role).not.toBe('leader')
    group.elect(2)
    expect(group.node(2).role).toBe('leader')
    expect(group.members.get(3)!.applied).toEqual(['x'])
  })

  it('do not disturb a group whose leader is well, with pre-vote and check-quorum', () => {
    const group = new Group(3, { preVote: true, checkQuorum: true })
    group.elect(1)
    const { term } = group.node(1)
    group.away.add(3)
    group.tick(3, 5 * electionTicks)
    expect(group.node(3).term).toBe(term)
    group.away.clear()
    group.tick(1, 2)
    expect(group.node(1).role).toBe('leader')
    expect(group.node(3).leader).toBe(1)
  })

  it('end the rule of a leader that hears of no majority', () => {
    const group = new Group(3, { checkQuorum: true })
    group.elect(1)
    group.away.add(1)
    group.tick(1, 2 * electionTicks)
    expect(group.node(1).role).toBe('follower')
  })
})

describe('replication (Raft paper, sections 5.3 and 5.4.2)', () => {
  it('puts a leader’s entries in the place of those that were never committed', () => {
    const group = new Group(3)
    group.elect(1)
    group.away.add(1)
    for (const word of ['a', 'b', 'c']) group.node(1).propose(text(word))
    group.run()
    group.elect(2)
    group.node(2).propose(text('z'))
    group.run()
    group.away.clear()
    group.tick(2, 3)
    expect(group.log(1)).toEqual(group.log(2))
    expect(group.members.get(1)!.applied).toEqual(['z'])
  })

  it('commits an entry of an earlier term only with one of its own', () => {
    const group = new Group(3)
    group.elect(1)
    group.away.add(2).add(3)
    group.node(1).propose(text('old'))
    group.run()
    const leader = group.node(1)
    const { committed, lastIndex: old } = leader.status
    expect(committed).toBe(old - 1)
    // It is deposed, and elected again, alone with its answers.
    leader.step(newMessage('heartbeat', 1, 3, 9))
    group.elect(1)
    const { term } = leader
    leader.step(newMessage('vote-response', 1, 2, term))
    group.run()
    expect(leader.role).toBe('leader')
    for (const from of [2, 3]) leader.step(newMessage('append-response', 1, from, term, { index: old }))
    group.run()
    expect(leader.status.committed).toBe(committed)
    leader.step(newMessage('append-response', 1, 2, term, { index: old + 1 }))
    group.run()
    expect(leader.status.committed).toBe(old + 1)
    expect(group.members.get(1)!.applied).toEqual(['old'])
  })

  it('finds where two logs part in one question a term', () => {
    const group = new Group(3)
    group.elect(1)
    group.away.add(1)
    for (let count = 0; count < 100; count++) group.node(1).propose(text(`lost ${count}`))
    group.run()
    group.elect(2)
    for (let count = 0; count < 100; count++) group.node(2).propose(text(`kept ${count}`))
    group.run()
    group.sent.length = 0
    group.away.clear()
    group.tick(2, 3)
    expect(group.sent.filter(({ type, reject }) => type === 'append-response' && reject).length).toBeLessThan(4)
    expect(group.log(1)).toEqual(group.log(2))
  })
})

describe('what a leader is spared (Raft dissertation, section 10.2)', () => {
  const appendsTo = (group: Group, id: number) =>
    group.sent.filter(({ type, to }) => type === 'append' && to === id).map(({ entries }) => entries.length)

  it('is an append an entry, where several are proposed together', () => {
    const group = new Group(3)
    group.elect(1)
    group.sent.length = 0
    group.node(1).proposeAll(['a', 'b', 'c'].map(text))
    group.run()
    // The second tells that they are committed.
    expect(appendsTo(group, 2)).toEqual([3, 0])
    expect(group.members.get(2)!.applied).toEqual(['a', 'b', 'c'])
  })

  it('is a message about a commit, where entries are on their way; the last of them brings it', () => {
    for (const tellsCommitLater of [false, true]) {
      const group = new Group(3, { tellsCommitLater })
      group.elect(1)
      group.sent.length = 0
      group.slow.add(1)
      group.node(1).propose(text('a'))
      group.run()
      const answersOfA = group.held.splice(0)
      group.node(1).propose(text('b'))
      group.run()
      for (const answer of answersOfA) group.node(1).step(answer)
      expect(group.node(1).status.committed).toBe(group.node(1).lastIndex - 1)
      group.run()
      expect(appendsTo(group, 2)).toEqual(tellsCommitLater ? [1, 1] : [1, 1, 0])
      group.slow.clear()
      for (const answer of group.held) group.node(1).step(answer)
      group.run()
      for (const id of [2, 3]) expect(group.members.get(id)!.applied).toEqual(['a', 'b'])
    }
  })
})

describe('reads (Raft dissertation, section 6.4)', () => {
  it('wait for a majority to have heard of the leader after they were asked', () => {
    const group = new Group(3)
    group.elect(1)
    group.away.add(2).add(3)
    const leader = group.node(1)
    leader.readIndex(text('r'))
    while (leader.hasReady) {
      expect(leader.ready().readStates).toEqual([])
      leader.advance()
    }
    group.away.clear()
    group.node(1).tick()
    const { committed } = leader.status
    leader.step(newMessage('heartbeat-response', 1, 2, leader.term, { context: contextOf(leader.ready().messages) }))
    leader.advance()
    expect(leader.ready().readStates).toEqual([{ index: committed, context: text('r') }])
  })
})

const contextOf = (messages: readonly { readonly type: string; readonly context: Uint8Array }[]) =>
  messages.find(({ type }) => type === 'heartbeat')!.context

describe('what nobody may ask', () => {
  it('is refused by name', () => {
    const group = new Group(3)
    expect(() => group.node(1).step(newMessage('hup', 1, 2, 0))).toThrow(RaftLocalMessageError)
    expect(() => group.node(1).propose(text('x'))).toThrow(RaftProposalDroppedError)
  })
})
