import type { Clock, Counter, Histogram, Telemetry } from '@stratakv/core'

/** TiKV's two figures of every command: how long it took, and whether the call failed. */
export class CommandMeter {
  readonly #clock: Clock
  readonly #duration: Histogram
  readonly #failures: Counter
  /** `rawGet` -> `raw_get`, the label that TiKV's dashboards know. */
  readonly #labels = new Map<string, string>()

  constructor(deps: { readonly clock: Clock; readonly telemetry: Telemetry }) {
    this.#clock = deps.clock
    this.#duration = deps.telemetry.histogram({
      name: 'tikv_grpc_msg_duration_seconds',
      help: 'Duration of gRPC messages by type.',
      labels: ['type'],
    })
    this.#failures = deps.telemetry.counter({
      name: 'tikv_grpc_msg_fail_total',
      help: 'gRPC messages whose call failed, by type.',
      labels: ['type'],
    })
  }

  observe(command: string, startedAt: number): void {
    this.#duration.observe((this.#clock.now() - startedAt) / 1000, this.#labelOf(command))
  }

  fail(command: string): void {
    this.#failures.add(1, this.#labelOf(command))
  }

  #labelOf(command: string): string {
    let label = this.#labels.get(command)
    if (label === undefined) {
      const snake = command.replace(/[A-Z]+/g, (capitals) => `_${capitals.toLowerCase()}`)
      // The batched transactional commands are named without their prefix: `get` is what TiKV counts as kv_get.
      label = /^(raw|kv|mvcc|unsafe|split|coprocessor|batch_commands|empty)/.test(snake) ? snake : `kv_${snake}`
      this.#labels.set(command, label)
    }
    return label
  }
}
