import { join } from 'node:path'
import { ProgramFailedError, runProgram } from './child-program.ts'
import type { Toolchain } from './client-programs.ts'
import { rustToolchain } from './rust-toolchain.ts'

/** A first build compiles some 110 crates: a minute or two on two cores. */
const buildMsMax = 30 * 60_000

/**
 * The raft-engine crate in two versions. Apart from the Rust clients, because LZ4 needs a C compiler besides. Optimised:
 * `bench raft-engine` measures the same programs.
 */
export const raftEngineToolchain: Toolchain = {
  language: 'raft-engine',
  advice: 'install Rust 1.87 or newer and a C compiler to exchange directories with the raft-engine crate',
  async find() {
    const cargo = await rustToolchain.find()
    if ('missing' in cargo) return cargo
    try {
      const { code, lines } = await runProgram('cc', ['--version'], 60_000)
      return code === 0 ? cargo : { missing: `cc --version failed: ${lines.join(' ')}` }
    } catch (error) {
      if (error instanceof ProgramFailedError) return { missing: 'no cc on the PATH' }
      throw error
    }
  },
  async build(conformanceDir) {
    const targetDir = join(conformanceDir, '.bin', 'raft-engine-rs')
    const { code, lines } = await runProgram('cargo', ['build', '--release', '--locked'], buildMsMax, {
      cwd: join(conformanceDir, 'raft-engine-rs'),
      env: { CARGO_TARGET_DIR: targetDir },
    })
    if (code !== 0) throw new ProgramFailedError('cargo build', lines.slice(-20).join('\n'))
    const program = (name: string) => ({ command: join(targetDir, 'release', name), args: [] })
    return { raftEngine02: program('raft-engine-0-2'), raftEngine04: program('raft-engine-0-4') }
  },
}
