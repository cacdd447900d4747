import {
  type Clock,
  chain,
  emptyBytes,
  isPromise,
  type MaybePromise,
  type MethodBinding,
  type MethodDefinition,
  RpcStatusError,
  rpcStatus,
  streaming,
  type Timer,
  unary,
} from '@stratakv/core'
import { pdMethods, tikvMethods } from '@stratakv/proto'
import type { Context } from '@stratakv/proto/kvrpcpb'
import type { CallAction, FaultableMethod } from '../faults/fault-table.ts'
import type { FrozenGate } from '../faults/frozen-gate.ts'
import type { NodeFaults } from '../faults/node-faults.ts'
import { FaultyStream } from './faulty-stream.ts'
import { type InjectingNode, injectedError } from './injected-error.ts'
import { regionErrorToMessage } from './region-error-message.ts'

/** What rules may name: BatchCommands is left out, for its commands are met one by one. */
export function faultableMethods(): readonly FaultableMethod[] {
  const commands = Object.values(tikvMethods).filter(({ kind }) => kind === 'unary')
  return [
    ...commands.map(({ path }) => ({ path: path.slice(1), isCommand: true })),
    ...Object.values(pdMethods).map(({ path }) => ({ path: path.slice(1), isCommand: false })),
  ]
}

export interface FaultyCallsDeps {
  readonly faults: NodeFaults
  readonly clock: Clock
  readonly node: InjectingNode
}

type Command<Req, Res> = (request: Req) => MaybePromise<Res>

/** Lets the rules of a node meet the calls that its services get, whoever carries them: sockets, or a caller in this process. */
export class FaultyCalls {
  readonly #faults: NodeFaults
  readonly #clock: Clock
  readonly #node: InjectingNode
  /** Of calls that are late on purpose; the transport bounds them, as it does all calls. */
  readonly #delays = new Map<Timer, () => void>()

  constructor(deps: FaultyCallsDeps) {
    this.#faults = deps.faults
    this.#clock = deps.clock
    this.#node = deps.node
  }

  /** The command as the rules for `method` let it through: the same for a call of its own and inside BatchCommands. */
  command<Req extends object, Res>(method: MethodDefinition<Req, Res>, run: Command<Req, Res>): Command<Req, Res> {
    const path = method.path.slice(1)
    return (request) => {
      const context = contextOf(request)
      const action = this.#faults.decideCall(path, context?.regionId)
      if (action === undefined) return run(request)
      switch (action.fault) {
        case 'delay':
          return this.delay(action.delayMs).then(() => run(request))
        case 'drop':
          return unanswered()
        case 'drop-answer':
          return settled(() => run(request)).then(unanswered)
        case 'undetermined': {
          const executed = action.isExecuted ? settled(() => run(request)) : Promise.resolve()
          return executed.then(() => {
            throw statusOf(action)
          })
        }
        case 'unavailable':
          throw statusOf(action)
        default: {
          const regionError = regionErrorToMessage(injectedError(action.fault, context, this.#node))
          // No bytes are the message without any field.
          return { ...method.response.decode(emptyBytes), regionError }
        }
      }
    }
  }

  /** The store's methods behind its gate. Their commands were made by {@link command}. */
  storeMethods(bindings: readonly MethodBinding[]): MethodBinding[] {
    const gate = this.#faults.gates.store
    return bindings.map((binding) =>
      binding.style === 'unary'
        ? unary(binding.method, gated(gate, binding.handle))
        : streaming(binding.method, (stream) => binding.handle(new FaultyStream(stream, { gate }))),
    )
  }

  /** The placement driver's methods behind its gate, as the rules let them through. */
  placementDriverMethods(bindings: readonly MethodBinding[]): MethodBinding[] {
    const gate = this.#faults.gates.pd
    return bindings.map((binding) => {
      const { method } = binding
      if (binding.style === 'unary') {
        return unary(
          method,
          gated(gate, (request, call) =>
            this.command(method as MethodDefinition<object, unknown>, (asked) => binding.handle(asked, call))(
              request as object,
            ),
          ),
        )
      }
      const path = method.path.slice(1)
      const rules = {
        decide: () => this.#faults.decideCall(path, undefined),
        delay: (delayMs: number) => this.delay(delayMs),
        statusOf,
      }
      return streaming(method, (stream) => binding.handle(new FaultyStream(stream, { gate, rules })))
    })
  }

  /** Resolves when the time has passed, or the node closes. */
  delay(delayMs: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = this.#clock.after(delayMs, () => {
        this.#delays.delete(timer)
        resolve()
      })
      this.#delays.set(timer, resolve)
    })
  }

  /** What is late on purpose goes on at once: a node that closes waits for it. */
  close(): void {
    for (const [timer, resolve] of this.#delays) {
      timer.cancel()
      resolve()
    }
    this.#delays.clear()
  }
}

/** Held while frozen, before it is executed and before it is answered. */
export function gated<Parameters extends unknown[], Res>(
  gate: FrozenGate,
  handle: (...parameters: Parameters) => MaybePromise<Res>,
): (...parameters: Parameters) => MaybePromise<Res> {
  const answer = (result: Res): MaybePromise<Res> => (gate.isFrozen ? gate.whenThawed().then(() => result) : result)
  return (...parameters) => {
    const run = () => chain(handle(...parameters), answer)
    return gate.isFrozen ? gate.whenThawed().then(run) : run()
  }
}

function contextOf(request: object): Context | undefined {
  return (request as { readonly context?: Context }).context
}

function statusOf(action: CallAction): RpcStatusError {
  return action.fault === 'undetermined'
    ? new RpcStatusError(rpcStatus.unknown, `fault rule ${action.ruleId}: the outcome is undetermined`)
    : new RpcStatusError(rpcStatus.unavailable, `fault rule ${action.ruleId}: the store is unavailable`)
}

/** The caller hears nothing until its own deadline, as of an answer that was lost. */
function unanswered(): Promise<never> {
  return new Promise(() => {})
}

/** Resolves when it has run, whatever came of it: nobody is to hear. */
async function settled(run: () => MaybePromise<unknown>): Promise<void> {
  try {
    const result = run()
    if (isPromise(result)) await result
  } catch {
    // Its answer would have been this error, and the answer is lost.
  }
}
