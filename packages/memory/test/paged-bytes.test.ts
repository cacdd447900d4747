import { equalBytes } from '@stratakv/core'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { PagedBytes, pageBytes } from '../src/paged-bytes.ts'

interface Twins {
  pages: PagedBytes
  plain: Uint8Array
}

const span = pageBytes * 3

const step = fc.oneof(
  fc.record({
    type: fc.constant('write' as const),
    offset: fc.nat(span),
    length: fc.nat(pageBytes * 2),
    tag: fc.integer({ min: 1, max: 255 }),
  }),
  fc.record({ type: fc.constant('resize' as const), size: fc.nat(span) }),
  fc.record({ type: fc.constant('clone' as const) }),
  fc.record({ type: fc.constant('switch' as const) }),
)

it('is a plain byte array, and its clones are apart from it', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 25 }), (steps) => {
      let one: Twins = { pages: new PagedBytes(), plain: new Uint8Array(0) }
      let other: Twins = { pages: one.pages.clone(), plain: new Uint8Array(0) }
      for (const each of steps) {
        if (each.type === 'write') {
          const data = new Uint8Array(each.length).fill(each.tag)
          one.pages.write(data, each.offset)
          const size = data.length === 0 ? one.plain.length : Math.max(one.plain.length, each.offset + data.length)
          one.plain = resized(one.plain, size)
          if (data.length > 0) one.plain.set(data, each.offset)
        } else if (each.type === 'resize') {
          one.pages.resize(each.size)
          one.plain = resized(one.plain, each.size)
        } else if (each.type === 'clone') {
          other = { pages: one.pages.clone(), plain: one.plain.slice() }
        } else {
          ;[one, other] = [other, one]
        }
        for (const { pages, plain } of [one, other]) expect(equalBytes(contents(pages), plain)).toBe(true)
      }
    }),
  )
})

it('takes no memory for holes', () => {
  const pages = new PagedBytes()
  pages.write(Uint8Array.of(1), 2 ** 40)
  pages.resize(2 ** 45)
  expect(pages.pagesHeld(0, 2 ** 40)).toBe(1)
})

function contents(pages: PagedBytes): Uint8Array {
  const all = new Uint8Array(pages.sizeBytes).fill(0xee)
  expect(pages.read(all, 0)).toBe(all.length)
  return all
}

function resized(plain: Uint8Array, size: number): Uint8Array {
  const next = new Uint8Array(size)
  next.set(plain.subarray(0, size))
  return next
}
