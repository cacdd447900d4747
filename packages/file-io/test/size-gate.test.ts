import { describe, expect, it } from 'vitest'
import { SizeGate } from '../src/size-gate.ts'

/** Work that ends when told to, and notes when it began. */
function work(name: string, begun: string[]) {
  let end = () => {}
  const ended = new Promise<void>((resolve) => {
    end = resolve
  })
  return {
    end: () => end(),
    body: () => {
      begun.push(name)
      return ended
    },
  }
}

const turns = async () => {
  for (let hop = 0; hop < 20; hop++) await undefined
}

describe('the size gate', () => {
  it('lets writes run together, and a resize alone', async () => {
    const gate = new SizeGate()
    const begun: string[] = []
    const [first, second, resize, third] = ['first', 'second', 'resize', 'third'].map((name) => work(name, begun))
    const calls = [
      gate.write(first!.body),
      gate.write(second!.body),
      gate.resize(resize!.body),
      gate.write(third!.body),
    ]
    await turns()
    expect(begun).toEqual(['first', 'second'])
    first!.end()
    await turns()
    expect(begun).toEqual(['first', 'second'])
    second!.end()
    await turns()
    expect(begun).toEqual(['first', 'second', 'resize'])
    resize!.end()
    await turns()
    expect(begun).toEqual(['first', 'second', 'resize', 'third'])
    third!.end()
    await Promise.all(calls)
  })

  it('takes resizes one at a time, and goes on after one that failed', async () => {
    const gate = new SizeGate()
    const begun: string[] = []
    const second = work('second', begun)
    const failing = gate.resize(async () => {
      begun.push('first')
      throw new RangeError('no')
    })
    const calls = [gate.resize(second.body), gate.write(async () => begun.push('write'))]
    await expect(failing).rejects.toBeInstanceOf(RangeError)
    await turns()
    expect(begun).toEqual(['first', 'second'])
    second.end()
    await Promise.all(calls)
    expect(begun).toEqual(['first', 'second', 'write'])
  })

  it('opens again after a write that failed', async () => {
    const gate = new SizeGate()
    await expect(gate.write(() => Promise.reject(new RangeError('no')))).rejects.toBeInstanceOf(RangeError)
    expect(await gate.resize(async () => 'resized')).toBe('resized')
  })
})
