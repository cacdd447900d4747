import { describe, expect, it } from 'vitest'
import { InvalidEtcdRequestError, PdLimitError } from '../src/errors.ts'
import type { EtcdRangeAnswer } from '../src/etcd-kv.ts'
import { key, sampleDriver } from './sample-driver.ts'

const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes)
const one = (name: string) => ({ key: key(name), rangeEnd: key('') })
const shown = ({ entries }: EtcdRangeAnswer) => entries.map((entry) => `${text(entry.key)}=${text(entry.value)}`)

describe('etcd keys', () => {
  it('carry their revisions, also over a restart', async () => {
    const made = await sampleDriver()
    expect(made.pd.etcd.revision).toBe(1)
    expect(await made.pd.etcd.put(key('a'), key('1'))).toBe(undefined)
    await made.pd.etcd.put(key('b'), key('2'))
    expect(text((await made.pd.etcd.put(key('a'), key('3')))!.value)).toBe('1')
    await made.reopen()
    expect(made.pd.etcd.revision).toBe(4)
    expect(made.pd.etcd.range(one('a'), 0).entries[0]).toEqual({
      key: key('a'),
      value: key('3'),
      createRevision: 2,
      modRevision: 4,
      version: 2,
    })
    await made.pd.close()
  })

  it('are found by range, in order, up to a limit', async () => {
    const { pd } = await sampleDriver()
    for (const name of ['c', 'a', 'ab', 'b']) await pd.etcd.put(key(name), key(name))
    expect(shown(pd.etcd.range({ key: key('a'), rangeEnd: key('b') }, 0))).toEqual(['a=a', 'ab=ab'])
    const all = pd.etcd.range({ key: key('ab'), rangeEnd: Uint8Array.of(0) }, 2)
    expect([shown(all), all.count]).toEqual([['ab=ab', 'b=b'], 3])
    expect((await pd.etcd.delete({ key: key('a'), rangeEnd: key('b') })).length).toBe(2)
    expect(pd.etcd.range({ key: key('a'), rangeEnd: Uint8Array.of(0) }, 0).count).toBe(2)
    const { revision } = pd.etcd
    expect(await pd.etcd.delete(one('nothing'))).toEqual([])
    expect(pd.etcd.revision).toBe(revision)
    await pd.close()
  })

  it('compare and change in one step', async () => {
    const { pd } = await sampleDriver()
    const create = () =>
      pd.etcd.transact({
        comparisons: [{ key: key('lock'), result: 'equal', target: { field: 'createRevision', value: 0 } }],
        success: [{ kind: 'put', key: key('lock'), value: key('mine') }],
        failure: [{ kind: 'range', range: one('lock'), limitCount: 0 }],
      })
    const outcomes = await Promise.all([create(), create(), create()])
    expect(outcomes.map(({ succeeded }) => succeeded)).toEqual([true, false, false])
    const answer = outcomes[1]!.answers[0]!
    expect(answer.kind === 'range' && shown(answer)).toEqual(['lock=mine'])
    const valueIs = (value: string, result: 'equal' | 'greater' | 'less' | 'not-equal') =>
      pd.etcd.transact({
        comparisons: [{ key: key('lock'), result, target: { field: 'value', value: key(value) } }],
        success: [],
        failure: [],
      })
    expect((await valueIs('mine', 'equal')).succeeded).toBe(true)
    expect((await valueIs('mine', 'not-equal')).succeeded).toBe(false)
    expect((await valueIs('max', 'greater')).succeeded).toBe(true)
    expect((await valueIs('max', 'less')).succeeded).toBe(false)
    await pd.close()
  })

  it('show a transaction its own changes, under one revision', async () => {
    const { pd } = await sampleDriver()
    await pd.etcd.put(key('a'), key('old'))
    const { answers, revision } = await pd.etcd.transact({
      comparisons: [],
      success: [
        { kind: 'put', key: key('b'), value: key('1') },
        { kind: 'delete', range: one('a') },
        { kind: 'range', range: { key: key('a'), rangeEnd: Uint8Array.of(0) }, limitCount: 0 },
      ],
      failure: [],
    })
    const range = answers[2]!
    expect(range.kind === 'range' && shown(range)).toEqual(['b=1'])
    expect(pd.etcd.range(one('b'), 0).entries[0]?.modRevision).toBe(revision)
    expect(pd.etcd.range(one('a'), 0).count).toBe(0)
    await pd.close()
  })

  it('have bounds', async () => {
    const { pd } = await sampleDriver()
    await expect(pd.etcd.put(key('a'), new Uint8Array(2 * 2 ** 20))).rejects.toBeInstanceOf(PdLimitError)
    await expect(pd.etcd.put(key(''), key('1'))).rejects.toBeInstanceOf(InvalidEtcdRequestError)
    expect(() => pd.etcd.range(one(''), 0)).toThrow(InvalidEtcdRequestError)
    await pd.close()
  })
})
