import { compareBytes } from '@stratakv/core'
import { childIndex, lowerBound, type TreeNode } from './copy-on-write-tree.ts'

/**
 * A place in one version of a tree, movable both ways. A step within a leaf costs no comparison. The version must
 * not change while the cursor is used: give it a frozen root.
 */
export class TreeCursor {
  readonly #root: TreeNode
  /** From the root down to the leaf's parent, with the index of the child taken in each. */
  readonly #branches: TreeNode[] = []
  readonly #slots: number[] = []
  #leaf: TreeNode
  /** Off either end of the leaf: the cursor points nowhere. */
  #index = -1

  constructor(root: TreeNode) {
    this.#root = root
    this.#leaf = root
  }

  get valid(): boolean {
    return this.#index >= 0 && this.#index < this.#leaf.keys.length
  }

  /** Only while valid. */
  get key(): Uint8Array {
    return this.#leaf.keys[this.#index]!
  }

  /** Only while valid. */
  get value(): Uint8Array {
    return this.#leaf.values![this.#index]!
  }

  /** To the first key >= `key`. */
  seek(key: Uint8Array): boolean {
    this.#descend(key)
    this.#index = lowerBound(this.#leaf.keys, key)
    return this.#index < this.#leaf.keys.length || this.#toNextLeaf()
  }

  /** To the last key <= `key`, or < `key`. */
  seekBack(key: Uint8Array, inclusive: boolean): boolean {
    this.#descend(key)
    const index = lowerBound(this.#leaf.keys, key)
    const found = this.#leaf.keys[index]
    const taken = inclusive && found !== undefined && compareBytes(found, key) === 0
    this.#index = taken ? index : index - 1
    return this.#index >= 0 || this.#toPreviousLeaf()
  }

  seekToFirst(): boolean {
    this.#restart()
    this.#descendFirst(this.#root)
    return this.valid
  }

  seekToLast(): boolean {
    this.#restart()
    this.#descendLast(this.#root)
    return this.valid
  }

  /** Only while valid. */
  next(): boolean {
    this.#index++
    return this.#index < this.#leaf.keys.length || this.#toNextLeaf()
  }

  /** Only while valid. */
  previous(): boolean {
    this.#index--
    return this.#index >= 0 || this.#toPreviousLeaf()
  }

  #restart(): void {
    this.#branches.length = 0
    this.#slots.length = 0
  }

  #descend(key: Uint8Array): void {
    this.#restart()
    let node = this.#root
    while (node.children !== undefined) {
      const slot = childIndex(node, key)
      this.#branches.push(node)
      this.#slots.push(slot)
      node = node.children[slot]!
    }
    this.#leaf = node
  }

  #descendFirst(from: TreeNode): void {
    let node = from
    while (node.children !== undefined) {
      this.#branches.push(node)
      this.#slots.push(0)
      node = node.children[0]!
    }
    this.#leaf = node
    this.#index = 0
  }

  #descendLast(from: TreeNode): void {
    let node = from
    while (node.children !== undefined) {
      const slot = node.children.length - 1
      this.#branches.push(node)
      this.#slots.push(slot)
      node = node.children[slot]!
    }
    this.#leaf = node
    this.#index = node.keys.length - 1
  }

  #toNextLeaf(): boolean {
    for (let depth = this.#branches.length - 1; depth >= 0; depth--) {
      const slot = this.#slots[depth]! + 1
      const children = this.#branches[depth]!.children!
      if (slot < children.length) {
        this.#climbTo(depth, slot)
        this.#descendFirst(children[slot]!)
        return true
      }
    }
    this.#index = this.#leaf.keys.length
    return false
  }

  #toPreviousLeaf(): boolean {
    for (let depth = this.#branches.length - 1; depth >= 0; depth--) {
      const slot = this.#slots[depth]! - 1
      if (slot >= 0) {
        const children = this.#branches[depth]!.children!
        this.#climbTo(depth, slot)
        this.#descendLast(children[slot]!)
        return true
      }
    }
    this.#index = -1
    return false
  }

  #climbTo(depth: number, slot: number): void {
    this.#branches.length = depth + 1
    this.#slots.length = depth + 1
    this.#slots[depth] = slot
  }
}
