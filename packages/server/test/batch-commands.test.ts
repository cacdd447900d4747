import { MiB, noTelemetry, RpcStatusError, type RpcStream, rpcStatus } from '@stratakv/core'
import { type RawGetRequest, RawGetResponse } from '@stratakv/proto/kvrpcpb'
import type { BatchCommandsRequest, BatchCommandsResponse } from '@stratakv/proto/tikvpb'
import { settled, simulatedClock } from '@stratakv/testkit'
import { describe, expect, it } from 'vitest'
import { batchCommands } from '../src/edge/batch-commands.ts'
import { CommandMeter } from '../src/edge/command-meter.ts'

/** The server's side of a stream whose client the test plays, message by message. */
class ScriptedStream implements RpcStream<BatchCommandsRequest, BatchCommandsResponse> {
  readonly peer = 'script'
  readonly signal = new AbortController().signal
  readonly sent: BatchCommandsResponse[] = []
  /** While false, the client takes nothing: `write` says that the buffer is full. */
  isReading = true
  /** After the next answer it takes nothing again. */
  takesOne = false
  isPaused = false
  ended: 'no' | 'ok' | RpcStatusError = 'no'
  #receive: (message: BatchCommandsRequest) => void = () => {}
  #halfClose: () => void = () => {}
  #drain: () => void = () => {}

  metadata(): undefined {}
  onMessage(receive: (message: BatchCommandsRequest) => void): void {
    this.#receive = receive
  }
  onHalfClose(notify: () => void): void {
    this.#halfClose = notify
  }
  onDrain(notify: () => void): void {
    this.#drain = notify
  }
  write(message: BatchCommandsResponse): boolean {
    expect(this.ended).toBe('no')
    this.sent.push(message)
    if (this.takesOne) this.isReading = false
    return this.isReading
  }
  pause(): void {
    this.isPaused = true
  }
  resume(): void {
    this.isPaused = false
  }
  end(): void {
    this.ended = 'ok'
  }
  fail(error: RpcStatusError): void {
    this.ended = error
  }

  /** One message with as many gets as there are ids; the key of each is its id. */
  async say(...requestIds: number[]): Promise<void> {
    const requests = requestIds.map((id) => ({
      cmd: {
        case: 'rawGet' as const,
        value: { key: id < 256 ? Uint8Array.of(id) : Uint8Array.of(id - 256, 1) } as RawGetRequest,
      },
    }))
    this.#receive({ requests, requestIds } as BatchCommandsRequest)
    await settled()
  }
  async sayRaw(message: Partial<BatchCommandsRequest>): Promise<void> {
    this.#receive(message as BatchCommandsRequest)
    await settled()
  }
  async halfClose(): Promise<void> {
    this.#halfClose()
    await settled()
  }
  async drain(): Promise<void> {
    this.isReading = true
    this.#drain()
    this.takesOne = false
    await settled()
  }

  /** Ids of all answers so far. */
  get answered(): number[] {
    return this.sent.flatMap(({ requestIds }) => requestIds)
  }
}

const inFlightMax = 4
/** A command with this id is refused at once. */
const refusedId = 255
/** The answer to this one is so large that it leaves at once. */
const largeId = 456

function open() {
  const clock = simulatedClock()
  const telemetry = noTelemetry()
  const histogram = telemetry.histogram({ name: 'size', help: 'Size.' })
  const unexpected: unknown[] = []
  /** Ids of the commands that were begun. */
  const ran: number[] = []
  /** Commands with an odd id wait here until the test lets them go. */
  const waiting = new Map<number, (failure?: Error) => void>()
  const serve = batchCommands(
    {
      commands: {
        rawGet: {
          run({ key }: RawGetRequest) {
            const id = key.length === 1 ? key[0]! : key[0]! + 256
            ran.push(id)
            if (id === refusedId) throw new RpcStatusError(rpcStatus.invalidArgument, 'another cluster')
            const answer = RawGetResponse.create({ value: id === largeId ? new Uint8Array(MiB(1)) : key })
            if (id % 2 === 0) return answer
            return new Promise((resolve, reject) => {
              waiting.set(id, (failure) => (failure === undefined ? resolve(answer) : reject(failure)))
            })
          },
        },
      },
      meter: new CommandMeter({ clock, telemetry }),
      clock,
      requestBatchSize: histogram,
      responseBatchSize: histogram,
      onUnexpectedError: (_path, error) => unexpected.push(error),
    },
    { inFlightMax },
  )
  const stream = new ScriptedStream()
  serve(stream)
  const finish = async (id: number, failure?: Error) => {
    waiting.get(id)!(failure)
    // One turn for the command, one at whose end its answer goes out.
    await settled()
    await settled()
  }
  return { stream, finish, unexpected, ran }
}

