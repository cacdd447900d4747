/** Programs of the suites, named for what they drive a node through. */
export type ProgramName =
  /** Ours, on the client-go of July 2022. */
  | 'clients2022'
  /** The same programs on the newest client-go. */
  | 'clientsHead'
  /** go-ycsb itself, unmodified. */
  | 'goYcsb'
  /** Ours, on client-rust. */
  | 'rust'
  /** Ours, on client-java. */
  | 'java'
  /** Ours, on the raft-engine crate that TiKV 6.1 ran. */
  | 'raftEngine02'
  /** The same on the newest. */
  | 'raftEngine04'

/** What a suite needs to be built: a language, or a program in one that needs more than it. */
export type Language = 'go' | 'rust' | 'java' | 'raft-engine'

/** What to start, and the arguments that come before the program's own. */
export interface ClientProgram {
  readonly command: string
  readonly args: readonly string[]
}

export type BuiltPrograms = Partial<Readonly<Record<ProgramName, ClientProgram>>>

/** One language's compiler on this machine, and the programs that it builds. */
export interface Toolchain {
  readonly language: Language
  /** For the skip that says it is missing: what to install, and for what. */
  readonly advice: string
  find(): Promise<{ readonly version: string } | { readonly missing: string }>
  /** Builds into `.bin/` of the folder. Throws ProgramFailedError with the compiler's last lines. */
  build(conformanceDir: string): Promise<BuiltPrograms>
}

/** What was built. Suites ask only for programs of the languages that they name. */
export class ClientPrograms {
  private readonly built: BuiltPrograms

  constructor(built: BuiltPrograms) {
    this.built = built
  }

  get(name: ProgramName): ClientProgram {
    const program = this.built[name]
    if (!program) throw new Error(`the program ${name} was not built: its language is missing in the suite's list`)
    return program
  }
}
