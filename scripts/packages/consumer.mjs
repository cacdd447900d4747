// A project of somebody who installed the archives: a folder outside the tree, npm's own layout, no knowledge of our sources.
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { root, run } from './archives.mjs'

const tsc = join(root, 'node_modules', '.bin', 'tsc')

/** Strict, and our declarations are looked into as well: `skipLibCheck` would hide what they forgot to name. */
const strict = {
  target: 'ES2023',
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  skipLibCheck: false,
  types: ['node'],
}
const resolutions = {
  NodeNext: { module: 'NodeNext', moduleResolution: 'NodeNext' },
  bundler: { module: 'ESNext', moduleResolution: 'bundler' },
}

export class Consumer {
  #folder

  constructor(folder) {
    this.#folder = folder
  }

  /** Installs the archives, and the types of Node at the version that the repository has. */
  async install(archives) {
    await mkdir(this.#folder)
    await this.#write('package.json', JSON.stringify({ private: true, type: 'module' }))
    const { devDependencies } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'))
    const types = `@types/node@${devDependencies['@types/node']}`
    const paths = archives.map(({ path }) => path)
    await this.#run('npm', ['install', '--prefer-offline', '--no-audit', '--no-fund', ...paths, types])
  }

  async importEntries(entries) {
    await this.#run(process.execPath, [
      '--input-type=module',
      '--eval',
      `for (const entry of ${JSON.stringify(entries)}) await import(entry)`,
    ])
  }

  /** Type-checks a module that imports every entry, as Node resolves (`NodeNext`) or as bundlers do (`bundler`). */
  async checkTypes(entries, resolution) {
    const imports = entries.map((entry, index) => `import * as entry${index} from '${entry}'\n`).join('')
    await this.#write('entries.ts', `${imports}export { ${entries.map((_, index) => `entry${index}`).join(', ')} }\n`)
    const compilerOptions = { ...strict, ...resolutions[resolution], noEmit: true }
    await this.#write(`${resolution}.json`, JSON.stringify({ compilerOptions, files: ['entries.ts'] }))
    await this.#run(tsc, ['-p', `${resolution}.json`])
  }

  /** Compiles all programs, with types, and runs one after the other. @returns what is wrong, by name */
  async runPrograms(programs) {
    await mkdir(join(this.#folder, 'programs'))
    for (const { file, source } of programs) await this.#write(join('programs', `${file}.ts`), source)
    const compilerOptions = { ...strict, ...resolutions.NodeNext, rootDir: 'programs', outDir: 'compiled' }
    await this.#write('programs.json', JSON.stringify({ compilerOptions, include: ['programs'] }))
    await this.#run(tsc, ['-p', 'programs.json'])
    const faults = []
    for (const { file, name } of programs) {
      await this.#run(process.execPath, [join('compiled', `${file}.js`)]).catch((error) => {
        faults.push(`${name}: ${error.message}`)
      })
    }
    return faults
  }

  async runCommand(name, args) {
    await this.#run(join(this.#folder, 'node_modules', '.bin', name), args)
  }

  #write(name, content) {
    return writeFile(join(this.#folder, name), content)
  }

  /** @throws with everything the command said */
  async #run(command, args) {
    try {
      return await run(command, args, { cwd: this.#folder, maxBuffer: 16 * 1024 * 1024, timeout: 300_000 })
    } catch (error) {
      throw new Error(`${[error.stdout, error.stderr].join('').trim() || error.message}`, { cause: error })
    }
  }
}

/** The examples of a README, or of a guide, that stand alone: ```ts, but not ```ts no-run. */
export function programsOf({ name, readme }) {
  return [...readme.matchAll(/^```ts\n([\s\S]*?)^```$/gm)].map(([, source], index) => ({
    name: `${name}, example ${index + 1}`,
    file: `${name.replaceAll(/\W/g, '-')}-${index + 1}`,
    source,
  }))
}
