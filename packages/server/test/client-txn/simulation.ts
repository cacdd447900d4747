import { ClientError, type Transaction, UndeterminedCommitError } from '@stratakv/client'
import { below, type Clock, fraction, type Rpc, systemClock, type Timestamp } from '@stratakv/core'
import { type History, type HistoryTxn, type SeededRandom, seededRandom, simulatedClock } from '@stratakv/testkit'
import { encodeBytes } from '@stratakv/wasm'
import { connectClient, type TestClient } from './connect-client.ts'
import { UnreliableLink } from './injected-faults.ts'
import { openTestCluster, type TestCluster } from './test-cluster.ts'

export interface SimulationOptions {
  readonly clientCount: number
  readonly txnsPerClient: number
  /** Longest pause between two transactions of a client: short ones meet each other. */
  readonly thinkMsMax: number
  /** Of each call. */
  readonly faultChance: number
  /** Of each transaction: its client dies somewhere in the middle. */
  readonly crashChance: number
  /** The store takes up async commit and one-phase commit. */
  readonly takesOffers: boolean
  /** A bug in the client, planted between it and the store. */
  readonly plant?: (rpc: Rpc) => Rpc
}

export interface SimulationResult {
  readonly history: History
  /** What every reader of the bank saw in all, and what was there in the end. */
  readonly bankTotals: readonly number[]
  /** Transactions that began after another was acknowledged, and before it in time. */
  readonly staleStarts: readonly string[]
  /** Locks that were left when everything had come to its end. */
  readonly locksLeft: number
  readonly stats: {
    readonly committed: number
    readonly aborted: number
    readonly unknown: number
    readonly passedMs: number
  }
}

export const bankTotal = 100
const accountCount = 5
const listCount = 6
const accountKey = (index: number) => `bank/${index}`
const listKey = (index: number) => `list/${index}`
/** Simulated time that one run may take. */
const runMsMax = 3_600_000

/** A mix of its own for each seed, from calm to hostile. */
export function drawOptions(seed: number, { takesOffers }: { readonly takesOffers: boolean }): SimulationOptions {
  const random = seededRandom(seed).fork('options')
  const clientCount = 2 + below(random, 4)
  return {
    clientCount,
    txnsPerClient: Math.ceil(48 / clientCount),
    thinkMsMax: [5, 50, 500][below(random, 3)]!,
    faultChance: [0, 0.02, 0.08, 0.2][below(random, 4)]!,
    crashChance: [0, 0.1, 0.3][below(random, 3)]!,
    takesOffers,
  }
}

/** One cluster, several clients, faults, crashes and splits, all from one seed and in simulated time. */
export async function simulate(seed: number, options: SimulationOptions): Promise<SimulationResult> {
  const random = seededRandom(seed)
  const clock = simulatedClock()
  const cluster = await openTestCluster({ clock, random: random.fork('cluster') }, options)
  const run = new Simulation(cluster, clock, random, options)
  try {
    return await clock.settle(run.run(), runMsMax)
  } finally {
    await clock.settle(run.close(), runMsMax)
  }
}

/** The same over real connections, in real time: what happens in which order is up to the machine. */
export async function simulateOverGrpc(seed: number, options: SimulationOptions): Promise<SimulationResult> {
  const random = seededRandom(seed)
  const clock = systemClock()
  const cluster = await openTestCluster({ clock, random: random.fork('cluster') }, { ...options, overGrpc: true })
  const run = new Simulation(cluster, clock, random, options)
  try {
    return await run.run()
  } finally {
    await run.close()
  }
}

class Simulation {
  readonly #cluster: TestCluster
  readonly #clock: Clock
  readonly #random: SeededRandom
  readonly #options: SimulationOptions
  readonly #txns: HistoryTxn[] = []
  readonly #bankTotals: number[] = []
  readonly #staleStarts: string[] = []
  readonly #clients = new Set<TestClient>()
  readonly #links = new Set<UnreliableLink>()
  #clientCount = 0
  #lastId = 0
  #lastAcknowledged: Timestamp = 0n
  #isOver = false

  constructor(cluster: TestCluster, clock: Clock, random: SeededRandom, options: SimulationOptions) {
    this.#cluster = cluster
    this.#clock = clock
    this.#random = random
    this.#options = options
  }

