import { describe, expect, it } from 'vitest'
import { ChildProgram, ProgramFailedError, runProgram } from '../src/child-program.ts'

const node = process.execPath

describe('child program', () => {
  it('hands over every line of both streams before its end', async () => {
    const script = 'console.log("out"); console.error("err"); process.stdout.write("no newline"); process.exitCode = 3'
    const { code, lines, timedOut } = await runProgram(node, ['-e', script], 30_000)
    expect({ code, timedOut, lines: lines.toSorted() }).toEqual({
      code: 3,
      timedOut: false,
      lines: ['err', 'no newline', 'out'],
    })
  })

  it('is killed when its time is over', async () => {
    const { signal, timedOut } = await runProgram(node, ['-e', 'setInterval(() => {}, 1000)'], 50)
    expect({ signal, timedOut }).toEqual({ signal: 'SIGKILL', timedOut: true })
  })

  it('that ignores a signal is killed after the patience given', async () => {
    let ready = (): void => {}
    const started = new Promise<void>((resolve) => {
      ready = resolve
    })
    const program = new ChildProgram(
      node,
      ['-e', 'process.on("SIGTERM", () => {}); setInterval(() => {}, 1000); console.log("up")'],
      { onLine: () => ready() },
    )
    await started
    expect((await program.stop('SIGTERM', 50)).signal).toBe('SIGKILL')
  })

  it('that does not exist is an error of its own', async () => {
    await expect(runProgram('./no-such-program', [], 1000)).rejects.toThrow(ProgramFailedError)
  })
})
