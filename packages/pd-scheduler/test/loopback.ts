import type { MethodBinding, MethodDefinition, RpcStatusError, RpcStream } from '@stratakv/core'

export interface CallOptions {
  readonly metadata?: Record<string, string>
}

/** Calls one of `bindings` as a client would, messages going through their wire form both ways. */
export async function call<Req, Res>(
  bindings: readonly MethodBinding[],
  method: MethodDefinition<Req, Res>,
  request: Req,
  options: CallOptions = {},
): Promise<Res> {
  const binding = find(bindings, method)
  if (binding.style !== 'unary') throw new Error(`${method.path} is not unary`)
  const answer = await binding.handle(method.request.decode(method.request.encode(request)), {
    metadata: (name) => options.metadata?.[name],
    peer: 'loopback',
    signal: new AbortController().signal,
  })
  return method.response.decode(method.response.encode(answer as Res))
}

/** A stream as the client holds it. */
export interface ClientStream<Req, Res> {
  readonly received: Res[]
  /** `undefined` while it runs. */
  outcome(): 'ok' | RpcStatusError | undefined
  readonly paused: boolean
  /** Replies the transport takes before it says it is full; no limit at first. */
  roomCount: number
  send(...messages: readonly Req[]): void
  halfClose(): void
  /** The transport has room again. */
  drain(roomCount: number): void
  cancel(): void
}

export function openStream<Req, Res>(
  bindings: readonly MethodBinding[],
  method: MethodDefinition<Req, Res>,
  options: CallOptions = {},
): ClientStream<Req, Res> {
  const binding = find(bindings, method)
  if (binding.style !== 'stream') throw new Error(`${method.path} is not a stream`)
  const abort = new AbortController()
  let receive: (message: Req) => void = () => {}
  let halfClosed: () => void = () => {}
  let drained: () => void = () => {}
  let outcome: 'ok' | RpcStatusError | undefined
  const client = {
    received: [] as Res[],
    paused: false,
    roomCount: Number.POSITIVE_INFINITY,
    outcome: () => outcome,
    send(...messages: readonly Req[]) {
      for (const message of messages) receive(method.request.decode(method.request.encode(message)))
    },
    halfClose: () => halfClosed(),
    drain(roomCount: number) {
      client.roomCount = roomCount
      drained()
    },
    cancel: () => abort.abort(),
  }
  const end = (how: 'ok' | RpcStatusError) => {
    if (outcome !== undefined) throw new Error(`${method.path} was ended twice`)
    outcome = how
  }
  const stream: RpcStream<Req, Res> = {
    metadata: (name) => options.metadata?.[name],
    peer: 'loopback',
    signal: abort.signal,
    onMessage: (handler) => {
      receive = handler
    },
    onHalfClose: (handler) => {
      halfClosed = handler
    },
    onDrain: (handler) => {
      drained = handler
    },
    write(message) {
      if (outcome !== undefined) throw new Error(`${method.path} was written to after its end`)
      client.received.push(method.response.decode(method.response.encode(message)))
      client.roomCount--
      return client.roomCount > 0
    },
    pause: () => {
      client.paused = true
    },
    resume: () => {
      client.paused = false
    },
    end: () => end('ok'),
    fail: end,
  }
  binding.handle(stream as RpcStream<unknown, unknown>)
  return client
}

function find(bindings: readonly MethodBinding[], method: { readonly path: string }): MethodBinding {
  const binding = bindings.find((each) => each.method.path === method.path)
  if (binding === undefined) throw new Error(`${method.path} is not served`)
  return binding
}
