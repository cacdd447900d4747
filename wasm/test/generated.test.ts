import { readFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
// @ts-expect-error: the build script is plain JavaScript without types.
import { generate as generateUntyped } from '../scripts/build-kernels.mjs'
import { kernelBytes } from '../src/gen/kernels.ts'

const generate: () => Promise<string> = generateUntyped

describe('generated kernels', () => {
  it('are what their sources compile to', async () => {
    const present = await readFile(new URL('../src/gen/kernels.ts', import.meta.url), 'utf8')
    expect(present).toBe(await generate())
  })

  it('fit in what a browser compiles on its main thread without asking', () => {
    // Chrome's limit for `new WebAssembly.Module` there.
    expect(kernelBytes().length).toBeLessThanOrEqual(4096)
  })
})
