import { parseScenarioFile, runScenario, type ScenarioCommand } from '@stratakv/testkit'
import { Interaction } from './interaction.ts'
import { MembershipScenario } from './membership.ts'
import { runQuorumCommand } from './quorum.ts'

/** How a file went: `at` is the line of the command that failed. */
export type ScenarioOutcome =
  | { readonly passed: true; readonly commandCount: number }
  | {
      readonly passed: false
      readonly at: number
      readonly command: string
      readonly expected: string
      readonly actual: string
    }

/** Runs the text of a scenario file. Which of the suites it belongs to is told by its first command. */
export async function runScenarioText(text: string): Promise<ScenarioOutcome> {
  const commands = parseScenarioFile(text)
  const mismatch = await runScenario(commands, runnerFor(commands[0]))
  if (mismatch === undefined) return { passed: true, commandCount: commands.length }
  const { command, actual } = mismatch
  return { passed: false, at: command.line, command: command.name, expected: command.expected, actual }
}

function runnerFor(first: ScenarioCommand | undefined): (command: ScenarioCommand) => string {
  switch (first?.name) {
    case 'committed':
    case 'vote':
      return runQuorumCommand
    case 'simple':
    case 'enter-joint':
    case 'leave-joint': {
      const membership = new MembershipScenario()
      return (command) => membership.run(command)
    }
    default: {
      const interaction = new Interaction()
      return (command) => interaction.run(command)
    }
  }
}
