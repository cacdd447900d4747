import { assert, compareBytes, emptyBytes } from '@stratakv/core'

/** Most entries of a leaf, and most children of a branch. 32 measured best: 64 makes each copied path dearer, 16 the tree deeper. */
const nodeCountMax = 32

/** A node with fewer is joined with a neighbour if both fit in one. A quarter of the maximum, so that joins and splits cannot take turns. */
const nodeCountMin = nodeCountMax / 4

/**
 * Leaf and branch in one shape, so that every property access in the hot loops stays monomorphic.
 *
 * Invariants, for a branch: `keys[i]` (i > 0) is greater than every key below `children[i - 1]` and not greater than
 * any below `children[i]`; `keys[0]` is never compared. All leaves are equally deep. Only a root may be empty.
 */
export class TreeNode {
  /** The edit of the tree in which this node was made: nodes of earlier edits are shared with frozen versions. */
  readonly edit: number
  /** Of all keys and values below. */
  bytes: number
  readonly keys: Uint8Array[]
  /** Leaves only. */
  readonly values: Uint8Array[] | undefined
  /** Branches only. */
  readonly children: TreeNode[] | undefined

  constructor(
    edit: number,
    bytes: number,
    keys: Uint8Array[],
    values: Uint8Array[] | undefined,
    children: TreeNode[] | undefined,
  ) {
    this.edit = edit
    this.bytes = bytes
    this.keys = keys
    this.values = values
    this.children = children
  }
}

/** Index of the first key of a leaf that is >= `key`, or the number of keys. */
export function lowerBound(keys: readonly Uint8Array[], key: Uint8Array): number {
  return partition(keys, 0, key, false)
}

/** Index of the child of a branch below which `key` is, or would be. */
export function childIndex(branch: TreeNode, key: Uint8Array): number {
  return partition(branch.keys, 1, key, true) - 1
}

/**
 * Binary search: the index of the first of the sorted `keys`, from index `low` on, that is > `key`, or >= `key` when
 * equals count as above.
 *
 * Keys of one node mostly begin alike. Whatever prefix `key` shares with both ends of the remaining interval, it shares
 * with all between, so comparing begins after it: lookups of 24-byte keys that differ in the last six bytes gain a third.
 */
function partition(keys: readonly Uint8Array[], low: number, key: Uint8Array, equalsAreBelow: boolean): number {
  let high = keys.length
  let sharedBelow = 0
  let sharedAbove = 0
  while (low < high) {
    const middle = (low + high) >>> 1
    const present = keys[middle]!
    const length = Math.min(present.length, key.length)
    let at = Math.min(sharedBelow, sharedAbove)
    while (at < length && present[at] === key[at]) at++
    const order = at < length ? present[at]! - key[at]! : present.length - key.length
    if (order < 0 || (order === 0 && equalsAreBelow)) {
      low = middle + 1
      sharedBelow = at
    } else {
      high = middle
      sharedAbove = at
    }
  }
  return low
}

/** The value at `key` below `root`. */
export function findValue(root: TreeNode, key: Uint8Array): Uint8Array | undefined {
  let node = root
  while (node.children !== undefined) node = node.children[childIndex(node, key)]!
  const index = lowerBound(node.keys, key)
  const found = node.keys[index]
  return found !== undefined && compareBytes(found, key) === 0 ? node.values![index] : undefined
}

/** Bytes of the entries with keys below `key`. O(log n): nodes carry their totals. */
export function bytesBefore(root: TreeNode, key: Uint8Array): number {
  let node = root
  let bytes = 0
  while (node.children !== undefined) {
    const index = childIndex(node, key)
    for (let earlier = 0; earlier < index; earlier++) bytes += node.children[earlier]!.bytes
    node = node.children[index]!
  }
  const end = lowerBound(node.keys, key)
  for (let index = 0; index < end; index++) bytes += node.keys[index]!.length + node.values![index]!.length
  return bytes
}

/**
 * An ordered map from byte strings to byte strings: a B+tree that is changed in place, except that nodes a frozen
 * version can reach are copied before their first change. `freeze` costs nothing, and the first write to each
 * node after it one copy of that node.
 *
 * Keys and values that are put in must never change again.
 */
export class CopyOnWriteTree {
  #edit = 0
  #root = new TreeNode(0, 0, [], [], undefined)

  /** The tree as it is now; valid until the next change. */
  get root(): TreeNode {
    return this.#root
  }

  /** The tree as it is now, for good. */
  freeze(): TreeNode {
    this.#edit++
    return this.#root
  }

