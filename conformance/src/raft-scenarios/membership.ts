import { type Members, MembershipChanger, membershipText, noMembership, progressText } from '@stratakv/raft'
import type { ScenarioCommand } from '@stratakv/testkit'
import { Arguments, ScenarioCommandError } from './arguments.ts'
import { parseChanges } from './conf-changes.ts'

/** Changes of membership, one after the other; each command is an entry of the log. */
export class MembershipScenario {
  #members: Members = { membership: noMembership, progress: new Map() }
  #lastIndex = 0

  run(command: ScenarioCommand): string {
    const args = new Arguments(command)
    const autoLeave = args.flag('autoleave')
    args.end()
    const changes = parseChanges(command.input)
    const changer = new MembershipChanger({
      lastIndex: this.#lastIndex,
      inflightCountMax: 10,
      inflightBytesMax: Number.POSITIVE_INFINITY,
    })
    this.#lastIndex++
    try {
      this.#members = change(changer, this.#members, command.name, changes, autoLeave)
    } catch (error) {
      if (error instanceof ScenarioCommandError) throw error
      return `${error instanceof Error ? error.message : String(error)}\n`
    }
    const { membership, progress } = this.#members
    const rows = [...progress.keys()]
      .sort((left, right) => left - right)
      .map((id) => `${id}: ${progressText(progress.get(id)!)}\n`)
    return `${membershipText(membership)}\n${rows.join('')}`
  }
}

function change(
  changer: MembershipChanger,
  members: Members,
  name: string,
  changes: ReturnType<typeof parseChanges>,
  autoLeave: boolean,
): Members {
  switch (name) {
    case 'simple':
      return changer.simple(members, changes)
    case 'enter-joint':
      return changer.enterJoint(members, changes, autoLeave)
    case 'leave-joint':
      if (changes.length > 0) throw new ScenarioCommandError('leave-joint takes no changes')
      return changer.leaveJoint(members)
    default:
      throw new ScenarioCommandError(`there is no command ${name}`)
  }
}
