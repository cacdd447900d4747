import { afterEach, describe, expect, it, vi } from 'vitest'
import { ClientPrograms } from '../src/client-programs.ts'
import { goToolchain } from '../src/go-toolchain.ts'
import { javaToolchain } from '../src/java-toolchain.ts'
import { raftEngineToolchain } from '../src/raft-engine-toolchain.ts'
import { rustToolchain } from '../src/rust-toolchain.ts'

afterEach(() => {
  vi.unstubAllEnvs()
})

describe('a toolchain', () => {
  it.each([
    [goToolchain, 'go'],
    [rustToolchain, 'cargo'],
    [javaToolchain, 'javac'],
    [raftEngineToolchain, 'cargo'],
  ])('that is not on the PATH is named, not tripped over', async (toolchain, command) => {
    vi.stubEnv('PATH', '')
    expect(await toolchain.find()).toEqual({ missing: `no ${command} on the PATH` })
  })

  it('that built nothing leaves a program that cannot be asked for', () => {
    const programs = new ClientPrograms({ rust: { command: 'rust-suite', args: [] } })
    expect(programs.get('rust').command).toBe('rust-suite')
    expect(() => programs.get('java')).toThrow('java was not built')
  })
})
