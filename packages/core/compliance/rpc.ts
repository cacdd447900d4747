import { sleep } from '../src/clock.ts'
import { ClosedError } from '../src/errors.ts'
import { RpcStatusError, rpcStatus, unary } from '../src/rpc-service.ts'
import { systemClock } from '../src/system-clock.ts'
import {
  aborted,
  awaited,
  echo,
  failureOf,
  type RpcComplianceOptions,
  rawMethod,
  serving,
  textMethod,
} from './rpc-fixture.ts'
import { rpcStreamCompliance } from './rpc-streams.ts'
import type { TestApi } from './test-api.ts'

const reconnectPollMs = 20
const reconnectPollsMax = 1500

/** What every Rpc must do, over handlers that the suite brings. Handlers that should never answer are left to a deadline of some ms. */
export function rpcCompliance(t: TestApi, options: RpcComplianceOptions): void {
  const { describe, it, expect } = t
  const echoes = unary(echo, (request) => request)

  describe('rpc compliance', () => {
    describe('unary calls', () => {
      it('are answered, at once or later, each with its own answer', () => {
        const later = textMethod('Later', 'unary')
        return serving(
          options,
          [echoes, unary(later, async (request) => `later ${request}`)],
          async ({ rpc, address }) => {
            expect(await rpc.unary(address, echo, 'a')).toBe('a')
            const answers = await Promise.all(
              Array.from({ length: 300 }, (_, index) => rpc.unary(address, index % 2 === 0 ? echo : later, `${index}`)),
            )
            expect(answers).toEqual(
              Array.from({ length: 300 }, (_, index) => (index % 2 === 0 ? `${index}` : `later ${index}`)),
            )
          },
        )
      })

      it('carry metadata to the handler, and nothing that was not sent', () => {
        const whoAmI = textMethod('WhoAmI', 'unary')
        const answer = unary(whoAmI, (_request, call) => `${call.metadata('who')} ${call.metadata('constructor')}`)
        return serving(options, [answer], async ({ rpc, address }) => {
          expect(await rpc.unary(address, whoAmI, '-', { metadata: { who: 'me' } })).toBe('me undefined')
          expect(await rpc.unary(address, whoAmI, '-')).toBe('undefined undefined')
        })
      })

      it('fail with the status and text that the handler gives, thrown at once or later', () => {
        const refuse = textMethod('Refuse', 'unary')
        const refuseLater = textMethod('RefuseLater', 'unary')
        const text = 'mismatch cluster id, need 1 but got 2 – größer'
        const methods = [
          unary(refuse, () => {
            throw new RpcStatusError(rpcStatus.failedPrecondition, text)
          }),
          unary(refuseLater, async () => {
            throw new RpcStatusError(rpcStatus.resourceExhausted, text)
          }),
        ]
        return serving(options, methods, async ({ rpc, address }) => {
          const first = await failureOf(() => rpc.unary(address, refuse, '-'))
          expect(first instanceof RpcStatusError).toBe(true)
          expect(first).toMatchObject({ status: rpcStatus.failedPrecondition, message: text })
          const second = await failureOf(() => rpc.unary(address, refuseLater, '-'))
          expect(second instanceof RpcStatusError).toBe(true)
          expect(second).toMatchObject({ status: rpcStatus.resourceExhausted, message: text })
        })
      })

      it('fail with INTERNAL and the text when the handler throws anything else', () => {
        const bug = textMethod('Bug', 'unary')
        const bugLater = textMethod('BugLater', 'unary')
        const methods = [
          unary(bug, () => {
            throw new TypeError('boom')
          }),
          unary(bugLater, () => Promise.reject(new TypeError('boom later'))),
        ]
        return serving(options, methods, async ({ rpc, address }) => {
          const first = await failureOf(() => rpc.unary(address, bug, '-'))
          expect(first instanceof RpcStatusError).toBe(true)
          expect(first).toMatchObject({ status: rpcStatus.internal, message: 'boom' })
          const second = await failureOf(() => rpc.unary(address, bugLater, '-'))
          expect(second).toMatchObject({ status: rpcStatus.internal, message: 'boom later' })
        })
      })

      it('fail with UNIMPLEMENTED for a method that is not served, and UNAVAILABLE where nobody is', () =>
        serving(options, [echoes], async ({ rpc, address, deadAddress }) => {
          const missing = textMethod('Missing', 'unary')
          const first = await failureOf(() => rpc.unary(address, missing, '-'))
          expect(first).toMatchObject({ status: rpcStatus.unimplemented })
          const second = await failureOf(() => rpc.unary(deadAddress, echo, '-'))
          expect(second instanceof RpcStatusError).toBe(true)
          expect(second).toMatchObject({ status: rpcStatus.unavailable })
          expect(await rpc.unary(address, echo, 'still there')).toBe('still there')
        }))

      it('end at their deadline, and the handler is told', () => {
        const never = textMethod('Never', 'unary')
        const told = awaited<void>()
        const methods = [
          echoes,
          unary(never, (_request, call) => {
            aborted(call.signal).then(told.resolve)
            return new Promise<string>(() => {})
          }),
        ]
        return serving(options, methods, async ({ rpc, address }) => {
          // The connection stands before the clock runs, so that the call does reach the handler.
          await rpc.unary(address, echo, '-')
          const error = await failureOf(() => rpc.unary(address, never, '-', { timeoutMs: 100 }))
          expect(error).toMatchObject({ status: rpcStatus.deadlineExceeded })
          await told.promise
          const passed = await failureOf(() => rpc.unary(address, echo, '-', { timeoutMs: 0 }))
          expect(passed).toMatchObject({ status: rpcStatus.deadlineExceeded })
          expect(await rpc.unary(address, echo, 'in time', { timeoutMs: 60_000 })).toBe('in time')
        })
      })

      it('end with CANCELLED when the caller aborts, and the handler is told', () => {
        const never = textMethod('Never', 'unary')
        const arrived = awaited<void>()
        const told = awaited<void>()
        const methods = [
          unary(never, (_request, call) => {
            aborted(call.signal).then(told.resolve)
            arrived.resolve()
            return new Promise<string>(() => {})
          }),
        ]
        return serving(options, methods, async ({ rpc, address }) => {
          const abort = new AbortController()
          const call = failureOf(() => rpc.unary(address, never, '-', { signal: abort.signal }))
          await arrived.promise
          abort.abort()
          expect(await call).toMatchObject({ status: rpcStatus.cancelled })
          await told.promise
        })
      })

      it('are not made when aborted before, and do not mind being aborted after', () => {
        let callCount = 0
        const counts = unary(echo, (request) => {
          callCount++
          return request
        })
        return serving(options, [counts], async ({ rpc, address }) => {
          const abort = new AbortController()
          expect(await rpc.unary(address, echo, 'before', { signal: abort.signal })).toBe('before')
          abort.abort()
          const error = await failureOf(() => rpc.unary(address, echo, 'after', { signal: abort.signal }))
          expect(error).toMatchObject({ status: rpcStatus.cancelled })
          expect(await rpc.unary(address, echo, 'another')).toBe('another')
          expect(callCount).toBe(2)
        })
      })

      it('carry messages of no bytes, and of 8 MiB, both ways unchanged', () => {
        const mirror = rawMethod('Mirror', 'unary')
        return serving(options, [unary(mirror, (bytes) => bytes.slice())], async ({ rpc, address }) => {
          expect((await rpc.unary(address, mirror, new Uint8Array(0))).length).toBe(0)
          const message = Uint8Array.from({ length: 8 * 1024 ** 2 - 64 }, (_, index) => (index * 31) % 251)
          const answer = await rpc.unary(address, mirror, message.slice())
          expect(answer.length).toBe(message.length)
          expect(answer.every((byte, index) => byte === message[index])).toBe(true)
        })
      })
    })

    describe('a server that goes away', () => {
      it('ends running calls with UNAVAILABLE, and is found again when it is back', () => {
        const never = textMethod('Never', 'unary')
        const arrived = awaited<void>()
        const methods = [
          echoes,
          unary(never, () => {
            arrived.resolve()
            return new Promise<string>(() => {})
          }),
        ]
        return serving(options, methods, async (fixture) => {
          const { rpc, address } = fixture
          const running = failureOf(() => rpc.unary(address, never, '-'))
          await arrived.promise
          await fixture.stopServer()
          const error = await running
          expect(error instanceof RpcStatusError).toBe(true)
          expect(error).toMatchObject({ status: rpcStatus.unavailable })
          for (let attempt = 0; attempt < 3; attempt++) {
            const refused = await failureOf(() => rpc.unary(address, echo, '-'))
            expect(refused).toMatchObject({ status: rpcStatus.unavailable })
          }
          await fixture.startServer()
          // How soon is the implementation's choice, bounded by its back-off.
          const clock = systemClock()
          let last: unknown
          for (let poll = 0; poll < reconnectPollsMax; poll++) {
            last = await failureOf(() => rpc.unary(address, echo, '-'))
            if (last === undefined) break
            expect(last).toMatchObject({ status: rpcStatus.unavailable })
            await sleep(clock, reconnectPollMs)
          }
          expect(last).toBe(undefined)
          expect(await rpc.unary(address, echo, 'back')).toBe('back')
        })
      })
    })

    describe('close', () => {
      it('ends running calls with CANCELLED, tells their handlers, refuses later ones, and may be repeated', () => {
        const never = textMethod('Never', 'unary')
        const arrived = awaited<void>()
        const told = awaited<void>()
        const methods = [
          echoes,
          unary(never, (_request, call) => {
            aborted(call.signal).then(told.resolve)
            arrived.resolve()
            return new Promise<string>(() => {})
          }),
        ]
        return serving(options, methods, async ({ rpc, address }) => {
          const running = failureOf(() => rpc.unary(address, never, '-'))
          await arrived.promise
          await rpc.close()
          expect(await running).toMatchObject({ status: rpcStatus.cancelled })
          await told.promise
          expect((await failureOf(() => rpc.unary(address, echo, '-'))) instanceof ClosedError).toBe(true)
          await rpc.close()
        })
      })
    })

    rpcStreamCompliance(t, options)
  })
}