describe('BatchCommands', () => {
  it('answers under the ids of the client, as the answers come', async () => {
    const { stream, finish } = open()
    await stream.say(1, 2)
    await stream.say(3)
    expect(stream.answered).toEqual([2])
    await finish(3)
    await finish(1)
    expect(stream.answered).toEqual([2, 3, 1])
    for (const { requestIds, responses } of stream.sent) {
      for (const [index, { cmd }] of responses.entries()) {
        expect(cmd).toEqual({
          case: 'rawGet',
          value: RawGetResponse.create({ value: Uint8Array.of(requestIds[index]!) }),
        })
      }
    }
  })

  it('puts the answers of one turn into one message, 128 at most', async () => {
    const { stream } = open()
    await stream.say(...Array.from({ length: 300 }, (_, index) => (index * 2) % 256))
    expect(stream.sent.map(({ responses }) => responses.length)).toEqual([128, 128, 44])
  })

  it('answers a command it does not know with an empty response', async () => {
    const { stream } = open()
    await stream.sayRaw({ requests: [{ cmd: undefined }], requestIds: [9] })
    expect(stream.sent).toMatchObject([{ responses: [{ cmd: undefined }], requestIds: [9] }])
  })

  it('ends the stream when ids and requests do not match, and runs none of them', async () => {
    const { stream } = open()
    const get = { cmd: { case: 'rawGet' as const, value: { key: Uint8Array.of(2) } as RawGetRequest } }
    await stream.sayRaw({ requests: [get, get], requestIds: [1] })
    expect(stream.ended).toMatchObject({ status: rpcStatus.invalidArgument })
    expect(stream.sent).toEqual([])
  })

  it('reads no further while too many commands are unanswered', async () => {
    const { stream, finish } = open()
    await stream.say(1, 3, 5)
    expect(stream.isPaused).toBe(false)
    await stream.say(7)
    expect(stream.isPaused).toBe(true)
    await finish(3)
    expect(stream.isPaused).toBe(false)
  })

  it('does not begin what a message brings behind an answer that its client does not take', async () => {
    const { stream, ran } = open()
    stream.isReading = false
    await stream.say(2, largeId, 4, 6, largeId, 8)
    expect(ran).toEqual([2, largeId])
    await stream.halfClose()
    expect(stream.ended).toBe('no')
    await stream.drain()
    expect(ran).toEqual([2, largeId, 4, 6, largeId, 8])
    expect(stream.answered).toEqual(ran)
    expect(stream.ended).toBe('ok')
  })

  it('holds back again when the client stops in the middle of what had waited', async () => {
    const { stream, ran } = open()
    stream.isReading = false
    await stream.say(largeId, 2, largeId, 4)
    stream.takesOne = true
    await stream.drain()
    expect(ran).toEqual([largeId, 2, largeId])
    await stream.drain()
    expect(ran).toEqual([largeId, 2, largeId, 4])
    expect(stream.answered).toEqual(ran)
  })

  it('reads no further while its client takes no answers', async () => {
    const { stream } = open()
    stream.isReading = false
    await stream.say(2)
    expect(stream.isPaused).toBe(true)
    await stream.drain()
    expect(stream.isPaused).toBe(false)
  })

  it('owes a client that reads nothing no more than is in flight', async () => {
    const { stream, finish } = open()
    stream.isReading = false
    // The client sends for as long as the transport lets it: until the first pause.
    let sent = 0
    for (let id = 1; id < 200 && !stream.isPaused; id += 2) {
      await stream.say(id)
      sent++
    }
    expect(sent).toBe(inFlightMax)
    for (const id of [1, 3, 5, 7]) await finish(id)
    // All are answered into the full buffer, and still nothing more is read.
    expect(stream.answered).toHaveLength(inFlightMax)
    expect(stream.isPaused).toBe(true)
    await stream.drain()
    expect(stream.isPaused).toBe(false)
  })

  it('ends after the last answer when the client has half-closed', async () => {
    const { stream, finish } = open()
    await stream.say(1, 3)
    await stream.halfClose()
    await finish(1)
    expect(stream.ended).toBe('no')
    await finish(3)
    expect(stream.ended).toBe('ok')
    expect(stream.answered).toEqual([1, 3])
  })

  it('ends at once when the client half-closes and nothing is owed', async () => {
    const { stream } = open()
    await stream.halfClose()
    expect(stream.ended).toBe('ok')
  })

  it('reports what a command throws and ends the stream with INTERNAL', async () => {
    const { stream, finish, unexpected } = open()
    await stream.say(1)
    const bug = new TypeError('a bug')
    await finish(1, bug)
    expect(unexpected).toEqual([bug])
    expect(stream.ended).toMatchObject({ status: rpcStatus.internal, message: 'a bug' })
  })
  it('runs nothing and answers nothing once the stream has failed', async () => {
    const { stream, finish, ran } = open()
    await stream.say(1, 3)
    await finish(1, new RpcStatusError(rpcStatus.invalidArgument, 'another cluster'))
    await stream.say(2, 5)
    await finish(3)
    await stream.halfClose()
    expect(ran).toEqual([1, 3])
    expect(stream.sent).toEqual([])
    expect(stream.ended).toMatchObject({ message: 'another cluster' })
  })

  it('runs nothing of a message behind the command that failed the stream', async () => {
    const { stream, ran } = open()
    await stream.say(refusedId, 2)
    expect(ran).toEqual([refusedId])
    expect(stream.sent).toEqual([])
  })
})
