import { below, concatBytes, FileIoError, type FileSystem, fileError, type Random } from '@stratakv/core'
import { type ArmedFault, anyPrefix, type Fault, type FaultRule, RuleState } from './fault-rule.ts'
import { type FileCall, InterceptedFileSystem } from './intercepted-file-system.ts'

export interface FaultyFileSystemOptions {
  /** Decides where a write is cut, which bit flips, and over chances. */
  readonly random: Random
  /** Armed from the start. */
  readonly rules?: readonly FaultRule[]
}

/** A file system that fails on purpose. Without rules it is the one it wraps. */
export interface FaultyFileSystem extends FileSystem {
  readonly inner: FileSystem
  /** In the order in which they are asked; the first that fires decides a call, and those behind it do not count that call. */
  readonly armed: readonly ArmedFault[]
  arm(rule: FaultRule): ArmedFault
  /** Its rules, one a line, with how often each fired. */
  toString(): string
}

export function faultyFileSystem(inner: FileSystem, options: FaultyFileSystemOptions): FaultyFileSystem {
  return new Faulty(inner, options)
}

const sectorBytes = 512

class Faulty extends InterceptedFileSystem implements FaultyFileSystem {
  readonly #random: Random
  #armed: readonly RuleState[] = []

  constructor(inner: FileSystem, { random, rules = [] }: FaultyFileSystemOptions) {
    super(inner, (call, run) => this.#pass(call, run))
    this.#random = random
    for (const rule of rules) this.arm(rule)
  }

  get armed(): readonly ArmedFault[] {
    return this.#armed
  }

  arm(rule: FaultRule): ArmedFault {
    const state = new RuleState(rule, (gone) => {
      this.#armed = this.#armed.filter((other) => other !== gone)
    })
    this.#armed = [...this.#armed, state]
    return state
  }

  override toString(): string {
    return ['faulty file system', ...this.#armed.map(String)].join('\n  ')
  }

  async #pass<T>(call: FileCall, run: () => Promise<T>): Promise<T> {
    const fault = this.#armed.find((state) => state.fires(call, this.#random))?.rule.fault
    if (fault === undefined) return run()
    switch (fault.type) {
      case 'error':
        await this.#writeSome(call, (data) => [[0, anyPrefix(data.length, this.#random)]])
        throw errorFor(fault, call)
      case 'torn-write':
        await this.#writeSome(call, (data, offset) => this.#someSectors(data.length, offset))
        throw new FileIoError(call.path, call.operation, 'EIO')
      case 'short-read': {
        const readCount = Number(await run())
        // One byte at least is missing, unless there was none.
        return below(this.#random, Math.max(1, readCount)) as T
      }
      case 'flip-bit': {
        const result = await run()
        const readCount = Number(result)
        if (readCount > 0) {
          const bit = below(this.#random, readCount * 8)
          call.target![bit >> 3]! ^= 1 << (bit & 7)
        }
        return result
      }
      case 'lie':
        // Only calls without a result can be lied about.
        return undefined as T
    }
  }

  /** Lets the ranges of a write arrive that `choose` names, as `[start, end)` in the data. Other calls do nothing. */
  async #writeSome(call: FileCall, choose: (data: Uint8Array, offset: number) => [number, number][]): Promise<void> {
    const { file, chunks } = call
    if (file === undefined || chunks === undefined) return
    const data = concatBytes(...chunks)
    const offset = call.offset ?? (await file.sizeBytes())
    for (const [start, end] of choose(data, offset)) {
      if (end > start) await file.writeAt([data.subarray(start, end)], offset + start)
    }
  }

  #someSectors(lengthBytes: number, offset: number): [number, number][] {
    const kept: [number, number][] = []
    for (let start = 0; start < lengthBytes; ) {
      const end = Math.min(lengthBytes, start + sectorBytes - ((offset + start) % sectorBytes))
      if (below(this.#random, 2) === 0) kept.push([start, end])
      start = end
    }
    return kept
  }
}

function errorFor(fault: Fault & { readonly type: 'error' }, { path, newPath, operation }: FileCall): Error {
  return fileError(fault.errno, fault.errno === 'EEXIST' ? (newPath ?? path) : path, operation)
}
