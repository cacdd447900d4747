import { readFile, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import asc from 'assemblyscript/asc'

const packageFolder = fileURLToPath(new URL('..', import.meta.url))

/**
 * The modules: LZ4 is one of its own so that each stays below what a browser compiles on its main thread, and so that it can
 * work on a memory without the tables of the others.
 */
export const modules = [
  {
    name: 'kernels',
    entry: 'assembly/index.ts',
    bytes: 'kernelBytes',
    what: 'checksums and keys',
    flags: ['--enable', 'simd'],
  },
  { name: 'lz4', entry: 'assembly/lz4.ts', bytes: 'lz4Bytes', what: 'LZ4', flags: ['--importMemory'] },
]

/** Compiles a module and returns the text of its generated source file. */
export async function generate({ entry, bytes, what, flags }) {
  let binary
  const { error, stderr } = await asc.main(
    [
      ...[entry, '--outFile', 'kernels.wasm', '--baseDir', packageFolder, ...flags],
      // No allocator and no collector: assembly/layout.ts says what lies where. The arena is grown behind it.
      ...['-O3', '--converge', '--noAssert', '--runtime', 'stub', '--memoryBase', '81920', '--initialMemory', '2'],
    ],
    { writeFile: (_name, contents) => (binary = contents) },
  )
  if (error || !binary) throw new Error(`asc failed\n${stderr.toString()}`, { cause: error })
  const rows = []
  for (let at = 0; at < binary.length; at += 32) rows.push(`  ${binary.subarray(at, at + 32).join(',')},`)
  return `// Generated from assembly/ by scripts/build-kernels.mjs. Do not edit: run \`npm run build\` in this folder.

/** The compiled kernels for ${what}, ${binary.length} bytes. A new array each call. */
export const ${bytes} = (): Uint8Array<ArrayBuffer> => new Uint8Array([
${rows.join('\n')}
])
`
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const module of modules) {
    const file = fileURLToPath(new URL(`../src/gen/${module.name}.ts`, import.meta.url))
    const text = await generate(module)
    const present = await readFile(file, 'utf8').catch(() => '')
    if (text !== present) await writeFile(file, text)
  }
}