  put(key: Uint8Array, value: Uint8Array): void {
    const root = this.#put(this.#root, key, value)
    this.#root = root
    if (root.keys.length <= nodeCountMax) return
    const right = this.#splitOff(root)
    this.#root = new TreeNode(this.#edit, root.bytes + right.bytes, [emptyBytes, right.keys[0]!], undefined, [
      root,
      right,
    ])
  }

  remove(key: Uint8Array): void {
    // Asking first keeps the removal of an absent key from copying a path.
    if (findValue(this.#root, key) === undefined) return
    this.#root = this.#remove(this.#root, key)
    this.#shrinkRoot()
  }

  /** Removes `[start, end)`, an empty `end` being unbounded. Whole subtrees go at once: O(log n) nodes are touched. */
  removeRange(start: Uint8Array, end: Uint8Array): void {
    if (end.length > 0 && compareBytes(start, end) >= 0) return
    this.#root = this.#removeRange(this.#root, start, end)
    this.#shrinkRoot()
  }

  /** `node` if no frozen version knows it, else a copy. */
  #own(node: TreeNode): TreeNode {
    if (node.edit === this.#edit) return node
    return new TreeNode(this.#edit, node.bytes, node.keys.slice(), node.values?.slice(), node.children?.slice())
  }

  /** Returns what replaces `shared`; it may hold one key too many, which the caller splits off. */
  #put(shared: TreeNode, key: Uint8Array, value: Uint8Array): TreeNode {
    const node = this.#own(shared)
    if (node.children === undefined) {
      const values = node.values!
      const index = lowerBound(node.keys, key)
      const present = node.keys[index]
      if (present !== undefined && compareBytes(present, key) === 0) {
        node.bytes += value.length - values[index]!.length
        values[index] = value
      } else {
        node.bytes += key.length + value.length
        node.keys.splice(index, 0, key)
        values.splice(index, 0, value)
      }
      return node
    }
    const index = childIndex(node, key)
    const before = node.children[index]!
    const bytesWere = before.bytes
    const child = this.#put(before, key, value)
    node.bytes += child.bytes - bytesWere
    node.children[index] = child
    if (child.keys.length > nodeCountMax) {
      const right = this.#splitOff(child)
      node.keys.splice(index + 1, 0, right.keys[0]!)
      node.children.splice(index + 1, 0, right)
    }
    return node
  }

  /** Cuts the upper half off an own node. */
  #splitOff(node: TreeNode): TreeNode {
    const middle = node.keys.length >>> 1
    const keys = node.keys.splice(middle)
    const values = node.values?.splice(middle)
    const children = node.children?.splice(middle)
    let bytes = 0
    if (children !== undefined) for (const child of children) bytes += child.bytes
    if (values !== undefined)
      for (let index = 0; index < keys.length; index++) bytes += keys[index]!.length + values[index]!.length
    node.bytes -= bytes
    return new TreeNode(this.#edit, bytes, keys, values, children)
  }

  /** `key` is there. */
  #remove(shared: TreeNode, key: Uint8Array): TreeNode {
    const node = this.#own(shared)
    if (node.children === undefined) {
      this.#cutLeaf(node, lowerBound(node.keys, key), 1)
      return node
    }
    const index = childIndex(node, key)
    this.#replaceChild(node, index, (child) => this.#remove(child, key))
    this.#settle(node, index)
    return node
  }

  #removeRange(shared: TreeNode, start: Uint8Array, end: Uint8Array): TreeNode {
    const node = this.#own(shared)
    if (node.children === undefined) {
      const first = lowerBound(node.keys, start)
      const last = end.length === 0 ? node.keys.length : lowerBound(node.keys, end)
      this.#cutLeaf(node, first, last - first)
      return node
    }
    const first = childIndex(node, start)
    const last = end.length === 0 ? node.children.length - 1 : childIndex(node, end)
    if (first === last) {
      this.#replaceChild(node, first, (child) => this.#removeRange(child, start, end))
      this.#settle(node, first)
      return node
    }
    this.#replaceChild(node, first, (child) => this.#removeRange(child, start, emptyBytes))
    this.#replaceChild(node, last, (child) => this.#removeRange(child, emptyBytes, end))
    for (const dropped of node.children.splice(first + 1, last - first - 1)) node.bytes -= dropped.bytes
    node.keys.splice(first + 1, last - first - 1)
    // The right one first: whatever becomes of it, the left one keeps its index.
    this.#settle(node, first + 1)
    this.#settle(node, first)
    return node
  }

  #cutLeaf(leaf: TreeNode, start: number, count: number): void {
    for (let index = start; index < start + count; index++) {
      leaf.bytes -= leaf.keys[index]!.length + leaf.values![index]!.length
    }
    leaf.keys.splice(start, count)
    leaf.values!.splice(start, count)
  }

  #replaceChild(branch: TreeNode, index: number, change: (child: TreeNode) => TreeNode): void {
    const before = branch.children![index]!
    const bytesWere = before.bytes
    const after = change(before)
    branch.bytes += after.bytes - bytesWere
    branch.children![index] = after
  }

  /** Restores an own branch after its child at `index` lost keys: an empty child goes, a small one joins a neighbour. */
  #settle(branch: TreeNode, index: number): void {
    const children = branch.children!
    const count = children[index]!.keys.length
    if (count >= nodeCountMin) return
    if (count === 0) {
      children.splice(index, 1)
      branch.keys.splice(index, 1)
      return
    }
    // A neighbour too full to take it in stays as it is, and so does the small child: the tree is then less dense, never wrong.
    const left =
      index > 0 && children[index - 1]!.keys.length + count <= nodeCountMax
        ? index - 1
        : index + 1 < children.length && children[index + 1]!.keys.length + count <= nodeCountMax
          ? index
          : -1
    if (left >= 0) this.#join(branch, left)
  }

  /** Moves all of child `left + 1` into child `left`. */
  #join(branch: TreeNode, left: number): void {
    const children = branch.children!
    const target = this.#own(children[left]!)
    const source = children[left + 1]!
    const offset = target.keys.length
    target.keys.push(...source.keys)
    // The first key of a branch is never compared and may be stale; inside the joined node it is compared.
    if (source.children !== undefined) target.keys[offset] = branch.keys[left + 1]!
    target.values?.push(...source.values!)
    target.children?.push(...source.children!)
    target.bytes += source.bytes
    children[left] = target
    children.splice(left + 1, 1)
    branch.keys.splice(left + 1, 1)
    assert(target.keys.length <= nodeCountMax, 'joined nodes fit in one')
  }

  #shrinkRoot(): void {
    let root = this.#root
    while (root.children?.length === 1) root = root.children[0]!
    if (root.children?.length === 0) root = new TreeNode(this.#edit, 0, [], [], undefined)
    this.#root = root
  }
}
