import {
  type SnapshotChunks,
  SnapshotCutError,
  type Transport,
  type TransportReceiver,
  unreachableIntervalMs,
} from '../src/transport.ts'
import type { TestApi } from './test-api.ts'

/** A network without stores. */
export interface TransportFixture {
  /** Not yet started. A store that closed may be connected again. */
  connect(storeId: number): Promise<Transport>
  /** Lets everything that is under way arrive, or be lost. */
  settle(): Promise<void>
  /** Lets time pass on the transports' clock. */
  pass(ms: number): Promise<void>
  dispose(): Promise<void>
}

export interface TransportComplianceOptions {
  /** Called once a test. */
  create(): Promise<TransportFixture>
  /** How many messages may wait for one store. */
  readonly queueCountMax: number
  /** How many snapshots a store sends at a time. */
  readonly snapshotCountMax: number
}

/** Writes down what it is told. */
class Listener implements TransportReceiver {
  readonly messages: string[] = []
  readonly snapshots: string[] = []
  readonly cuts: unknown[] = []
  readonly unreachable: number[] = []

  onMessage(from: number, message: Uint8Array): void {
    this.messages.push(`${from} ${readable(message)}`)
  }

  async onSnapshot(from: number, header: Uint8Array, chunks: AsyncIterable<Uint8Array>) {
    let content = ''
    try {
      for await (const chunk of chunks) content += readable(chunk)
    } catch (error) {
      this.cuts.push(error)
      throw error
    }
    this.snapshots.push(`${from} ${readable(header)} ${content}`)
  }

  onUnreachable(storeId: number): void {
    this.unreachable.push(storeId)
  }
}

const bytes = (text: string): Uint8Array => Uint8Array.from(text, (character) => character.charCodeAt(0))
const readable = (data: Uint8Array): string => Array.from(data, (byte) => String.fromCharCode(byte)).join('')
const chunksOf = (...parts: string[]): SnapshotChunks => ({
  async *open() {
    for (const part of parts) yield bytes(part)
  },
})

