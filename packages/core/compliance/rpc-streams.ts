import { ClosedError } from '../src/errors.ts'
import { RpcStatusError, rpcStatus, streaming, unary } from '../src/rpc-service.ts'
import {
  aborted,
  awaited,
  echo,
  failureOf,
  listen,
  pump,
  type RpcComplianceOptions,
  rawMethod,
  serving,
  textMethod,
} from './rpc-fixture.ts'
import type { TestApi } from './test-api.ts'

/** The part of the suite about calls with a stream. */
export function rpcStreamCompliance(t: TestApi, options: RpcComplianceOptions): void {
  const { describe, it, expect } = t
  const chat = textMethod('Chat', 'bidi')
  const echoes = streaming(chat, (stream) => {
    stream.onMessage((message) => stream.write(message))
    stream.onHalfClose(() => stream.end())
  })
  const texts = (count: number, prefix = '') => Array.from({ length: count }, (_, index) => `${prefix}${index}`)

  describe('streams', () => {
    it('carry messages both ways in order, and end after the last', () =>
      serving(options, [echoes], async ({ rpc, address }) => {
        const stream = rpc.stream(address, chat)
        const heard = listen(stream)
        pump(
          stream,
          3000,
          (index) => `${index}`,
          () => stream.halfClose(),
        )
        expect(await heard.end).toBe(undefined)
        expect(heard.messages).toEqual(texts(3000))
        expect(heard.endCount()).toBe(1)
        // After the end nothing happens any more.
        expect(stream.write('late')).toBe(true)
        stream.halfClose()
        stream.cancel()
        stream.pause()
        stream.resume()
        expect(heard.messages.length).toBe(3000)
      }))

    it('do not mix, and run beside unary calls', () =>
      serving(options, [echoes, unary(echo, (request) => request)], async ({ rpc, address }) => {
        const streams = texts(20).map((name) => {
          const stream = rpc.stream(address, chat)
          const heard = listen(stream)
          pump(
            stream,
            100,
            (index) => `${name} ${index}`,
            () => stream.halfClose(),
          )
          return { name, heard }
        })
        const answers = await Promise.all(texts(50).map((message) => rpc.unary(address, echo, message)))
        expect(answers).toEqual(texts(50))
        for (const { name, heard } of streams) {
          expect(await heard.end).toBe(undefined)
          expect(heard.messages).toEqual(texts(100, `${name} `))
        }
      }))

    it('call nobody back from inside a call', () =>
      serving(options, [echoes], async ({ rpc, address }) => {
        const stream = rpc.stream(address, chat)
        let isInside = true
        let calledInside = false
        const notice = () => {
          calledInside ||= isInside
        }
        const end = awaited<void>()
        stream.onMessage(() => {
          notice()
          isInside = true
          stream.halfClose()
          isInside = false
        })
        stream.onEnd(() => {
          notice()
          end.resolve()
        })
        stream.onDrain(notice)
        stream.write('a')
        isInside = false
        await end.promise
        expect(calledInside).toBe(false)
      }))

    it('may be half-closed by the caller while the server goes on', () => {
      const countdown = streaming(textMethod('Countdown', 'bidi'), (stream) => {
        let last = ''
        stream.onMessage((message) => {
          last = message
        })
        stream.onHalfClose(() => {
          for (const message of texts(10, last)) stream.write(message)
          stream.end()
        })
      })
      return serving(options, [countdown], async ({ rpc, address }) => {
        const stream = rpc.stream(address, textMethod('Countdown', 'bidi'))
        const heard = listen(stream)
        stream.write('a')
        stream.write('b')
        stream.halfClose()
        expect(await heard.end).toBe(undefined)
        expect(heard.messages).toEqual(texts(10, 'b'))
      })
    })

    it('may be ended by the server while the caller still writes', () => {
      const first = textMethod('First', 'bidi')
      const one = streaming(first, (stream) => {
        stream.onMessage((message) => {
          stream.write(message)
          stream.end()
        })
      })
      return serving(options, [one], async ({ rpc, address }) => {
        const stream = rpc.stream(address, first)
        const heard = listen(stream)
        for (const message of texts(5)) stream.write(message)
        expect(await heard.end).toBe(undefined)
        expect(heard.messages).toEqual(['0'])
      })
    })

    it('answer one request with many messages', () => {
      const count = textMethod('Count', 'server-stream')
      const counts = streaming(count, (stream) => {
        stream.onMessage((message) => {
          for (const each of texts(Number(message))) stream.write(each)
          stream.end()
        })
      })
      return serving(options, [counts], async ({ rpc, address }) => {
        for (const wanted of [0, 1, 200]) {
          const stream = rpc.stream(address, count)
          const heard = listen(stream)
          stream.write(`${wanted}`)
          stream.halfClose()
          expect(await heard.end).toBe(undefined)
          expect(heard.messages).toEqual(texts(wanted))
        }
      })
    })

    it('answer many requests with one message, and with INTERNAL when there is none', () => {
      const join = textMethod('Join', 'client-stream')
      const joins = streaming(join, (stream) => {
        const parts: string[] = []
        stream.onMessage((part) => parts.push(part))
        stream.onHalfClose(() => {
          if (parts.length > 0) stream.write(parts.join('+'))
          stream.end()
        })
      })
      return serving(options, [joins], async ({ rpc, address }) => {
        const stream = rpc.stream(address, join)
        const heard = listen(stream)
        for (const part of ['a', 'b', 'c']) stream.write(part)
        stream.halfClose()
        expect(await heard.end).toBe(undefined)
        expect(heard.messages).toEqual(['a+b+c'])
        const empty = rpc.stream(address, join)
        const nothing = listen(empty)
        empty.halfClose()
        expect(await nothing.end).toMatchObject({ status: rpcStatus.internal })
        expect(nothing.messages).toEqual([])
      })
    })

    it('fail with the status that the server gives, after the messages before it', () => {
      const fails = streaming(chat, (stream) => {
        stream.onMessage((message) => {
          stream.write(message)
          if (message === 'fail') stream.fail(new RpcStatusError(rpcStatus.failedPrecondition, 'not bootstrapped'))
          stream.write('unheard')
        })
      })
      return serving(options, [fails], async ({ rpc, address }) => {
        const stream = rpc.stream(address, chat)
        const heard = listen(stream)
        stream.write('fail')
        const error = await heard.end
        expect(error instanceof RpcStatusError).toBe(true)
        expect(error).toMatchObject({ status: rpcStatus.failedPrecondition, message: 'not bootstrapped' })
        expect(heard.messages).toEqual(['fail'])
        expect(heard.endCount()).toBe(1)
      })
    })

    it('fail with INTERNAL when the handler throws, at its start or about a message', () => {
      const broken = textMethod('Broken', 'bidi')
      const methods = [
        streaming(broken, () => {
          throw new TypeError('boom')
        }),
        streaming(chat, (stream) => {
          stream.onMessage((message) => {
            if (message === 'bad') throw new TypeError('boom later')
            stream.write(message)
          })
        }),
      ]
      return serving(options, methods, async ({ rpc, address }) => {
        const first = listen(rpc.stream(address, broken))
        expect(await first.end).toMatchObject({ status: rpcStatus.internal, message: 'boom' })
        const stream = rpc.stream(address, chat)
        const heard = listen(stream)
        stream.write('good')
        stream.write('bad')
        expect(await heard.end).toMatchObject({ status: rpcStatus.internal, message: 'boom later' })
        expect(heard.messages).toEqual(['good'])
      })
    })

    it('fail with UNIMPLEMENTED and UNAVAILABLE as unary calls do', () =>
      serving(options, [echoes], async ({ rpc, address, deadAddress }) => {
        const missing = listen(rpc.stream(address, textMethod('Missing', 'bidi')))
        expect(await missing.end).toMatchObject({ status: rpcStatus.unimplemented })
        const dead = rpc.stream(deadAddress, chat)
        const heard = listen(dead)
        dead.write('a')
        expect(await heard.end).toMatchObject({ status: rpcStatus.unavailable })
        expect(heard.endCount()).toBe(1)
      }))

    it('carry metadata', () => {
      const answers = streaming(chat, (stream) => {
        stream.write(`${stream.metadata('who')}`)
        stream.end()
      })
      return serving(options, [answers], async ({ rpc, address }) => {
        const heard = listen(rpc.stream(address, chat, { metadata: { who: 'me' } }))
        expect(await heard.end).toBe(undefined)
        expect(heard.messages).toEqual(['me'])
      })
    })

    it('are given up by cancel, abort and deadline; the handler is told, and nothing comes after', () => {
      const toldOf: string[] = []
      let told = awaited<void>()
      const holds = streaming(chat, (stream) => {
        stream.onMessage((message) => {
          aborted(stream.signal).then(() => {
            toldOf.push(message)
            told.resolve()
          })
          stream.write(message)
        })
      })
      return serving(options, [holds], async ({ rpc, address }) => {
        const abort = new AbortController()
        const ways = [
          {
            name: 'cancel',
            options: {},
            giveUp: (stream: { cancel(): void }) => stream.cancel(),
            status: rpcStatus.cancelled,
          },
          {
            name: 'abort',
            options: { signal: abort.signal },
            giveUp: () => abort.abort(),
            status: rpcStatus.cancelled,
          },
          { name: 'deadline', options: { timeoutMs: 200 }, giveUp: () => {}, status: rpcStatus.deadlineExceeded },
        ]
        for (const way of ways) {
          told = awaited<void>()
          const stream = rpc.stream(address, chat, way.options)
          const heard = listen(stream, () => way.giveUp(stream))
          stream.write(way.name)
          const error = await heard.end
          expect(error instanceof RpcStatusError).toBe(true)
          expect(error).toMatchObject({ status: way.status })
          await told.promise
          expect(heard.messages).toEqual([way.name])
          expect(heard.endCount()).toBe(1)
        }
        expect(toldOf).toEqual(ways.map(({ name }) => name))
      })
    })

    it('are not made when aborted before', () => {
      let callCount = 0
      const counts = streaming(chat, (stream) => {
        callCount++
        stream.onHalfClose(() => stream.end())
      })
      return serving(options, [counts], async ({ rpc, address }) => {
        const gone = listen(rpc.stream(address, chat, { signal: AbortSignal.abort() }))
        expect(await gone.end).toMatchObject({ status: rpcStatus.cancelled })
        const stream = rpc.stream(address, chat)
        const heard = listen(stream)
        stream.halfClose()
        expect(await heard.end).toBe(undefined)
        expect(callCount).toBe(1)
      })
    })

    it('hold back a caller whose server does not read', () => {
      const messageCount = 4000
      const bulk = rawMethod('Bulk', 'bidi')
      const resume = textMethod('Resume', 'unary')
      const received: number[] = []
      let goOn = () => {}
      const methods = [
        unary(echo, (request) => request),
        unary(resume, (request) => {
          goOn()
          return request
        }),
        streaming(bulk, (stream) => {
          stream.pause()
          goOn = () => stream.resume()
          stream.onMessage((message) => received.push(indexOf(message)))
          stream.onHalfClose(() => stream.end())
        }),
      ]
      return serving(options, methods, async ({ rpc, address }) => {
        const stream = rpc.stream(address, bulk)
        const heard = listen(stream)
        const progress = pump(stream, messageCount, numbered, () => stream.halfClose())
        // Round trips beside it give everything time to move that can.
        for (let trip = 0; trip < 50; trip++) await rpc.unary(address, echo, '-')
        expect(received.length).toBe(0)
        expect(progress.written() < messageCount).toBe(true)
        await rpc.unary(address, resume, '-')
        expect(await heard.end).toBe(undefined)
        expect(received).toEqual(Array.from({ length: messageCount }, (_, index) => index))
      })
    })

    it('hold back a server whose caller does not read, and let it end only when all was read', () => {
      const messageCount = 4000
      const bulk = rawMethod('Bulk', 'server-stream')
      let written = () => 0
      const methods = [
        unary(echo, (request) => request),
        streaming(bulk, (stream) => {
          stream.onMessage(() => {
            written = pump(stream, messageCount, numbered, () => stream.end()).written
          })
        }),
      ]
      return serving(options, methods, async ({ rpc, address }) => {
        const stream = rpc.stream(address, bulk)
        const heard = listen(stream)
        stream.pause()
        stream.write(new Uint8Array(1))
        stream.halfClose()
        for (let trip = 0; trip < 50; trip++) await rpc.unary(address, echo, '-')
        expect(heard.messages.length).toBe(0)
        expect(written() > 0).toBe(true)
        expect(written() < messageCount).toBe(true)
        stream.resume()
        expect(await heard.end).toBe(undefined)
        expect(heard.messages.map(indexOf)).toEqual(Array.from({ length: messageCount }, (_, index) => index))
      })
    })

    it('break with UNAVAILABLE when the server goes away, and their handlers are told', () => {
      const told = awaited<void>()
      const holds = streaming(chat, (stream) => {
        aborted(stream.signal).then(told.resolve)
        stream.onMessage((message) => stream.write(message))
      })
      return serving(options, [holds], async (fixture) => {
        const stream = fixture.rpc.stream(fixture.address, chat)
        const arrived = awaited<void>()
        const heard = listen(stream, () => arrived.resolve())
        stream.write('a')
        await arrived.promise
        await fixture.stopServer()
        expect(await heard.end).toMatchObject({ status: rpcStatus.unavailable })
        expect(heard.endCount()).toBe(1)
        await told.promise
      })
    })

    it('end with CANCELLED on close, after which none is begun', () =>
      serving(options, [echoes], async ({ rpc, address }) => {
        const stream = rpc.stream(address, chat)
        const arrived = awaited<void>()
        const heard = listen(stream, () => arrived.resolve())
        stream.write('a')
        await arrived.promise
        await rpc.close()
        expect(await heard.end).toMatchObject({ status: rpcStatus.cancelled })
        expect((await failureOf(async () => void rpc.stream(address, chat))) instanceof ClosedError).toBe(true)
      }))
  })
}

const bulkBytes = 8 * 1024

function numbered(index: number): Uint8Array {
  const message = new Uint8Array(bulkBytes)
  new DataView(message.buffer).setUint32(0, index)
  return message
}

function indexOf(message: Uint8Array): number {
  return new DataView(message.buffer, message.byteOffset).getUint32(0)
}
