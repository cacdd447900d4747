import { join } from 'node:path'
import { ProgramFailedError, runProgram } from './child-program.ts'

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

/** What the suites run. */
export interface ClientPrograms {
  /** Our programs on the client-go of July 2022. */
  readonly clients2022: string
  /** The same programs on the newest client-go. */
  readonly clientsHead: string
  /** go-ycsb itself, unmodified. */
  readonly goYcsb: string
}

/** Builds all three. The Go build cache makes every build but the first a matter of seconds. */
export async function buildClients(conformanceDir: string): Promise<ClientPrograms> {
  const program = (name: string): string => join(conformanceDir, '.bin', name)
  const module2022 = join(conformanceDir, 'go-2022')
  return {
    clients2022: await buildGo(module2022, '.', program('clients-2022')),
    clientsHead: await buildGo(join(conformanceDir, 'go-head'), '.', program('clients-head')),
    goYcsb: await buildGo(module2022, 'github.com/pingcap/go-ycsb/cmd/go-ycsb', program('go-ycsb')),
  }
}
