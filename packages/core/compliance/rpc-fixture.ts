import type { MaybePromise } from '../src/maybe-promise.ts'
import type { Rpc, RpcCallStream } from '../src/rpc.ts'
import type { MessageCodec, MethodBinding, MethodDefinition, MethodKind, RpcStatusError } from '../src/rpc-service.ts'

/** A server with given methods, and a caller. */
export interface RpcFixture {
  readonly rpc: Rpc
  /** Where the methods are served: `host:port`. */
  readonly address: string
  /** Where nobody is. */
  readonly deadAddress: string
  /** The server is gone at once, as if killed; running calls and connections break. */
  stopServer(): Promise<void>
  /** The same methods again at the same address. */
  startServer(): Promise<void>
  dispose(): Promise<void> | void
}

export interface RpcComplianceOptions {
  /** Called once a test, and disposed of after it. Messages of 8 MiB must pass both ways. */
  create(methods: readonly MethodBinding[]): Promise<RpcFixture> | RpcFixture
}

const text: MessageCodec<string> = {
  encode: (message) => new TextEncoder().encode(message),
  decode: (bytes) => new TextDecoder().decode(bytes),
}
const raw: MessageCodec<Uint8Array> = { encode: (message) => message, decode: (bytes) => bytes }

export function textMethod(name: string, kind: MethodKind): MethodDefinition<string, string> {
  return { path: `/suite.Text/${name}`, kind, request: text, response: text }
}

export function rawMethod(name: string, kind: MethodKind): MethodDefinition<Uint8Array, Uint8Array> {
  return { path: `/suite.Raw/${name}`, kind, request: raw, response: raw }
}

export const echo = textMethod('Echo', 'unary')

/** Serves the methods for the time of `body`. */
export async function serving(
  options: RpcComplianceOptions,
  methods: readonly MethodBinding[],
  body: (fixture: RpcFixture) => Promise<void>,
): Promise<void> {
  const fixture = await options.create(methods)
  try {
    await body(fixture)
  } finally {
    await fixture.dispose()
  }
}

/** What a call was refused with, whether thrown at once or later. */
export async function failureOf(call: () => MaybePromise<unknown>): Promise<unknown> {
  try {
    await call()
  } catch (error) {
    return error
  }
  return undefined
}

/** A promise to be settled from a callback. */
export interface Awaited<T> {
  readonly promise: Promise<T>
  resolve(value: T): void
}

export function awaited<T>(): Awaited<T> {
  let resolve: (value: T) => void = () => {}
  const promise = new Promise<T>((settle) => {
    resolve = settle
  })
  return { promise, resolve }
}

/** Resolves when `signal` is aborted. */
export function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve()
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve()))
}

/** Everything that a caller heard of a stream. */
export interface Heard<T> {
  readonly messages: T[]
  /** How often the end was told. */
  readonly endCount: () => number
  /** Its error; undefined = OK. */
  readonly end: Promise<RpcStatusError | undefined>
}

export function listen<T>(stream: RpcCallStream<never, T>, onMessage?: (message: T) => void): Heard<T> {
  const messages: T[] = []
  const end = awaited<RpcStatusError | undefined>()
  let endCount = 0
  stream.onMessage((message) => {
    messages.push(message)
    onMessage?.(message)
  })
  stream.onEnd((error) => {
    endCount++
    end.resolve(error)
  })
  return { messages, endCount: () => endCount, end: end.promise }
}

/** Either end of a stream, as one that writes. */
interface Writer<T> {
  write(message: T): boolean
  onDrain(notify: () => void): void
}

/** Writes `count` messages, holding back when told to. */
export function pump<T>(writer: Writer<T>, count: number, message: (index: number) => T, done: () => void) {
  let written = 0
  const go = () => {
    while (written < count) {
      if (!writer.write(message(written++))) break
    }
    if (written === count) {
      written++
      done()
    }
  }
  writer.onDrain(go)
  go()
  return { written: () => Math.min(written, count) }
}
