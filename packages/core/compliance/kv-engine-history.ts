import { compareBytes, emptyBytes, equalBytes, toHex } from '../src/byte-order.ts'
import { columnFamilies, type EngineReader, type EngineSnapshot, type KvEngine } from '../src/kv-engine.ts'
import { type Entry, NaiveEngine, SeededDice } from './kv-engine-model.ts'

/**
 * Runs one random history of `operationCount` operations on `engine`, which is empty, and on the naive twin side by
 * side, and throws at the first answer that differs. The message carries the seed and the operation.
 */
export async function runHistory(engine: KvEngine, seed: number, operationCount: number): Promise<void> {
  const history = new History(engine, new SeededDice(seed))
  for (let operation = 0; operation < operationCount; operation++) {
    try {
      await history.step()
    } catch (cause) {
      throw new Error(`seed ${seed}, operation ${operation}, ${history.doing}: ${String(cause)}`, { cause })
    }
  }
  await history.finish()
}

interface Version {
  readonly reader: EngineReader
  readonly twin: NaiveEngine
}

/** Open snapshots are bounded, so that a long history also releases. */
const snapshotCountMax = 4

class History {
  /** For the failure message. */
  doing = ''
  readonly #engine: KvEngine
  readonly #twin = new NaiveEngine()
  readonly #dice: SeededDice
  readonly #snapshots: { snapshot: EngineSnapshot; twin: NaiveEngine }[] = []

  constructor(engine: KvEngine, dice: SeededDice) {
    this.#engine = engine
    this.#dice = dice
  }

  async step(): Promise<void> {
    const die = this.#dice.below(20)
    if (die < 6) await this.#write()
    else if (die < 7) await this.#deleteRange()
    else if (die < 9) this.#toggleSnapshot()
    else if (die < 13) await this.#get()
    else await this.#walk()
  }

  async finish(): Promise<void> {
    for (const { snapshot } of this.#snapshots.splice(0)) snapshot.release()
  }

  async #write(): Promise<void> {
    this.doing = 'write'
    // Several at once and none awaited between: order must hold without the caller's help.
    const writes: Promise<void>[] = []
    for (let count = 1 + this.#dice.below(3); count > 0; count--) {
      const batch = this.#dice.changes()
      writes.push(this.#engine.write(batch, { sync: this.#dice.below(8) === 0 }))
      this.#twin.write(batch)
    }
    await Promise.all(writes)
  }

  async #deleteRange(): Promise<void> {
    const cf = this.#dice.pick(columnFamilies)
    const start = this.#dice.below(8) === 0 ? emptyBytes : this.#dice.key()
    const end = this.#dice.below(8) === 0 ? emptyBytes : this.#dice.key()
    this.doing = `deleteRange ${cf} [${toHex(start)}, ${toHex(end)})`
    const before = this.#dice.changes()
    const after = this.#dice.changes()
    await Promise.all([
      this.#engine.write(before, { sync: false }),
      this.#engine.deleteRange(cf, start, end, { sync: false }),
      this.#engine.write(after, { sync: false }),
    ])
    this.#twin.write(before)
    this.#twin.deleteRange(cf, start, end)
    this.#twin.write(after)
  }

