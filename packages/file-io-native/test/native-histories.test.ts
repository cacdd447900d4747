import type { File } from '@stratakv/core'
import { createNodeFileSystem } from '@stratakv/file-io'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { configurations, describeNative, nativeDisk } from './native-disks.ts'

/** Offsets and lengths that fall on, beside and across the borders of blocks and of the buffer that O_DIRECT goes through. */
const edge = fc.oneof(
  fc.nat(20_000),
  fc
    .tuple(fc.constantFrom(512, 4_096, 8_192, 12_288), fc.integer({ min: -2, max: 2 }))
    .map(([border, beside]) => border + beside),
)
const step = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      type: fc.constant('write' as const),
      offset: edge,
      lengths: fc.array(edge, { maxLength: 4 }),
      sync: fc.constantFrom(undefined, 'data' as const, 'all' as const),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ type: fc.constant('append' as const), lengths: fc.array(edge, { maxLength: 3 }) }),
  },
  { weight: 3, arbitrary: fc.record({ type: fc.constant('read' as const), offset: edge, length: edge }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('truncate' as const), size: edge }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('allocate' as const), offset: edge, length: edge }) },
)

for (const { name, options } of configurations) {
  describeNative(`${name}: any history of one file`, () => {
    it('leaves the bytes that a plain array would have, also in the eyes of node:fs', async () => {
      const { fs, root, dispose } = await nativeDisk(options)
      const node = createNodeFileSystem()
      let run = 0
      await fc.assert(
        fc.asyncProperty(fc.array(step, { maxLength: 14 }), async (steps) => {
          const path = `${root}/${run++}`
          const file = await fs.open(path, 'create-new')
          let model: Uint8Array = new Uint8Array(0)
          for (const [index, each] of steps.entries()) model = await play(file, model, each, index)
          expect(await file.sizeBytes()).toBe(model.length)
          await file.close()
          const seen = await node.open(path, 'read')
          same(await contentOf(seen), model)
          await seen.close()
          await fs.remove(path)
        }),
        { numRuns: 60 },
      )
      await dispose()
    })

    it('holds over writes longer than any buffer of ours, aligned or not', async () => {
      const { fs, root, dispose } = await nativeDisk(options)
      const file = await fs.open(`${root}/a`, 'create')
      const sizeBytes = 3 * 2 ** 20 + 777
      let model: Uint8Array = new Uint8Array(0)
      for (const [index, offset] of [0, 1, 4_096, 100_003, 2 ** 20].entries()) {
        model = await play(file, model, { type: 'write', offset, lengths: [sizeBytes, 1, 4_095], sync: 'data' }, index)
        same(await contentOf(file), model)
      }
      await file.close()
      await dispose()
    })
  })
}

type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never

async function play(file: File, model: Uint8Array, each: Step, seed: number): Promise<Uint8Array> {
  switch (each.type) {
    case 'write': {
      const chunks = chunksOf(each.lengths, seed)
      await file.writeAt(chunks, each.offset, each.sync)
      return over(model, each.offset, chunks)
    }
    case 'append': {
      const chunks = chunksOf(each.lengths, seed)
      expect(await file.append(chunks)).toBe(model.length)
      return over(model, model.length, chunks)
    }
    case 'read': {
      const target = new Uint8Array(each.length).fill(0xee)
      const expected = model.subarray(each.offset, each.offset + each.length)
      expect(await file.readAt(target, each.offset)).toBe(expected.length)
      same(target.subarray(0, expected.length), expected)
      expect(target.subarray(expected.length).every((byte) => byte === 0xee)).toBe(true)
      return model
    }
    case 'truncate':
      await file.truncate(each.size)
      return resized(model, each.size)
    case 'allocate':
      await file.allocate(each.offset, each.length)
      return resized(model, Math.max(model.length, each.offset + each.length))
  }
}

function chunksOf(lengths: readonly number[], seed: number): Uint8Array[] {
  return lengths.map((length, order) => new Uint8Array(length).fill(1 + ((seed * 5 + order) % 250)))
}

function over(model: Uint8Array, offset: number, chunks: readonly Uint8Array[]): Uint8Array {
  const data = Buffer.concat(chunks)
  if (data.length === 0) return model
  const next = resized(model, Math.max(model.length, offset + data.length))
  next.set(data, offset)
  return next
}

function resized(model: Uint8Array, sizeBytes: number): Uint8Array {
  const next = new Uint8Array(sizeBytes)
  next.set(model.subarray(0, sizeBytes))
  return next
}

async function contentOf(file: File): Promise<Uint8Array> {
  const content = new Uint8Array((await file.sizeBytes()) + 1)
  return content.subarray(0, await file.readAt(content, 0))
}

/** The matcher is slow on long arrays: it is asked when there is a difference to print. */
function same(found: Uint8Array, expected: Uint8Array): void {
  if (Buffer.compare(found, expected) !== 0) expect(found).toEqual(expected)
}
