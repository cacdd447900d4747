import { describe, expect, it } from 'vitest'
import { runScenarioText } from '../../src/raft-scenarios/scenario-run.ts'

const electOne = `add-nodes 1 voters=(1) index=3
----
INFO 1 switched to configuration voters=(1)
INFO 1 became follower at term 0
INFO newRaft 1 [peers: [1], term: 0, commit: 3, applied: 3, lastindex: 3, lastterm: 1]

log-level none
----
ok

campaign 1
----
ok

stabilize
----
ok

log-level debug
----
ok

raft-state
----
1: StateLeader (Voter) Term:1 Lead:1
`

describe('a scenario of the core', () => {
  it('passes when everything is printed as expected', async () => {
    expect(await runScenarioText(electOne)).toEqual({ passed: true, commandCount: 6 })
  })

  it('fails at the command that prints something else', async () => {
    const outcome = await runScenarioText(electOne.replace('StateLeader', 'StateFollower'))
    expect(outcome).toMatchObject({ passed: false, at: 23, command: 'raft-state' })
  })

  it('fails at a command that there is not', async () => {
    expect(await runScenarioText('fly 1\n----\nok\n')).toMatchObject({ passed: false, at: 1 })
  })
})