/** What every `Transport` must do while nothing disturbs it, sentence by sentence of the seam. */
export function transportCompliance(t: TestApi, options: TransportComplianceOptions): void {
  const { describe, it, expect } = t

  /** Stores 1 and 2. */
  interface Pair {
    readonly one: Transport
    readonly two: Transport
    readonly heardByOne: Listener
    readonly heardByTwo: Listener
    readonly fixture: TransportFixture
  }

  const test = (name: string, body: (pair: Pair) => Promise<void>, second: Listener = new Listener()): void =>
    it(name, async () => {
      const fixture = await options.create()
      const [one, two] = [await fixture.connect(1), await fixture.connect(2)]
      const heardByOne = new Listener()
      one.start(heardByOne)
      two.start(second)
      try {
        await body({ one, two, heardByOne, heardByTwo: second, fixture })
      } finally {
        await one.close()
        await two.close()
        await fixture.dispose()
      }
    })

  describe('messages', () => {
    test('arrive with their sender, both ways', async ({ one, two, heardByOne, heardByTwo, fixture }) => {
      expect([one.storeId, two.storeId]).toEqual([1, 2])
      expect(one.send(2, 7, bytes('to two'))).toBe(true)
      expect(two.send(1, 8, bytes('to one'))).toBe(true)
      await fixture.settle()
      expect(heardByTwo.messages).toEqual(['1 to two'])
      expect(heardByOne.messages).toEqual(['2 to one'])
      expect(one.counts()).toEqual({ sentCount: 1, droppedCount: 0 })
    })

    test('of a region keep their order', async ({ one, heardByTwo, fixture }) => {
      const all = Array.from({ length: Math.min(50, options.queueCountMax) }, (_, at) => `message ${at}`)
      for (const [at, text] of all.entries()) {
        one.send(2, 7, bytes(text))
        if (at % 10 === 9) one.flush()
      }
      await fixture.settle()
      expect(heardByTwo.messages).toEqual(all.map((text) => `1 ${text}`))
    })

    test('do not arrive inside the call that sends them', async ({ one, heardByTwo, fixture }) => {
      one.send(2, 7, bytes('later'))
      one.flush()
      expect(heardByTwo.messages).toEqual([])
      await fixture.settle()
      expect(heardByTwo.messages.length).toBe(1)
    })

    test('may have no bytes, and all of them', async ({ one, heardByTwo, fixture }) => {
      const all = Uint8Array.from({ length: 256 }, (_, at) => at)
      one.send(2, 2 ** 53 - 1, all)
      one.send(2, 1, new Uint8Array(0))
      await fixture.settle()
      expect([...heardByTwo.messages].sort()).toEqual(['1 ', `1 ${readable(all)}`])
    })

    test('that find the buffer full are dropped and counted', async ({ one, heardByTwo, fixture }) => {
      const answers = Array.from({ length: options.queueCountMax + 10 }, () => one.send(2, 7, bytes('x')))
      expect(answers.filter((isTaken) => !isTaken).length).toBe(10)
      await fixture.settle()
      expect(heardByTwo.messages.length).toBe(options.queueCountMax)
      expect(one.counts()).toEqual({ sentCount: options.queueCountMax, droppedCount: 10 })
      expect(one.send(2, 7, bytes('room again'))).toBe(true)
    })

    test('to nobody are lost, which is told once in a while', async ({ one, heardByOne, fixture }) => {
      for (let time = 0; time < 3; time++) {
        one.send(9, 7, bytes('nobody there'))
        await fixture.settle()
      }
      expect(heardByOne.unreachable).toEqual([9])
      expect(one.counts()).toEqual({ sentCount: 0, droppedCount: 3 })
      await fixture.pass(unreachableIntervalMs)
      one.send(9, 7, bytes('still not'))
      await fixture.settle()
      expect(heardByOne.unreachable).toEqual([9, 9])
    })

    test('reach a store that is back', async ({ one, two, heardByTwo, fixture }) => {
      await two.close()
      one.send(2, 7, bytes('lost'))
      await fixture.settle()
      await fixture.pass(unreachableIntervalMs)
      const again = await fixture.connect(2)
      const heard = new Listener()
      again.start(heard)
      one.send(2, 7, bytes('found'))
      await fixture.settle()
      expect(heard.messages).toEqual(['1 found'])
      expect(heardByTwo.messages).toEqual([])
      await again.close()
    })
  })

  describe('snapshots', () => {
    test('arrive whole', async ({ one, heardByTwo }) => {
      expect(await one.sendSnapshot(2, 7, bytes('head'), chunksOf('abc', 'def', 'g'))).toBe('taken')
      expect(heardByTwo.snapshots).toEqual(['1 head abcdefg'])
    })

    test('may have no content', async ({ one, heardByTwo }) => {
      expect(await one.sendSnapshot(2, 7, bytes('head'), chunksOf())).toBe('taken')
      expect(heardByTwo.snapshots).toEqual(['1 head '])
    })

    test('whose source fails are never whole', async ({ one, heardByTwo, fixture }) => {
      const content: SnapshotChunks = {
        async *open() {
          yield bytes('half')
          throw new RangeError('disk')
        },
      }
      expect(await one.sendSnapshot(2, 7, bytes('head'), content)).toBe('source-failed')
      await fixture.settle()
      expect(heardByTwo.snapshots).toEqual([])
      expect(heardByTwo.cuts[0]).toBeInstanceOf(SnapshotCutError)
    })

    const refusing = new Listener()
    refusing.onSnapshot = async () => {
      throw new RangeError('not wanted')
    }
    test(
      'may be refused',
      async ({ one }) => {
        expect(await one.sendSnapshot(2, 7, bytes('head'), chunksOf('abc'))).toBe('refused')
      },
      refusing,
    )

    test('to nobody come back', async ({ one, fixture }) => {
      const outcome = one.sendSnapshot(9, 7, bytes('head'), chunksOf('abc'))
      await fixture.settle()
      expect(await outcome).toBe('unreachable')
    })

    for (const [closing, expected] of [
      ['one', 'closed'],
      ['two', 'unreachable'],
    ] as const) {
      test(`are cut when store ${closing} closes`, async (pair) => {
        let isUnderWay: () => void = () => {}
        const underWay = new Promise<void>((resolve) => {
          isUnderWay = resolve
        })
        const content: SnapshotChunks = {
          async *open() {
            yield bytes('half')
            isUnderWay()
            await new Promise<void>(() => {})
          },
        }
        const outcome = pair.one.sendSnapshot(2, 7, bytes('head'), content)
        await underWay
        await pair.fixture.settle()
        await pair[closing].close()
        await pair.fixture.settle()
        expect(await outcome).toBe(expected)
        expect(pair.heardByTwo.snapshots).toEqual([])
        expect(pair.heardByTwo.cuts[0]).toBeInstanceOf(SnapshotCutError)
      })
    }

    test('are sent so many at a time', async ({ one, heardByTwo }) => {
      let release: () => void = () => {}
      const released = new Promise<void>((resolve) => {
        release = resolve
      })
      const content: SnapshotChunks = {
        async *open() {
          await released
          yield bytes('x')
        },
      }
      const running = Array.from({ length: options.snapshotCountMax }, (_, at) =>
        one.sendSnapshot(2, at + 1, bytes('head'), content),
      )
      expect(await one.sendSnapshot(2, 99, bytes('head'), content)).toBe('busy')
      release()
      expect([...new Set(await Promise.all(running))]).toEqual(['taken'])
      expect(heardByTwo.snapshots.length).toBe(options.snapshotCountMax)
      expect(await one.sendSnapshot(2, 99, bytes('head'), content)).toBe('taken')
    })
  })

  describe('after close', () => {
    test('nothing leaves', async ({ one, heardByTwo, fixture }) => {
      one.send(2, 7, bytes('waits'))
      await one.close()
      await one.close()
      expect(one.send(2, 7, bytes('late'))).toBe(false)
      one.flush()
      expect(await one.sendSnapshot(2, 7, bytes('head'), chunksOf('abc'))).toBe('closed')
      await fixture.settle()
      expect([heardByTwo.messages, heardByTwo.snapshots]).toEqual([[], []])
      expect(one.counts()).toEqual({ sentCount: 0, droppedCount: 2 })
    })

    test('nothing comes in', async ({ one, two, heardByTwo, fixture }) => {
      one.send(2, 7, bytes('on its way'))
      await two.close()
      await fixture.settle()
      expect(heardByTwo.messages).toEqual([])
    })
  })
}
