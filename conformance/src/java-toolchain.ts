import { readFile } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import { ProgramFailedError, runProgram } from './child-program.ts'
import type { Toolchain } from './client-programs.ts'

/** A first build fetches Maven's own plugins as well. */
const buildMsMax = 15 * 60_000

/** pom.xml pins the client and the plugins; classes stay in `.bin/java-suite`, what is fetched in Maven's own repository. */
export const javaToolchain: Toolchain = {
  language: 'java',
  advice: 'install a JDK of Java 17 or newer and Maven to run client-java',
  async find() {
    try {
      // A runtime without a compiler is no help, so both are asked.
      const compiler = await runProgram('javac', ['-version'], 60_000)
      const maven = await runProgram('mvn', ['-B', '-version'], 60_000)
      const version = /^javac ([\w.]+)/m.exec(compiler.lines.join('\n'))?.[1]
      return version !== undefined && maven.code === 0
        ? { version: `Java ${version}` }
        : { missing: `javac or mvn failed: ${[...compiler.lines, ...maven.lines].join(' ')}` }
    } catch (error) {
      if (error instanceof ProgramFailedError) return { missing: `no ${error.command} on the PATH` }
      throw error
    }
  },
  async build(conformanceDir) {
    const outputDir = join(conformanceDir, '.bin', 'java-suite')
    const classpathFile = join(outputDir, 'classpath')
    const args = ['-q', '-B', 'compile', 'dependency:build-classpath', `-Dmdep.outputFile=${classpathFile}`]
    const { code, lines } = await runProgram('mvn', args, buildMsMax, { cwd: join(conformanceDir, 'java-suite') })
    if (code !== 0) throw new ProgramFailedError('mvn compile', lines.slice(-20).join('\n'))
    const classpath = [join(outputDir, 'classes'), (await readFile(classpathFile, 'utf8')).trim()].join(delimiter)
    return { java: { command: 'java', args: ['-Xmx1g', '-cp', classpath, 'stratakv.Main'] } }
  },
}
