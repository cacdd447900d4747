import { parseScenarioFile, runScenario, ScenarioSyntaxError } from '@stratakv/testkit'
import { describe, expect, it } from 'vitest'

describe('a scenario file', () => {
  it('is commands with arguments, input and output', () => {
    const [first, second] = parseScenarioFile(
      '# said first\nadd 1 at=(x, y) to=z\nin\n----\nout\n\n# between\nnext \\\n  more\n----\n----\na\n\nb\n----\n----\n',
    )
    expect(first).toEqual({
      line: 2,
      name: 'add',
      arguments: [
        { key: '1', values: [] },
        { key: 'at', values: ['x', 'y'] },
        { key: 'to', values: ['z'] },
      ],
      input: 'in',
      expected: 'out\n',
    })
    expect(second).toMatchObject({ line: 8, name: 'next', arguments: [{ key: 'more' }], expected: 'a\n\nb\n' })
  })

  it('that is none says in which line', () => {
    expect(() => parseScenarioFile('add\nno rule\n')).toThrow(ScenarioSyntaxError)
    expect(() => parseScenarioFile('\n\nadd (\n----\n')).toThrow(/line 3/)
    expect(() => parseScenarioFile('add\n----\n----\nno end\n')).toThrow(/no end/)
  })

  it('runs up to the first command that prints something else', async () => {
    const commands = parseScenarioFile('say a\n----\na\n\nsay b\n----\nc\n\nsay d\n----\nd\n')
    const run = (command: { arguments: readonly { key: string }[] }) => command.arguments[0]!.key
    const mismatch = await runScenario(commands, run)
    expect(mismatch).toMatchObject({ command: { line: 5 }, actual: 'b\n' })
    expect(await runScenario(commands.slice(0, 1), run)).toBeUndefined()
  })
})
