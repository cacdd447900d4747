import { settled, simulatedClock } from '@stratakv/testkit'
import { describe, expect, it } from 'vitest'
import { Pacer } from '../src/raft-engine/pacer.ts'

describe('a pacer', () => {
  it('wakes each waiter at its instant, by a timer first and then by looking', async () => {
    const clock = simulatedClock()
    const pacer = new Pacer(clock)
    const woken: string[] = []
    void pacer.until(50)?.then(() => woken.push('late'))
    void pacer.until(10)?.then(() => woken.push('soon'))

    await clock.advance(9)
    await settled()
    expect(woken).toEqual([])
    await clock.advance(1)
    await settled()
    expect(woken).toEqual(['soon'])
    await clock.advance(40)
    await settled()
    expect(woken).toEqual(['soon', 'late'])
  })

  it('lets those go on at once whose instant has passed', () => {
    expect(new Pacer(simulatedClock()).until(0)).toBeUndefined()
  })
})
