import { ClosedError } from '@stratakv/core'
import type { TestApi } from '@stratakv/core/compliance'
import type { TikvClient } from '../src/client.ts'
import { CallAbortedError, InvalidArgumentError } from '../src/errors.ts'
import type { KeyValue } from '../src/raw-options.ts'
import {
  EntryTooLargeError,
  KeyExistsError,
  KeyRefusedError,
  TransactionFinishedError,
  TransactionTooLargeError,
  WriteConflictError,
} from '../src/txn/errors.ts'

/** Two clients of one cluster that holds no keys of transactions. */
export interface TxnClientFixture {
  readonly client: TikvClient
  readonly other: TikvClient
  dispose(): Promise<void> | void
}

export interface TxnClientCasesOptions {
  /** Called once a test, and disposed of after it. */
  create(): Promise<TxnClientFixture>
}

/** Transactions as their users know them. */
export function txnClientCases(t: TestApi, options: TxnClientCasesOptions): void {
  const { describe, it, expect } = t

  function test(name: string, body: (client: TikvClient, other: TikvClient) => Promise<void>): void {
    it(name, async () => {
      const subject = await options.create()
      try {
        await body(subject.client, subject.other)
      } finally {
        await subject.dispose()
      }
    })
  }

  describe('transactions: one at a time', () => {
    test('show what they wrote to themselves at once, to others after the commit', async (client, other) => {
      const txn = await client.begin()
      txn.put('k', 'v')
      expect(textOf(await txn.get('k'))).toBe('v')
      expect(await (await other.snapshot()).get('k')).toBe(undefined)
      const commitTs = await txn.commit()
      expect(commitTs! > txn.startTs).toBe(true)
      expect(txn.state).toBe('committed')
      expect(textOf(await (await other.snapshot()).get('k'))).toBe('v')
    })

    test('delete, and tell an empty value from none', async (client) => {
      await client.txn((txn) => {
        txn.put('a', '')
        txn.put('b', 'b')
      })
      await client.txn((txn) => txn.delete('b'))
      const snapshot = await client.snapshot()
      expect(bytesOf(await snapshot.get('a'))).toEqual([])
      expect(await snapshot.get('b')).toBe(undefined)
      expect((await snapshot.batchGet(['b', 'a', 'c', 'a'])).map(bytesOf)).toEqual([undefined, [], undefined, []])
    })

    test('give what the work gave, and nothing of it when it throws', async (client) => {
      const value = await client.txn(async (txn) => {
        txn.put('k', 'v')
        return textOf(await txn.get('k'))
      })
      expect(value).toBe('v')
      const failed = await failure(
        client.txn((txn) => {
          txn.put('k', 'w')
          throw new RangeError('the work failed')
        }),
      )
      expect(failed).toBeInstanceOf(RangeError)
      expect(textOf(await (await client.snapshot()).get('k'))).toBe('v')
    })

    test('have no timestamp when they wrote nothing', async (client) => {
      const txn = await client.begin()
      await txn.get('k')
      expect(await txn.commit()).toBe(undefined)
    })

    test('carry many keys and large values', async (client) => {
      const large = new Uint8Array(100_000).fill(7)
      await client.txn((txn) => {
        for (let index = 0; index < 600; index++) txn.put(`key ${String(index).padStart(3, '0')}`, `value ${index}`)
        txn.put('large', large)
      })
      const snapshot = await client.snapshot()
      const pairs = await collect(snapshot.scan({ prefix: 'key ' }, { pageCount: 100 }))
      expect(pairs.map(({ value }) => textOf(value))).toEqual(pairs.map((_, index) => `value ${index}`))
      expect(pairs.length).toBe(600)
      expect(bytesOf(await snapshot.get('large'))).toEqual(bytesOf(large))
    })

    test('keep copies: buffers stay their callers own', async (client) => {
      const key = new TextEncoder().encode('k')
      const value = new TextEncoder().encode('v')
      await client.txn((txn) => {
        txn.put(key, value)
        key.fill(0)
        value.fill(0)
      })
      const first = (await (await client.snapshot()).get('k'))!
      expect(textOf(first)).toBe('v')
      first.fill(0)
      expect(textOf(await (await client.snapshot()).get('k'))).toBe('v')
    })

    test('end once', async (client) => {
      const committed = await client.begin()
      committed.put('k', 'v')
      await committed.commit()
      for (const call of [() => committed.commit(), () => committed.get('k'), () => committed.rollback()]) {
        expect(await failure(call())).toBeInstanceOf(TransactionFinishedError)
      }
      expect(() => committed.put('k', 'w')).toThrow(TransactionFinishedError)
      const rolledBack = await client.begin()
      rolledBack.put('k', 'w')
      await rolledBack.rollback()
      await rolledBack.rollback()
      expect(await failure(rolledBack.commit())).toBeInstanceOf(TransactionFinishedError)
      expect(textOf(await (await client.snapshot()).get('k'))).toBe('v')
    })

    test('are rolled back by leaving their scope', async (client) => {
      {
        await using txn = await client.begin()
        txn.put('k', 'v')
      }
      expect(await (await client.snapshot()).get('k')).toBe(undefined)
    })

    test('refuse what is over a limit, and go on', async (client) => {
      const txn = await client.begin({ entryCountMax: 2, entryBytesMax: 10, transactionBytesMax: 15 })
      expect(() => txn.put('k', '0123456789')).toThrow(EntryTooLargeError)
      txn.put('a', '01234567')
      expect(() => txn.put('b', '012345678')).toThrow(TransactionTooLargeError)
      txn.put('b', '01')
      expect(() => txn.put('c', '')).toThrow(TransactionTooLargeError)
      await txn.commit()
      expect((await collect((await client.snapshot()).scan())).map(({ key }) => textOf(key))).toEqual(['a', 'b'])
    })

    test('are refused with a key that is too long for the store', async (client) => {
      const refused = await failure(client.txn((txn) => txn.put('k'.repeat(20_000), 'v')))
      expect(refused).toBeInstanceOf(KeyRefusedError)
    })
  })

  describe('transactions: side by side', () => {
    test('let the first of two writers win', async (client, other) => {
      const first = await client.begin()
      const second = await other.begin()
      first.put('k', 'first')
      second.put('k', 'second')
      const firstTs = await first.commit()
      const conflict = await failure(second.commit())
      expect(conflict).toBeInstanceOf(WriteConflictError)
      expect((conflict as WriteConflictError).startTs).toBe(second.startTs)
      expect((conflict as WriteConflictError).conflictCommitTs).toBe(firstTs)
      expect(second.state).toBe('rolled-back')
      expect(textOf(await (await client.snapshot()).get('k'))).toBe('first')
    })

    test('lose no update when they run again on conflict', async (client, other) => {
      const increment = (by: TikvClient) =>
        by.txn(async (txn) => {
          const before = Number(textOf(await txn.get('counter')) ?? 0)
          txn.put('counter', String(before + 1))
        })
      await Promise.all(Array.from({ length: 10 }, (_, index) => increment(index % 2 === 0 ? client : other)))
      expect(textOf(await (await client.snapshot()).get('counter'))).toBe('10')
    })

    test('read what was there when they began', async (client, other) => {
      await client.txn((txn) => {
        txn.put('a', 'old')
        txn.put('b', 'old')
      })
      const txn = await client.begin()
      await other.txn((writing) => {
        writing.put('a', 'new')
        writing.delete('b')
        writing.put('c', 'new')
      })
      expect(textOf(await txn.get('a'))).toBe('old')
      expect((await txn.batchGet(['b', 'c'])).map(textOf)).toEqual(['old', undefined])
      expect((await collect(txn.scan())).map(({ key }) => textOf(key))).toEqual(['a', 'b'])
    })

    test('see a commit whose timestamp they read at, and none before it', async (client) => {
      const txn = await client.begin()
      txn.put('k', 'v')
      const commitTs = (await txn.commit())!
      expect(textOf(await (await client.snapshot({ at: commitTs })).get('k'))).toBe('v')
      expect(await (await client.snapshot({ at: commitTs - 1n })).get('k')).toBe(undefined)
      expect((await client.timestamp()) > txn.startTs).toBe(true)
    })

    test('insert only what is not there', async (client, other) => {
      await client.txn((txn) => txn.put('k', 'v'))
      const exists = await failure(client.txn((txn) => txn.insert('k', 'w')))
      expect(exists).toBeInstanceOf(KeyExistsError)
      expect(textOf((exists as KeyExistsError).key)).toBe('k')
      await other.txn((txn) => txn.delete('k'))
      await client.txn((txn) => {
        txn.insert('k', 'again')
        expect(() => txn.insert('k', 'twice')).toThrow(KeyExistsError)
      })
      expect(textOf(await (await client.snapshot()).get('k'))).toBe('again')
    })

    test('check an insertion that they took back', async (client) => {
      await client.txn((txn) => txn.put('k', 'v'))
      const insertAndDelete = (key: string) =>
        client.txn((txn) => {
          txn.insert(key, 'w')
          txn.delete(key)
        })
      expect(await failure(insertAndDelete('k'))).toBeInstanceOf(KeyExistsError)
      await insertAndDelete('free')
      expect(await (await client.snapshot()).get('free')).toBe(undefined)
    })

    test('with a lock on what they read, notice that it changed', async (client, other) => {
      await client.txn((txn) => txn.put('a', '1'))
      const reader = await client.begin()
      await reader.get('a')
      reader.lock('a')
      reader.put('b', 'because a is 1')
      await other.txn((txn) => txn.put('a', '2'))
      expect(await failure(reader.commit())).toBeInstanceOf(WriteConflictError)
      // A lock changes nothing.
      await client.txn((txn) => txn.lock('a'))
      expect(textOf(await (await client.snapshot()).get('a'))).toBe('2')
    })
  })

  describe('transactions: scans', () => {
    const fill = (client: TikvClient) =>
      client.txn((txn) => {
        for (const key of ['a', 'b', 'c', 'd', 'e', 'f']) txn.put(key, key.toUpperCase())
      })

    test('go both ways, in pages of any size', async (client) => {
      await fill(client)
      const snapshot = await client.snapshot()
      for (const pageCount of [1, 2, 3, 100]) {
        const keys = async (pairs: AsyncIterable<KeyValue>) => (await collect(pairs)).map(({ key }) => textOf(key))
        expect(await keys(snapshot.scan({}, { pageCount }))).toEqual(['a', 'b', 'c', 'd', 'e', 'f'])
        expect(await keys(snapshot.scan({ start: 'b', end: 'e' }, { pageCount }))).toEqual(['b', 'c', 'd'])
        expect(await keys(snapshot.reverseScan({}, { pageCount }))).toEqual(['f', 'e', 'd', 'c', 'b', 'a'])
        expect(await keys(snapshot.reverseScan({ start: 'b', end: 'e' }, { pageCount }))).toEqual(['d', 'c', 'b'])
        expect(await keys(snapshot.scan({ start: 'e', end: 'b' }, { pageCount }))).toEqual([])
        expect(await keys(snapshot.scan({ start: 'b' }, { pageCount, limitCount: 2 }))).toEqual(['b', 'c'])
        expect(await keys(snapshot.scan({}, { pageCount, limitCount: 0 }))).toEqual([])
      }
    })

    test('end when their reader leaves, and fetch no values that nobody wants', async (client) => {
      await fill(client)
      const snapshot = await client.snapshot()
      const seen: string[] = []
      for await (const { key, value } of snapshot.scan({}, { keyOnly: true, pageCount: 1 })) {
        expect(value.length).toBe(0)
        seen.push(textOf(key)!)
        if (seen.length === 2) break
      }
      expect(seen).toEqual(['a', 'b'])
    })

    test('lay their own writes over what is stored', async (client) => {
      await fill(client)
      const txn = await client.begin()
      txn.put('aa', 'new')
      txn.put('c', 'changed')
      txn.delete('d')
      txn.delete('zz')
      txn.put('g', 'last')
      txn.lock('e')
      const expected = ['a=A', 'aa=new', 'b=B', 'c=changed', 'e=E', 'f=F', 'g=last']
      const show = async (pairs: AsyncIterable<KeyValue>) =>
        (await collect(pairs)).map(({ key, value }) => `${textOf(key)}=${textOf(value)}`)
      for (const pageCount of [1, 2, 100]) {
        expect(await show(txn.scan({}, { pageCount }))).toEqual(expected)
        expect(await show(txn.reverseScan({}, { pageCount }))).toEqual([...expected].reverse())
        expect(await show(txn.scan({ start: 'b', end: 'f' }, { pageCount, limitCount: 3 }))).toEqual(
          expected.slice(2, 5),
        )
      }
      // A loop may change what it walks over: it goes on with what was there when it began.
      for await (const { key } of txn.scan()) txn.delete(key)
      await txn.commit()
      expect(await collect((await client.snapshot()).scan())).toEqual([])
    })

    test('refuse counts that are none', async (client) => {
      const snapshot = await client.snapshot()
      for (const options of [{ pageCount: 0 }, { pageCount: 1.5 }, { limitCount: -1 }]) {
        expect(await failure(collect(snapshot.scan({}, options)))).toBeInstanceOf(InvalidArgumentError)
      }
    })
  })

  describe('transactions: the client', () => {
    test('gives up when its caller does', async (client) => {
      const given = AbortSignal.abort(new Error('not any more'))
      expect(await failure(client.begin({ signal: given }))).toBeInstanceOf(CallAbortedError)
      const txn = await client.begin()
      txn.put('k', 'v')
      expect(await failure(txn.get('other', { signal: given }))).toBeInstanceOf(CallAbortedError)
      expect(await failure(txn.commit({ signal: given }))).toBeInstanceOf(CallAbortedError)
      expect(txn.state).toBe('rolled-back')
      expect(await (await client.snapshot()).get('k')).toBe(undefined)
    })

    test('sweeps a range in which nobody left a lock', async (client) => {
      await client.txn((txn) => txn.put('k', 'v'))
      const report = await client.resolveLocksBefore(await client.timestamp(), { prefix: 'no such' })
      expect(report).toEqual({ removedCount: 0, aliveCount: 0, oldestAliveStartTs: undefined })
    })

    test('takes no calls once closed', async (client) => {
      const snapshot = await client.snapshot()
      await client.close()
      for (const call of [client.begin(), client.timestamp(), snapshot.get('k'), client.txn(() => {})]) {
        expect(await failure(call)).toBeInstanceOf(ClosedError)
      }
    })
  })
}

function textOf(bytes: Uint8Array | undefined): string | undefined {
  return bytes === undefined ? undefined : new TextDecoder().decode(bytes)
}

function bytesOf(bytes: Uint8Array | undefined): number[] | undefined {
  return bytes === undefined ? undefined : [...bytes]
}

async function collect(pairs: AsyncIterable<KeyValue>): Promise<KeyValue[]> {
  const found: KeyValue[] = []
  for await (const pair of pairs) found.push(pair)
  return found
}

async function failure(call: Promise<unknown>): Promise<unknown> {
  try {
    await call
  } catch (error) {
    return error
  }
  return undefined
}
