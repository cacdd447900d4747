// Runs in the browser: the compliance suites over what @stratakv/memory and @stratakv/wasm ship, on a test runner of thirty lines.
import { systemRandom } from '@stratakv/core'
import {
  checksumCompliance,
  compressorCompliance,
  fileSystemCompliance,
  kvEngineCompliance,
} from '@stratakv/core/compliance'
import { createMemoryDisk, createMemoryEngine } from '@stratakv/memory'
import {
  createCompressor,
  createKernels,
  createTwinChecksum,
  createTwinCompressor,
  decodeBytes,
  encodeBytes,
  loadKernels,
} from '@stratakv/wasm'

const tests = []
const path = []

function describe(name, body) {
  path.push(name)
  body()
  path.pop()
}

function it(name, body) {
  tests.push({ name: [...path, name].join(' > '), body })
}

function expect(actual) {
  const demand = (holds, what) => {
    if (!holds) throw new Error(`expected ${show(actual)} ${what}`)
  }
  return {
    toBe: (expected) => demand(Object.is(actual, expected), `to be ${show(expected)}`),
    toEqual: (expected) => demand(isEqual(actual, expected), `to equal ${show(expected)}`),
    toBeInstanceOf: (expected) => demand(actual instanceof expected, `to be a ${expected.name}`),
    toBeUndefined: () => demand(actual === undefined, 'to be undefined'),
    toBeGreaterThan: (expected) => demand(actual > expected, `to be greater than ${show(expected)}`),
  }
}

/** By structure; a property that is undefined is as good as none, as with Vitest's and Jest's toEqual. */
function isEqual(left, right) {
  if (Object.is(left, right)) return true
  if (typeof left !== 'object' || typeof right !== 'object' || left === null || right === null) return false
  if (Array.isArray(left) !== Array.isArray(right)) return false
  if (left instanceof Set) return right instanceof Set && isEqual([...left], [...right])
  if (ArrayBuffer.isView(left)) {
    return left.length === right.length && left.every((each, index) => each === right[index])
  }
  const keys = new Set([...Object.keys(left), ...Object.keys(right)])
  return [...keys].every((key) => isEqual(left[key], right[key]))
}

function show(value) {
  const text = (_, each) => (typeof each === 'bigint' ? `${each}n` : ArrayBuffer.isView(each) ? [...each] : each)
  return String(JSON.stringify(value, text)).slice(0, 500)
}

const t = { describe, it, expect }

describe('memory engine', () => {
  kvEngineCompliance(t, {
    async create() {
      const engine = createMemoryEngine()
      return { engine, dispose: () => engine.close() }
    },
  })
})

describe('memory disk', () => {
  fileSystemCompliance(t, {
    async create() {
      const fs = createMemoryDisk({ random: systemRandom() })
      await fs.createDirectory('/data')
      return { fs, root: '/data', dispose: async () => {} }
    },
    ownDisk: true,
  })
})

describe('wasm kernels', () => checksumCompliance(t, { create: () => createKernels() }))
describe('wasm kernels, compiled off the main thread', () => checksumCompliance(t, { create: () => loadKernels() }))
describe('their twins', () => checksumCompliance(t, { create: createTwinChecksum }))
describe('LZ4 kernels', () => compressorCompliance(t, { create: () => createCompressor() }))
describe('LZ4 twin', () => compressorCompliance(t, { create: createTwinCompressor }))

describe('keys', () => {
  /** Nine bytes for eight: groups with a count of what is padding (TiKV's memcomparable form). */
  const answers = [
    [[], [0, 0, 0, 0, 0, 0, 0, 0, 0xf7]],
    [
      [1, 2, 3],
      [1, 2, 3, 0, 0, 0, 0, 0, 0xfa],
    ],
    [
      [1, 2, 3, 4, 5, 6, 7, 8],
      [1, 2, 3, 4, 5, 6, 7, 8, 0xff, 0, 0, 0, 0, 0, 0, 0, 0, 0xf7],
    ],
  ]
  for (const [plain, encoded] of answers) {
    it(`of ${plain.length} bytes have their known form, there and back, kernel and twin`, () => {
      expect(encodeBytes(Uint8Array.from(plain))).toEqual(Uint8Array.from(encoded))
      expect(decodeBytes(Uint8Array.from(encoded)).key).toEqual(Uint8Array.from(plain))
      const kernels = createKernels()
      const [source, target] = [kernels.arenaStart, kernels.arenaStart + 64]
      kernels.reserveArena(128)
      kernels.view().set(plain, source)
      const lengthBytes = kernels.encodeBytesAt(source, plain.length, target)
      expect(kernels.view().slice(target, target + lengthBytes)).toEqual(Uint8Array.from(encoded))
      expect(kernels.decodeBytesAt(target, lengthBytes, source)).toBe(plain.length)
      expect(kernels.view().slice(source, source + plain.length)).toEqual(Uint8Array.from(plain))
    })
  }
})

/** Called by the driver. */
globalThis.runTests = async () => {
  const outcomes = []
  for (const { name, body } of tests) {
    try {
      await body()
      outcomes.push({ name })
    } catch (error) {
      outcomes.push({ name, error: String(error?.stack ?? error) })
    }
  }
  return outcomes
}
