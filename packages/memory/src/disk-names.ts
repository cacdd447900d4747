import type { Random } from '@stratakv/core'
import type { DiskFile } from './disk-file.ts'
import { fates } from './power-cut.ts'

/** Unsynced changes of names that are kept apart. Beyond, the oldest become certain, as a journal commits by itself. */
const pendingCountMax = 65_536

/** A folder. Only {@link DiskNames} changes its entries. */
export class DiskFolder {
  readonly kind = 'directory' as const
  readonly id: number
  /** What readers see. */
  readonly entries = new Map<string, DiskNode>()
  /** Entries that a power cut cannot take. */
  readonly certain = new Map<string, DiskNode>()

  constructor(id: number) {
    this.id = id
  }
}

export type DiskNode = DiskFile | DiskFolder

/** One entry that changes: `node` absent removes the name. */
export interface Slot {
  readonly folder: DiskFolder
  readonly name: string
  readonly node: DiskNode | undefined
}

/**
 * A change of names, whole or not at all. Two changes of one name keep their order whatever happens: a later one that
 * arrives brings the earlier with it. `needs` and `touches` say so in keys; a change depends on every earlier one
 * that touches what it needs.
 */
interface NameChange {
  /** Counts up over the life of the disk. */
  readonly order: number
  readonly slots: readonly Slot[]
  readonly touches: ReadonlySet<string>
  readonly needs: ReadonlySet<string>
}

/** The names of a disk, live and certain, with the changes between the two in the order in which they were made. */
export class DiskNames {
  readonly root: DiskFolder
  #pending: NameChange[] = []
  #changeCount = 0
  #folderCount = 0

  constructor() {
    this.root = this.newFolder()
  }

  /** A folder without a name yet. */
  newFolder(): DiskFolder {
    return new DiskFolder(this.#folderCount++)
  }

  /** A point in the order of changes, for {@link settle}. */
  get mark(): number {
    return this.#changeCount
  }

  /** Gives a name to a node for certain, on a disk that nobody uses yet. */
  restore({ folder, name, node }: Slot & { readonly node: DiskNode }): void {
    folder.entries.set(name, node)
    folder.certain.set(name, node)
    if (node.kind === 'file') node.use()
  }

  /** Gives one name to a node, or takes it away. */
  set(slot: Slot): void {
    const replaced = slot.folder.entries.get(slot.name)
    const needs = [slotKey(slot)]
    // A folder goes only after what was moved out of it: else a file could end up with neither its old nor its new name.
    if (slot.node === undefined && replaced?.kind === 'directory') needs.push(insideKey(replaced))
    this.#make([slot], needs, [slotKey(slot)])
  }

  /** Moves a node from one name to another. `newFolders` lead to the new name and not to the old one. */
  move(from: Slot, to: Slot, newFolders: readonly DiskFolder[]): void {
    const needs = [slotKey(from), slotKey(to)]
    // Moved below a folder whose own name is lost, the node would have neither name. For a folder this also rules out a
    // ring: it moves into what was moved out of it only together with that earlier move.
    for (const folder of newFolders) needs.push(nameKey(folder))
    const replaced = to.folder.entries.get(to.name)
    if (replaced?.kind === 'directory') needs.push(insideKey(replaced))
    this.#make([{ ...from, node: undefined }, to], needs, [slotKey(from), slotKey(to)])
  }

  /** Makes certain the names in `folder` as they were at `mark`, and what they depend on. */
  settle(folder: DiskFolder, mark: number): void {
    const needed = new Set([insideKey(folder)])
    const settled: NameChange[] = []
    const rest: NameChange[] = []
    for (let index = this.#pending.length - 1; index >= 0; index--) {
      const change = this.#pending[index]!
      if (change.order < mark && intersects(change.touches, needed)) {
        for (const key of change.needs) needed.add(key)
        settled.push(change)
      } else {
        rest.push(change)
      }
    }
    for (const change of settled.reverse()) makeCertain(change)
    this.#pending = rest.reverse()
  }

  /** What each folder may hold when the power goes now. Folders that are not in the answer hold what is certain. */
  afterPowerCut(random: Random): Map<DiskFolder, Map<string, DiskNode>> {
    const survivors = new Map<DiskFolder, Map<string, DiskNode>>()
    const lost = new Set<string>()
    const decided = fates(this.#pending.length, random)
    for (const [index, change] of this.#pending.entries()) {
      // A name is never torn; the disk that was busy with it finished or did not.
      if (decided[index] !== 'kept' || intersects(change.needs, lost)) {
        for (const key of change.touches) lost.add(key)
        continue
      }
      for (const { folder, name, node } of change.slots) {
        const entries = survivors.get(folder) ?? new Map(folder.certain)
        survivors.set(folder, entries)
        if (node === undefined) entries.delete(name)
        else entries.set(name, node)
      }
    }
    return survivors
  }

  #make(slots: readonly Slot[], needs: readonly string[], keys: readonly string[]): void {
    const touches = new Set(keys)
    for (const { folder, name, node } of slots) {
      touches.add(insideKey(folder))
      const replaced = folder.entries.get(name)
      if (replaced?.kind === 'file') replaced.release()
      if (node === undefined) {
        folder.entries.delete(name)
        continue
      }
      folder.entries.set(name, node)
      if (node.kind === 'file') node.use()
      else touches.add(nameKey(node))
    }
    this.#pending.push({ order: this.#changeCount++, slots, touches, needs: new Set(needs) })
    if (this.#pending.length > pendingCountMax) makeCertain(this.#pending.shift()!)
  }
}

function slotKey({ folder, name }: Slot): string {
  return `slot ${folder.id}/${name}`
}

function insideKey(folder: DiskFolder): string {
  return `inside ${folder.id}`
}

function nameKey(folder: DiskFolder): string {
  return `name of ${folder.id}`
}

function makeCertain(change: NameChange): void {
  for (const { folder, name, node } of change.slots) {
    if (node === undefined) folder.certain.delete(name)
    else folder.certain.set(name, node)
  }
}

function intersects(left: ReadonlySet<string>, right: ReadonlySet<string>): boolean {
  for (const key of left) if (right.has(key)) return true
  return false
}
