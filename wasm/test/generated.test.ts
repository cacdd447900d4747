import { readFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
// @ts-expect-error: the build script is plain JavaScript without types.
import { generate as generateUntyped, modules as modulesUntyped } from '../scripts/build-kernels.mjs'
import { kernelBytes } from '../src/gen/kernels.ts'
import { lz4Bytes } from '../src/gen/lz4.ts'

const generate: (module: { readonly name: string }) => Promise<string> = generateUntyped
const modules: readonly { readonly name: string }[] = modulesUntyped
const binaries: Readonly<Record<string, Uint8Array>> = { kernels: kernelBytes(), lz4: lz4Bytes() }

describe.each(modules)('generated $name', (module) => {
  it('are what their sources compile to', async () => {
    const present = await readFile(new URL(`../src/gen/${module.name}.ts`, import.meta.url), 'utf8')
    expect(present).toBe(await generate(module))
  })

  it('fit in what a browser compiles on its main thread without asking', () => {
    // What Chrome allowed `new WebAssembly.Module` there for most of its life.
    expect(binaries[module.name]!.length).toBeLessThanOrEqual(4096)
  })
})
