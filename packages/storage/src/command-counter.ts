import type { Telemetry } from '@stratakv/core'

/** Counts a call of the facade by TiKV's name of it. */
export type CommandCounter = (command: string) => void

export function commandCounter(telemetry: Telemetry): CommandCounter {
  const calls = telemetry.counter({
    name: 'tikv_storage_command_total',
    help: 'Calls of the storage by command',
    labels: ['type'],
  })
  return (command) => calls.add(1, command)
}