  async run(): Promise<SimulationResult> {
    const first = this.#connect(this.#random.fork('first'), { isReliable: true })
    await first.client.txn((txn) => txn.put(accountKey(0), String(bankTotal)))
    const workers = Array.from({ length: this.#options.clientCount }, (_, index) => this.#work(`worker ${index}`))
    const splitting = this.#splitAndMerge(this.#random.fork('splits'))
    await Promise.all(workers)
    this.#isOver = true
    await splitting
    for (const link of this.#links) link.heal()
    return this.#judge(first)
  }

  async close(): Promise<void> {
    for (const { client } of this.#clients) await client.close()
    await this.#cluster.close()
  }

  async #judge({ client }: TestClient): Promise<SimulationResult> {
    const snapshot = await client.snapshot()
    const finalLists = new Map<string, readonly number[]>()
    for await (const { key, value } of snapshot.scan({ prefix: 'list/' })) finalLists.set(textOf(key), idsOf(value))
    this.#bankTotals.push(await totalOf(snapshot.scan({ prefix: 'bank/' })))
    // What dead clients left lives as long as it was promised to.
    let left = await client.resolveLocksBefore(await client.timestamp())
    for (let waits = 0; left.aliveCount > 0 && waits < 60; waits++) {
      await this.#pause(1000)
      left = await client.resolveLocksBefore(await client.timestamp())
    }
    const again = await client.snapshot()
    for await (const { key, value } of again.scan({ prefix: 'list/' })) {
      if (textOf(value) !== (finalLists.get(textOf(key)) ?? []).join(',')) {
        // Only what was undetermined may have come to its end meanwhile; the checker is to see that state.
        finalLists.set(textOf(key), idsOf(value))
      }
    }
    this.#bankTotals.push(await totalOf(again.scan({ prefix: 'bank/' })))
    const count = (outcome: HistoryTxn['outcome']) => this.#txns.filter((txn) => txn.outcome === outcome).length
    return {
      history: { txns: this.#txns, finalLists },
      bankTotals: this.#bankTotals,
      staleStarts: this.#staleStarts,
      locksLeft: left.aliveCount,
      stats: {
        committed: count('committed'),
        aborted: count('aborted'),
        unknown: count('unknown'),
        passedMs: this.#clock.now(),
      },
    }
  }

  #connect(random: SeededRandom, { isReliable }: { readonly isReliable: boolean }): TestClient {
    const clock = this.#clock
    const planted = isReliable ? undefined : this.#options.plant
    const inner = this.#cluster.connect()
    const link = new UnreliableLink(
      planted === undefined ? inner : planted(inner),
      { clock },
      {
        random: random.fork('faults'),
        chance: isReliable ? 0 : this.#options.faultChance,
        regions: () => this.#cluster.kv.regions,
      },
    )
    if (isReliable) link.heal()
    this.#links.add(link)
    const client = connectClient(this.#cluster, link, { clock, random: random.fork(`client ${this.#clientCount++}`) })
    this.#clients.add(client)
    return client
  }

  async #work(name: string): Promise<void> {
    const random = this.#random.fork(name)
    let client = this.#connect(random, { isReliable: false })
    for (let done = 0; done < this.#options.txnsPerClient; done++) {
      await this.#pause(below(random, this.#options.thinkMsMax + 1))
      const dies = fraction(random) < this.#options.crashChance
      const death = new AbortController()
      if (dies) client.link.dieAfter(below(random, 12), () => death.abort())
      await this.#transact(client, random, death.signal)
      if (!dies) continue
      // Whether it has died by now or not: nothing is heard of it any more.
      client.link.dieAfter(0, () => {})
      client = this.#connect(random.fork(`after ${done}`), { isReliable: false })
    }
  }

  /** One transaction; what it met is in the history. */
  async #transact({ client }: TestClient, random: SeededRandom, death: AbortSignal): Promise<void> {
    const acknowledged = this.#lastAcknowledged
    let txn: Transaction
    try {
      txn = await client.begin({ signal: death })
    } catch {
      return
    }
    const id = ++this.#lastId
    if (txn.startTs < acknowledged) {
      this.#staleStarts.push(`transaction ${id} starts at ${txn.startTs}, after ${acknowledged} was acknowledged`)
    }
    const seen = new Footprint(id)
    let outcome: HistoryTxn['outcome'] = 'aborted'
    let commitTs: Timestamp | undefined
    try {
      await this.#operate(txn, seen, random, death)
      commitTs = await txn.commit({ signal: death })
      outcome = 'committed'
      if (commitTs !== undefined && commitTs > this.#lastAcknowledged) this.#lastAcknowledged = commitTs
    } catch (error) {
      if (error instanceof UndeterminedCommitError) outcome = 'unknown'
      else if (!(error instanceof ClientError)) throw error
      await txn.rollback().catch(() => {})
    }
    // The dead cannot tell what they heard last.
    if (death.aborted) {
      outcome = 'unknown'
      commitTs = undefined
    }
    this.#txns.push({
      id,
      startTs: txn.startTs,
      outcome,
      ...(commitTs === undefined ? {} : { commitTs }),
      reads: seen.reads,
      appends: seen.appends,
    })
  }

  async #operate(txn: Transaction, seen: Footprint, random: SeededRandom, signal: AbortSignal): Promise<void> {
    const stepCount = 1 + below(random, 4)
    for (let step = 0; step < stepCount; step++) {
      if (below(random, 3) === 0) await this.#pause(below(random, 50))
      const key = listKey(below(random, listCount))
      switch (below(random, 8)) {
        case 0:
          await this.#transfer(txn, random, signal)
          break
        case 1:
          this.#bankTotals.push(
            await totalOf(txn.scan({ prefix: 'bank/' }, { signal, pageCount: 1 + below(random, 4) })),
          )
          break
        case 2: {
          const scan = below(random, 2) === 0 ? txn.scan : txn.reverseScan
          const found = new Map<string, Uint8Array>()
          const options = { signal, pageCount: 1 + below(random, 4) }
          for await (const pair of scan.call(txn, { prefix: 'list/' }, options)) found.set(textOf(pair.key), pair.value)
          for (let index = 0; index < listCount; index++) seen.read(listKey(index), found.get(listKey(index)))
          break
        }
        case 3: {
          const keys = Array.from({ length: listCount }, (_, index) => listKey(index))
          const values = await txn.batchGet(keys, { signal })
          for (const [index, value] of values.entries()) seen.read(keys[index]!, value)
          break
        }
        case 4:
          seen.read(key, await txn.get(key, { signal }))
          if (below(random, 2) === 0) txn.lock(key)
          break
        default: {
          const value = await txn.get(key, { signal })
          seen.read(key, value)
          txn.put(key, seen.append(key, value))
        }
      }
    }
  }

  /** Empty accounts do not exist: deletions and insertions take part. */
  async #transfer(txn: Transaction, random: SeededRandom, signal: AbortSignal): Promise<void> {
    const from = below(random, accountCount)
    const to = (from + 1 + below(random, accountCount - 1)) % accountCount
    const [held, receiving] = await txn.batchGet([accountKey(from), accountKey(to)], { signal })
    const balance = Number(textOf(held))
    if (balance === 0) return
    const amount = 1 + below(random, balance)
    if (amount === balance) txn.delete(accountKey(from))
    else txn.put(accountKey(from), String(balance - amount))
    if (receiving === undefined) txn.insert(accountKey(to), String(amount))
    else txn.put(accountKey(to), String(Number(textOf(receiving)) + amount))
  }

  async #splitAndMerge(random: SeededRandom): Promise<void> {
    const boundaries = [
      ...Array.from({ length: accountCount }, (_, index) => accountKey(index)),
      ...Array.from({ length: listCount }, (_, index) => listKey(index)),
    ].map((key) => encodeBytes(new TextEncoder().encode(key)))
    while (!this.#isOver) {
      await this.#pause(below(random, 1500))
      const key = boundaries[below(random, boundaries.length)]!
      if (below(random, 3) === 0) await this.#cluster.kv.merge(key)
      else await this.#cluster.kv.split(key)
    }
  }

  #pause(delayMs: number): Promise<void> {
    return new Promise((resolve) => {
      this.#clock.after(delayMs, resolve)
    })
  }
}

/** What one transaction has read and written of the lists. */
class Footprint {
  readonly reads = new Map<string, readonly number[]>()
  readonly appends = new Map<string, number>()
  readonly #id: number

  constructor(id: number) {
    this.#id = id
  }

  /** Reads after an own append show the append, which the history leaves out. */
  read(key: string, value: Uint8Array | undefined): void {
    if (!this.appends.has(key) && !this.reads.has(key)) this.reads.set(key, idsOf(value))
  }

  /** The list with this transaction behind it. */
  append(key: string, value: Uint8Array | undefined): string {
    this.appends.set(key, (this.appends.get(key) ?? 0) + 1)
    return [...idsOf(value), this.#id].join(',')
  }
}

async function totalOf(pairs: AsyncIterable<{ readonly value: Uint8Array }>): Promise<number> {
  let total = 0
  for await (const { value } of pairs) total += Number(textOf(value))
  return total
}

function textOf(value: Uint8Array | undefined): string {
  return value === undefined ? '' : new TextDecoder().decode(value)
}

function idsOf(value: Uint8Array | undefined): number[] {
  const text = textOf(value)
  return text === '' ? [] : text.split(',').map(Number)
}
