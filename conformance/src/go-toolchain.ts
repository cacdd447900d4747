import { join } from 'node:path'
import { ProgramFailedError, runProgram } from './child-program.ts'
import type { ClientProgram, Toolchain } from './client-programs.ts'

/** A first build on a cold cache fetches and compiles some four hundred packages. */
const buildMsMax = 30 * 60_000

/** The Go command of this machine, or why there is none. */
export async function findGo(): Promise<{ readonly version: string } | { readonly missing: string }> {
  try {
    const { code, lines } = await runProgram('go', ['env', 'GOVERSION'], 60_000)
    return code === 0 && lines[0] ? { version: lines[0] } : { missing: `go env failed: ${lines.join(' ')}` }
  } catch (error) {
    if (error instanceof ProgramFailedError) return { missing: 'no go on the PATH' }
    throw error
  }
}

/** Builds one main package of the module in `moduleDir`; its go.sum pins everything. Returns the program's path. */
export async function buildGo(moduleDir: string, packagePath: string, program: string): Promise<string> {
  const { code, lines } = await runProgram('go', ['build', '-o', program, packagePath], buildMsMax, { cwd: moduleDir })
  if (code !== 0) throw new ProgramFailedError(`go build ${packagePath}`, lines.slice(-20).join('\n'))
  return program
}

/** The Go build cache makes every build but the first a matter of seconds. */
export const goToolchain: Toolchain = {
  language: 'go',
  advice: 'install Go 1.26 to run client-go, go-ycsb, and the checks of what other clients wrote through kills',
  find: findGo,
  async build(conformanceDir) {
    const build = async (module: string, packagePath: string, name: string): Promise<ClientProgram> => {
      const program = join(conformanceDir, '.bin', name)
      return { command: await buildGo(join(conformanceDir, module), packagePath, program), args: [] }
    }
    return {
      clients2022: await build('go-2022', '.', 'clients-2022'),
      clientsHead: await build('go-head', '.', 'clients-head'),
      goYcsb: await build('go-2022', 'github.com/pingcap/go-ycsb/cmd/go-ycsb', 'go-ycsb'),
    }
  },
}
