import type { Counter, Gauge, Histogram, Telemetry } from '@stratakv/core'

/** How far a command has come: the `stage` label of tikv_scheduler_stage_total. */
export type SchedulerStage = 'new' | 'snapshot_ok' | 'snapshot_err' | 'process' | 'write' | 'write_finish' | 'error'

/** The scheduler's figures under TiKV's names, its spelling of `contex` included: dashboards look for it. */
export interface SchedulerMetrics {
  readonly stages: Counter
  readonly priorities: Counter
  readonly tooBusy: Counter
  readonly commandSeconds: Histogram
  readonly latchWaitSeconds: Histogram
  readonly commandCount: Gauge
  readonly writingBytes: Gauge
  readonly keysWritten: Histogram
}

export function schedulerMetrics(telemetry: Telemetry): SchedulerMetrics {
  return {
    stages: telemetry.counter({
      name: 'tikv_scheduler_stage_total',
      help: 'Commands by the stage they reached',
      labels: ['type', 'stage'],
    }),
    priorities: telemetry.counter({
      name: 'tikv_scheduler_commands_pri_total',
      help: 'Commands by priority; high passes a busy scheduler',
      labels: ['priority'],
    }),
    tooBusy: telemetry.counter({
      name: 'tikv_scheduler_too_busy_total',
      help: 'Commands refused because the scheduler was busy',
      labels: ['type'],
    }),
    commandSeconds: telemetry.histogram({
      name: 'tikv_scheduler_command_duration_seconds',
      help: 'From admission to the answer',
      labels: ['type'],
    }),
    latchWaitSeconds: telemetry.histogram({
      name: 'tikv_scheduler_latch_wait_duration_seconds',
      help: 'Wait for latches',
      labels: ['type'],
    }),
    commandCount: telemetry.gauge({ name: 'tikv_scheduler_contex_total', help: 'Commands in flight' }),
    writingBytes: telemetry.gauge({
      name: 'tikv_scheduler_writing_bytes',
      help: 'Estimated bytes of the commands in flight',
    }),
    keysWritten: telemetry.histogram({
      name: 'tikv_scheduler_kv_command_key_write',
      help: 'Changes of one write',
      labels: ['type'],
      // Counts, not seconds: powers of two up to a very large transaction.
      buckets: Array.from({ length: 21 }, (_, exponent) => 2 ** exponent),
    }),
  }
}
