import { fileURLToPath } from 'node:url'
import { createContext, runInContext } from 'node:vm'
import { build } from 'esbuild'
import { describe, expect, it } from 'vitest'

const entry = `
  import * as wasm from '@stratakv/wasm'
  globalThis.instancesAfterImport = globalThis.instanceCount
  const digits = Uint8Array.of(0x31, 0x32, 0x33, 0x34, 0x35, 0x36, 0x37, 0x38, 0x39)
  const hex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
  globalThis.run = async () => {
    const checksum = wasm.createChecksum({ kernels: wasm.createKernels(), native: wasm.findNativeChecksum() })
    const loaded = await wasm.loadKernels()
    return {
      crc32: checksum.crc32(digits).toString(16),
      crc32c: loaded.crc32c(digits).toString(16),
      crc64: checksum.crc64(digits).toString(16),
      crc64Twin: wasm.createTwinChecksum().crc64(digits).toString(16),
      encoded: hex(wasm.encodeBytes(digits)),
      block: hex(wasm.createCompressor().compress(new Uint8Array(40).fill(0x61))),
      native: wasm.findNativeChecksum() === undefined ? 'none' : 'some',
    }
  }
`

/** Counts instances, in a context that has what the language and WebAssembly give and nothing of Node or a DOM. */
function createBareContext(): { instanceCount: number; instancesAfterImport?: number; run?: () => Promise<unknown> } {
  const context = createContext({ instanceCount: 0 })
  runInContext(
    `{
      const { Instance } = WebAssembly
      WebAssembly.Instance = class extends Instance { constructor(...given) { super(...given); instanceCount++ } }
    }`,
    context,
  )
  return context as ReturnType<typeof createBareContext>
}

describe('browser bundle', () => {
  it('needs nothing of Node, and instantiates nothing on import', async () => {
    const bundled = await build({
      stdin: { contents: entry, resolveDir: fileURLToPath(new URL('.', import.meta.url)), loader: 'js' },
      bundle: true,
      platform: 'browser',
      conditions: ['stratakv-source'],
      // The bundle is run as a script; as an ES module in a browser, import.meta.url is the page's own.
      define: { 'import.meta.url': '"https://example.invalid/"' },
      format: 'iife',
      write: false,
      logLevel: 'silent',
    })
    const code = bundled.outputFiles[0]!.text
    expect(bundled.warnings).toEqual([])
    expect(code).not.toMatch(/\brequire\(["']/)

    const context = createBareContext()
    runInContext(code, context)
    expect(context.instancesAfterImport).toBe(0)
    expect(await context.run!()).toEqual({
      crc32: 'cbf43926',
      crc32c: 'e3069283',
      crc64: '995dc9bbdf1939fa',
      crc64Twin: '995dc9bbdf1939fa',
      encoded: `3132333435363738ff3900000000000000f8`,
      block: '1f6101000f506161616161',
      native: 'none',
    })
    expect(context.instanceCount).toBe(3)
  })
})
