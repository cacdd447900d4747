import { RpcStatusError, type RpcStream, rpcStatus } from '@stratakv/core'
import { settled, simulatedClock } from '@stratakv/testkit'
import { describe, expect, it } from 'vitest'
import { FaultyStream, type StreamRules } from '../../src/edge/faulty-stream.ts'
import type { CallAction } from '../../src/faults/fault-table.ts'
import { FrozenGate } from '../../src/faults/frozen-gate.ts'

/** The transport's end of a stream, played by the test; the handler answers each message `n` with `-n`. */
class Script implements RpcStream<number, number> {
  readonly peer = 'script'
  readonly signal = new AbortController().signal
  readonly sent: (number | 'end' | RpcStatusError)[] = []
  isPaused = false
  say: (message: number) => void = () => {}
  halfClose: () => void = () => {}

  metadata(): undefined {}
  onMessage(receive: (message: number) => void): void {
    this.say = receive
  }
  onHalfClose(notify: () => void): void {
    this.halfClose = notify
  }
  onDrain(): void {}
  write(message: number): boolean {
    this.sent.push(message)
    return true
  }
  pause(): void {
    this.isPaused = true
  }
  resume(): void {
    this.isPaused = false
  }
  end(): void {
    this.sent.push('end')
  }
  fail(error: RpcStatusError): void {
    this.sent.push(error)
  }
}

function played(...actions: (CallAction | undefined)[]) {
  const clock = simulatedClock()
  const gate = new FrozenGate()
  const script = new Script()
  const rules: StreamRules = {
    decide: () => actions.shift(),
    delay: (delayMs) => new Promise((resolve) => clock.after(delayMs, resolve)),
    statusOf: () => new RpcStatusError(rpcStatus.unavailable, 'gone'),
  }
  const stream = new FaultyStream<number, number>(script, { gate, rules })
  stream.onMessage((message) => stream.write(-message))
  stream.onHalfClose(() => stream.end())
  return { clock, gate, script, stream }
}

describe('a stream that may fail', () => {
  it('answers within the call when nothing does', () => {
    const { script } = played()
    script.say(1)
    script.halfClose()
    expect(script.sent).toEqual([-1, 'end'])
    expect(script.isPaused).toBe(false)
  })

  it('says nothing while it is frozen, and everything in order afterwards', async () => {
    const { gate, script, stream } = played()
    gate.freeze()
    script.say(1)
    script.say(2)
    script.halfClose()
    expect(stream.write(-100)).toBe(false)
    await settled()
    expect([script.sent, script.isPaused]).toEqual([[], true])
    gate.thaw()
    await settled()
    expect(script.sent).toEqual([-100, -1, -2, 'end'])
    expect(script.isPaused).toBe(false)
  })

  it('holds an answer that comes when it has just been frozen', async () => {
    const { gate, script, stream } = played()
    script.say(1)
    gate.freeze()
    stream.write(-7)
    stream.end()
    await settled()
    expect(script.sent).toEqual([-1])
    gate.thaw()
    await settled()
    expect(script.sent).toEqual([-1, -7, 'end'])
  })

  it('lets nothing overtake a message that is late', async () => {
    const { clock, script } = played({ ruleId: 1, fault: 'delay', delayMs: 50 })
    script.say(1)
    script.say(2)
    script.halfClose()
    await clock.advance(49)
    expect([script.sent, script.isPaused]).toEqual([[], true])
    await clock.advance(1)
    expect([script.sent, script.isPaused]).toEqual([[-1, -2, 'end'], false])
  })

  it('falls silent after a lost message, and after a lost answer', async () => {
    for (const fault of ['drop', 'drop-answer'] as const) {
      const { script } = played(undefined, { ruleId: 1, fault })
      script.say(1)
      script.say(2)
      script.say(3)
      script.halfClose()
      await settled()
      expect(script.sent, fault).toEqual([-1])
    }
  })

  it('ends with UNAVAILABLE', () => {
    const { script } = played(undefined, { ruleId: 1, fault: 'unavailable' })
    script.say(1)
    script.say(2)
    script.say(3)
    expect(script.sent).toEqual([-1, expect.objectContaining({ status: rpcStatus.unavailable })])
  })

  it('delivers nothing that was held to a handler that has paused', async () => {
    const { gate, script, stream } = played()
    gate.freeze()
    script.say(1)
    stream.pause()
    gate.thaw()
    await settled()
    expect([script.sent, script.isPaused]).toEqual([[], true])
    stream.resume()
    expect([script.sent, script.isPaused]).toEqual([[-1], false])
  })
})
