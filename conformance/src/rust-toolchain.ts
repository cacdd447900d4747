import { join } from 'node:path'
import { ProgramFailedError, runProgram } from './child-program.ts'
import type { Toolchain } from './client-programs.ts'

/** A first build compiles some 125 crates: under two minutes on two cores. */
const buildMsMax = 30 * 60_000

/** Cargo.lock pins everything; what is compiled stays in `.bin/rust-suite`, what is fetched in Cargo's own cache. */
export const rustToolchain: Toolchain = {
  language: 'rust',
  advice: 'install Rust 1.85 or newer to run client-rust',
  async find() {
    try {
      const { code, lines } = await runProgram('cargo', ['--version'], 60_000)
      return code === 0 && lines[0] ? { version: lines[0] } : { missing: `cargo --version failed: ${lines.join(' ')}` }
    } catch (error) {
      if (error instanceof ProgramFailedError) return { missing: 'no cargo on the PATH' }
      throw error
    }
  },
  async build(conformanceDir) {
    const targetDir = join(conformanceDir, '.bin', 'rust-suite')
    const { code, lines } = await runProgram('cargo', ['build', '--locked'], buildMsMax, {
      cwd: join(conformanceDir, 'rust-suite'),
      env: { CARGO_TARGET_DIR: targetDir },
    })
    if (code !== 0) throw new ProgramFailedError('cargo build', lines.slice(-20).join('\n'))
    return { rust: { command: join(targetDir, 'debug', 'strata-rust-suite'), args: [] } }
  },
}
