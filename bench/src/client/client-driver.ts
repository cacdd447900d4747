// Drives a cluster through @stratakv/client, as go-kv does through client-go: the same operations, keys and figures, one JSON object at
// the end. Without --address the node is opened in this process, from --data-dir, and called without sockets.
import { parseArgs } from 'node:util'
import type { TikvClient } from '@stratakv/client'
import { connect } from '@stratakv/client/grpc'
import { noTelemetry, seededRandom, systemClock, type Telemetry } from '@stratakv/core'
import { StorageNode } from '@stratakv/server'
import { batchKeyCount, keyOf, type Operation } from './operations.ts'

const { values } = parseArgs({
  options: {
    address: { type: 'string' },
    'data-dir': { type: 'string' },
    operation: { type: 'string' },
    callers: { type: 'string', default: '32' },
    duration: { type: 'string', default: '5000' },
    warmup: { type: 'string', default: '0' },
    records: { type: 'string', default: '10000' },
    'value-size': { type: 'string', default: '1024' },
    seed: { type: 'string', default: '1' },
  },
})
const callerCount = Number(values.callers)
const recordCount = Number(values.records)
const valueBytes = Number(values['value-size'])
const operation = values.operation as Operation
const clock = systemClock()
const batches = { count: 0, sum: 0 }

/** Only the sizes of BatchCommands messages are looked at. */
function batchTelemetry(): Telemetry {
  const none = noTelemetry()
  return {
    ...none,
    histogram: (definition) =>
      definition.name === 'tikv_client_batch_requests'
        ? {
            observe(size) {
              batches.count++
              batches.sum += size
            },
          }
        : none.histogram(definition),
  }
}

type Client = Pick<TikvClient, 'raw' | 'txn'> & { close(): Promise<void> }

async function open(): Promise<Client> {
  if (values.address !== undefined) {
    return connect({ pd: [values.address], telemetry: batchTelemetry() })
  }
  return StorageNode.open({ dataDir: values['data-dir']! })
}

/** What one caller does once. Throws for a miss, and for a value of the wrong length. */
function operationOf(client: Client): (index: number, value: Uint8Array) => Promise<void> {
  const { raw } = client
  const checkSize = (found: Uint8Array | undefined) => {
    if (found?.length !== valueBytes) throw new Error(`a value of ${found?.length} bytes, ${valueBytes} were stored`)
  }
  switch (operation) {
    case 'load':
    case 'raw-put':
      return (index, value) => raw.put(keyOf(index), value)
    case 'raw-get':
      return async (index) => checkSize(await raw.get(keyOf(index)))
    case 'raw-batch-get':
      return async (index) => {
        const keys = Array.from({ length: batchKeyCount }, (_, at) => keyOf((index + at) % recordCount))
        for (const found of await raw.batchGet(keys)) checkSize(found)
      }
    case 'txn-load':
      return (index, value) => client.txn((txn) => txn.put(keyOf(index), value))
    case 'txn-two':
      return (index, value) =>
        client.txn((txn) => {
          txn.put(keyOf(index), value)
          txn.put(keyOf((index + recordCount / 2) % recordCount), value)
        })
  }
}

/** Keeps `callerCount` operations in flight until the time is over, or a load has written every record. */
async function drive(run: (index: number, value: Uint8Array) => Promise<void>, durationMs: number) {
  const isLoad = operation === 'load' || operation === 'txn-load'
  const startedAt = clock.now()
  const latencies: number[] = []
  let next = 0
  const caller = async (number: number) => {
    const random = seededRandom(Number(values.seed) * 1_000_003 + number)
    const value = Uint8Array.from({ length: valueBytes }, () => random.uint32() & 0xff)
    for (;;) {
      const index = isLoad ? next++ : random.uint32() % recordCount
      if (isLoad ? index >= recordCount : clock.now() - startedAt >= durationMs) return
      const beganAt = clock.now()
      await run(index, value)
      latencies.push(clock.now() - beganAt)
    }
  }
  const cpuBefore = process.cpuUsage()
  await Promise.all(Array.from({ length: callerCount }, (_, number) => caller(number)))
  const cpu = process.cpuUsage(cpuBefore)
  const elapsedMs = clock.now() - startedAt
  latencies.sort((left, right) => left - right)
  return {
    opsPerSecond: (latencies.length / elapsedMs) * 1000,
    operations: latencies.length,
    retries: 0,
    p50Ms: latencies[Math.floor(latencies.length / 2)] ?? 0,
    p99Ms: latencies[Math.floor(latencies.length * 0.99)] ?? 0,
    cpuSeconds: (cpu.user + cpu.system) / 1e6,
  }
}

const client = await open()
try {
  const run = operationOf(client)
  if (Number(values.warmup) > 0) await drive(run, Number(values.warmup))
  const result = await drive(run, Number(values.duration))
  console.log(JSON.stringify({ ...result, meanBatchSize: batches.count === 0 ? 0 : batches.sum / batches.count }))
} finally {
  await client.close()
}
