import type { Instant } from '../src/clock.ts'
import type { WriteAdmission } from '../src/write-admission.ts'
import type { TestApi } from './test-api.ts'

/** The way to put an implementation that can hold writes back under pressure. */
export interface AdmissionPressure {
  /** Makes the engine fall so far behind that a charge has to wait. */
  raise(): void | Promise<void>
  /** Makes the engine catch up, so that charges that wait go through. */
  relieve(): void | Promise<void>
  /** Makes the engine fall so far behind that `admit` answers `busy`. Absent: it never does. */
  overload?(): void | Promise<void>
}

/** What one test works on. The valve starts open. */
export interface WriteAdmissionFixture {
  readonly admission: WriteAdmission
  now(): Instant
  /** Lets `ms` pass and everything happen that falls due. */
  pass(ms: number): Promise<void>
  /** Absent: nothing ever makes it wait. */
  readonly pressure?: AdmissionPressure
}

export interface WriteAdmissionComplianceOptions {
  /** Called once a test. */
  create(): WriteAdmissionFixture | Promise<WriteAdmissionFixture>
}

/** What every {@link WriteAdmission} must do. */
export function writeAdmissionCompliance(t: TestApi, options: WriteAdmissionComplianceOptions): void {
  const { describe, it, expect } = t

  describe('write admission compliance', () => {
    it('lets writes through while the engine keeps up', async () => {
      const { admission, now, pass } = await options.create()
      for (const writeBytes of [0, 1, 4_096, 100_000]) {
        expect(admission.admit()).toBe('go')
        const verdict = admission.charge(writeBytes, now() + 10_000)
        await pass(0)
        expect(await verdict).toBe('charged')
      }
    })

    it('takes back what a failed write was charged, as often as it was', async () => {
      const { admission, now } = await options.create()
      for (let write = 0; write < 100; write++) {
        expect(await admission.charge(10_000, now() + 10_000)).toBe('charged')
        admission.refund(10_000)
      }
      admission.refund(0)
      expect(admission.admit()).toBe('go')
    })

    it('goes through at once, in the order of the calls, however many ask', async () => {
      const { admission, now, pass } = await options.create()
      const order: number[] = []
      const charges = Array.from({ length: 20 }, async (_, index) => {
        const verdict = await admission.charge(100, now() + 10_000)
        order.push(index)
        return verdict
      })
      await pass(10)
      expect(new Set(await Promise.all(charges))).toEqual(new Set(['charged']))
      expect(order).toEqual(Array.from({ length: 20 }, (_, index) => index))
    })

    it('holds a charge until the engine has caught up', async () => {
      const { admission, now, pass, pressure } = await options.create()
      if (pressure === undefined) return
      await pressure.raise()
      let verdict: string | undefined
      const charge = Promise.resolve(admission.charge(4_096, now() + 3_600_000)).then((found) => {
        verdict = found
      })
      await pass(5)
      expect(verdict).toBe(undefined)
      await pressure.relieve()
      await pass(60_000)
      expect(verdict).toBe('charged')
      await charge
    })

    it('gives up at the deadline, and not before', async () => {
      const { admission, now, pass, pressure } = await options.create()
      if (pressure === undefined) return
      await pressure.raise()
      const deadline = now() + 40
      let ended: { verdict: string; at: number } | undefined
      const charge = Promise.resolve(admission.charge(4_096, deadline)).then((verdict) => {
        ended = { verdict, at: now() }
      })
      await pass(39)
      // An answer that comes sooner is right only if the wait is known to be too long.
      if (ended !== undefined) expect(ended.verdict).toBe('deadline')
      await pass(2)
      expect(ended?.verdict).toBe('deadline')
      await charge
      expect(await admission.charge(4_096, now() - 1)).toBe('deadline')
      // Nothing was charged, so nothing is to be given back, and the next goes through once there is room.
      await pressure.relieve()
      await pass(60_000)
      const later = admission.charge(4_096, now() + 3_600_000)
      await pass(60_000)
      expect(await later).toBe('charged')
    })

    it('says busy under overload, and go again after it', async () => {
      const { admission, pass, pressure } = await options.create()
      if (pressure?.overload === undefined) return
      await pressure.overload()
      expect(admission.admit()).toBe('busy')
      await pressure.relieve()
      await pass(60_000)
      expect(admission.admit()).toBe('go')
    })
  })
}
