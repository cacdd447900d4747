import { readFile, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import asc from 'assemblyscript/asc'

const packageFolder = fileURLToPath(new URL('..', import.meta.url))
const generatedFile = fileURLToPath(new URL('../src/gen/kernels.ts', import.meta.url))

/** Compiles the kernels and returns the text of the generated source file. */
export async function generate() {
  let binary
  const { error, stderr } = await asc.main(
    [
      'assembly/index.ts',
      ...['--outFile', 'kernels.wasm', '--baseDir', packageFolder],
      // No allocator and no collector: the layout is fixed. One page for it, and the arena is grown behind it.
      ...['-O3', '--converge', '--noAssert', '--runtime', 'stub', '--memoryBase', '65536', '--initialMemory', '1'],
    ],
    { writeFile: (_name, contents) => (binary = contents) },
  )
  if (error || !binary) throw new Error(`asc failed\n${stderr.toString()}`, { cause: error })
  const rows = []
  for (let at = 0; at < binary.length; at += 32) rows.push(`  ${binary.subarray(at, at + 32).join(',')},`)
  return `// Generated from assembly/ by scripts/build-kernels.mjs. Do not edit: run \`npm run build\` in this folder.

/** The compiled kernels, ${binary.length} bytes. A new array each call. */
export const kernelBytes = (): Uint8Array<ArrayBuffer> => new Uint8Array([
${rows.join('\n')}
])
`
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const text = await generate()
  const present = await readFile(generatedFile, 'utf8').catch(() => '')
  if (text !== present) await writeFile(generatedFile, text)
}
