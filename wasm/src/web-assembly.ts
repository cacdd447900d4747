/**
 * The part of the WebAssembly JavaScript API used here. Node's types leave it out, and the DOM's types would let
 * a package that runs without a DOM use one by mistake.
 */
export interface WebAssemblyApi {
  readonly Module: new (bytes: Uint8Array<ArrayBuffer>) => WasmModule
  readonly Instance: new (module: WasmModule, imports?: WasmImports) => { readonly exports: unknown }
  /** `initial` is in pages of 64 KiB. */
  readonly Memory: new (descriptor: {
    readonly initial: number
  }) => WasmMemory
  compile(bytes: Uint8Array<ArrayBuffer>): Promise<WasmModule>
}

declare const wasmModule: unique symbol

/** Compiled code without state. */
export interface WasmModule {
  readonly [wasmModule]: true
}

/** Linear memory. Growing it detaches `buffer` and every view over it. */
export interface WasmMemory {
  readonly buffer: ArrayBuffer
  /** Adds pages of 64 KiB and returns how many there were. Throws `RangeError` past the limit. */
  grow(pageCount: number): number
}

/** What a module is given. */
export interface WasmImports {
  readonly env: { readonly memory: WasmMemory }
}

export interface WasmGlobal {
  readonly value: number
}

/** Looked up when called, so that importing this package does nothing. */
export function webAssembly(): WebAssemblyApi {
  return (globalThis as unknown as { readonly WebAssembly: WebAssemblyApi }).WebAssembly
}