  #toggleSnapshot(): void {
    this.doing = 'snapshot'
    if (this.#snapshots.length === snapshotCountMax) {
      const [oldest] = this.#snapshots.splice(this.#dice.below(snapshotCountMax), 1)
      oldest!.snapshot.release()
    } else {
      this.#snapshots.push({ snapshot: this.#engine.snapshot(), twin: this.#twin.snapshot() })
    }
  }

  #version(): Version {
    const at = this.#dice.below(this.#snapshots.length + 1)
    const taken = this.#snapshots[at]
    return taken === undefined
      ? { reader: this.#engine, twin: this.#twin }
      : { reader: taken.snapshot, twin: taken.twin }
  }

  async #get(): Promise<void> {
    const { reader, twin } = this.#version()
    const cf = this.#dice.pick(columnFamilies)
    const keys = Array.from({ length: 1 + this.#dice.below(5) }, () => this.#dice.key())
    this.doing = `get ${cf} ${keys.map(toHex).join(' ')}`
    const many = await reader.getMany(cf, keys)
    check(many.length === keys.length, `getMany gave ${many.length} values for ${keys.length} keys`)
    for (const [index, key] of keys.entries()) {
      const expected = twin.get(cf, key)
      checkValue(await reader.get(cf, key), expected, `get ${toHex(key)}`)
      checkValue(many[index], expected, `getMany ${toHex(key)}`)
    }
  }

  /** Seeks and steps at random, while writes go on that the iterator must not see. */
  async #walk(): Promise<void> {
    const { reader, twin } = this.#version()
    const cf = this.#dice.pick(columnFamilies)
    const options = this.#dice.bounds()
    const entries = twin.range(cf, options)
    const iterator = reader.iterate(cf, options)
    this.doing = `iterate ${cf} ${describeBounds(options)}`
    try {
      let at = -1
      for (let moves = 1 + this.#dice.below(30); moves > 0; moves--) {
        if (this.#dice.below(10) === 0) {
          const batch = this.#dice.changes()
          await this.#engine.write(batch, { sync: false })
          this.#twin.write(batch)
        }
        const onEntry = at >= 0 && at < entries.length
        const die = onEntry ? this.#dice.below(20) : 16 + this.#dice.below(4)
        let found: boolean
        if (die < 9) {
          this.doing += ' next'
          found = await iterator.next()
          at++
        } else if (die < 16) {
          this.doing += ' prev'
          found = await iterator.prev()
          at--
        } else if (die === 16) {
          const key = this.#dice.key()
          this.doing += ` seek(${toHex(key)})`
          found = await iterator.seek(key)
          at = firstFrom(entries, key)
        } else if (die === 17) {
          const key = this.#dice.key()
          this.doing += ` seekForPrev(${toHex(key)})`
          found = await iterator.seekForPrev(key)
          at = entries.findLastIndex(([present]) => compareBytes(present, key) <= 0)
        } else if (die === 18) {
          this.doing += ' first'
          found = await iterator.seekToFirst()
          at = 0
        } else {
          this.doing += ' last'
          found = await iterator.seekToLast()
          at = entries.length - 1
        }
        const expected = entries[at]
        check(found === (expected !== undefined), `answered ${found}, the twin is at ${at} of ${entries.length}`)
        check(iterator.valid === found, `valid is ${iterator.valid} after the answer ${found}`)
        if (expected === undefined) continue
        check(equalBytes(iterator.key, expected[0]), `at ${toHex(iterator.key)}, expected ${toHex(expected[0])}`)
        const value = options.keysOnly === true ? emptyBytes : expected[1]
        checkValue(iterator.value, value, `value at ${toHex(expected[0])}`)
      }
    } finally {
      iterator.close()
    }
  }
}

function firstFrom(entries: readonly Entry[], key: Uint8Array): number {
  const at = entries.findIndex(([present]) => compareBytes(present, key) >= 0)
  return at < 0 ? entries.length : at
}

function describeBounds(options: { lowerBound?: Uint8Array; upperBound?: Uint8Array }): string {
  return `[${toHex(options.lowerBound ?? emptyBytes)}, ${toHex(options.upperBound ?? emptyBytes)})`
}

function checkValue(actual: Uint8Array | undefined, expected: Uint8Array | undefined, what: string): void {
  const same = actual === undefined || expected === undefined ? actual === expected : equalBytes(actual, expected)
  check(same, `${what}: got ${show(actual)}, expected ${show(expected)}`)
}

function show(value: Uint8Array | undefined): string {
  return value === undefined ? 'nothing' : `${value.length} bytes ${toHex(value.subarray(0, 16))}`
}

function check(holds: boolean, otherwise: string): void {
  if (!holds) throw new Error(otherwise)
}
