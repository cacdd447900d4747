import { assert, below, compareBytes, emptyBytes, equalBytes, type Random } from '@stratakv/core'
import { describe, expect, it } from 'vitest'
import { bytesBefore, CopyOnWriteTree, findValue, type TreeNode } from '../src/copy-on-write-tree.ts'
import { TreeCursor } from '../src/tree-cursor.ts'

function seeded(seed: number): Random {
  let state = seed
  return {
    uint32() {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0
      return (state ^ (state >>> 15)) >>> 0
    },
  }
}

const numbered = (index: number): Uint8Array => Uint8Array.of(index >>> 16, (index >>> 8) & 0xff, index & 0xff)

function keysOf(root: TreeNode): Uint8Array[] {
  const cursor = new TreeCursor(root)
  const keys: Uint8Array[] = []
  for (let found = cursor.seekToFirst(); found; found = cursor.next()) keys.push(cursor.key)
  return keys
}

/** Throws unless every invariant of {@link TreeNode} holds; returns the depth. */
function checkInvariants(node: TreeNode, lower: Uint8Array, upper: Uint8Array, isRoot: boolean): number {
  assert(isRoot || node.keys.length > 0, 'only a root is empty')
  assert(node.keys.length <= 32, 'a node holds 32 keys at most')
  if (node.children === undefined) {
    let bytes = 0
    for (const [index, key] of node.keys.entries()) {
      bytes += key.length + node.values![index]!.length
      assert(compareBytes(key, lower) >= 0, 'a key is not below the separator on its left')
      assert(upper.length === 0 || compareBytes(key, upper) < 0, 'a key is below the separator on its right')
      assert(index === 0 || compareBytes(node.keys[index - 1]!, key) < 0, 'keys ascend')
    }
    assert(node.bytes === bytes, 'a leaf knows its bytes')
    return 1
  }
  assert(node.children.length === node.keys.length, 'a branch has as many keys as children')
  const depths = node.children.map((child, index) =>
    checkInvariants(child, index === 0 ? lower : node.keys[index]!, node.keys[index + 1] ?? upper, false),
  )
  assert(new Set(depths).size === 1, 'all leaves are equally deep')
  assert(node.bytes === node.children.reduce((sum, child) => sum + child.bytes, 0), 'a branch knows its bytes')
  return depths[0]! + 1
}

describe('copy-on-write tree', () => {
  it('keeps its invariants while it grows, shrinks and loses ranges', () => {
    for (const seed of [1, 2, 3]) {
      const random = seeded(seed)
      const tree = new CopyOnWriteTree()
      const twin = new Map<number, Uint8Array>()
      for (let round = 0; round < 60; round++) {
        const growing = round % 20 < 12
        for (let change = 0; change < 150; change++) {
          const index = below(random, 4000)
          if (below(random, 10) < (growing ? 8 : 2)) {
            const value = new Uint8Array(below(random, 20))
            tree.put(numbered(index), value)
            twin.set(index, value)
          } else {
            tree.remove(numbered(index))
            twin.delete(index)
          }
        }
        if (round % 7 === 6) {
          const start = below(random, 4000)
          const end = start + below(random, 1500)
          tree.removeRange(numbered(start), numbered(end))
          for (const index of [...twin.keys()]) if (index >= start && index < end) twin.delete(index)
        }
        if (round % 5 === 0) tree.freeze()
        checkInvariants(tree.root, emptyBytes, emptyBytes, true)
        const expected = [...twin.keys()].toSorted((left, right) => left - right)
        expect(keysOf(tree.root).map((key) => (key[0]! << 16) | (key[1]! << 8) | key[2]!)).toEqual(expected)
      }
      tree.removeRange(emptyBytes, emptyBytes)
      expect(tree.root.keys.length).toBe(0)
      expect(tree.root.bytes).toBe(0)
    }
  })

  it('leaves a frozen version untouched by whatever follows', () => {
    const tree = new CopyOnWriteTree()
    for (let index = 0; index < 3000; index++) tree.put(numbered(index * 2), numbered(index))
    const frozen = tree.freeze()
    for (let index = 0; index < 3000; index++) tree.put(numbered(index * 2 + 1), emptyBytes)
    for (let index = 0; index < 6000; index += 3) tree.remove(numbered(index))
    tree.removeRange(numbered(1000), numbered(5000))
    checkInvariants(frozen, emptyBytes, emptyBytes, true)
    expect(keysOf(frozen).length).toBe(3000)
    for (let index = 0; index < 3000; index++) {
      expect(equalBytes(findValue(frozen, numbered(index * 2))!, numbered(index))).toBe(true)
    }
  })

  it('copies no path for the removal of an absent key', () => {
    const tree = new CopyOnWriteTree()
    for (let index = 0; index < 100; index++) tree.put(numbered(index), emptyBytes)
    const frozen = tree.freeze()
    tree.remove(numbered(5000))
    expect(tree.root).toBe(frozen)
  })

  it('finds keys below the first separator of a branch that was joined to its neighbour', () => {
    const tree = new CopyOnWriteTree()
    for (let index = 0; index < 3000; index++) tree.put(numbered(index), emptyBytes)
    const branch = tree.root.children![1]!
    const [first, second, third] = branch.children!
    const end = tree.root.children![2]!.children![0]!.keys[0]!
    const [smallest, next, from] = [first!.keys[0]!, second!.keys[0]!, third!.keys[0]!]
    // The branch loses its first leaf, so its first separator moves up; then a key comes back below that.
    tree.removeRange(smallest, next)
    tree.put(smallest, emptyBytes)
    const countBefore = tree.root.children!.length
    tree.removeRange(from, end)
    expect(tree.root.children!.length).toBe(countBefore - 1)
    expect(findValue(tree.root, smallest)).toBe(emptyBytes)
    checkInvariants(tree.root, emptyBytes, emptyBytes, true)
  })

  it('counts the bytes below a key', () => {
    const tree = new CopyOnWriteTree()
    for (let index = 0; index < 1000; index++) tree.put(numbered(index), new Uint8Array(index % 7))
    let bytes = 0
    for (let index = 0; index < 1000; index++) {
      expect(bytesBefore(tree.root, numbered(index))).toBe(bytes)
      bytes += 3 + (index % 7)
    }
    expect(bytesBefore(tree.root, numbered(1000))).toBe(bytes)
  })
})
