import { type BoundCodec, loadContenders } from './contenders.ts'
import { benchInputs } from './inputs.ts'

const quick = process.argv.includes('--quick')
const rounds = quick ? 3 : 41
const turnMs = quick ? 2 : 10

/** Median nanoseconds a call, contenders taking short turns so that a noisy neighbour hits all of them alike. */
function measure(calls: readonly (() => unknown)[]): number[] {
  const counts = calls.map((call) => calibrate(call))
  const samples = calls.map((): number[] => [])
  for (let round = 0; round < rounds; round++) {
    for (let turn = 0; turn < calls.length; turn++) {
      const at = (round + turn) % calls.length
      samples[at]!.push(time(calls[at]!, counts[at]!) / counts[at]!)
    }
  }
  return samples.map((each) => each.sort((a, b) => a - b)[each.length >> 1]!)
}

function calibrate(call: () => unknown): number {
  for (let count = 16; ; count *= 2) {
    const ns = time(call, count)
    if (ns > turnMs * 1e6) {
      time(call, count)
      return Math.max(1, Math.round((count * turnMs * 1e6) / time(call, count)))
    }
  }
}

let sink: unknown
function time(call: () => unknown, count: number): number {
  const start = process.hrtime.bigint()
  for (let at = 0; at < count; at++) sink = call()
  return Number(process.hrtime.bigint() - start)
}

const contenders = await loadContenders()
for (const input of benchInputs()) {
  const codecs: BoundCodec[] = contenders.map((each) => each.bind(input.type))
  const messages = codecs.map((codec) => codec.decode(input.bytes))
  for (const [at, codec] of codecs.entries()) {
    // Same work on every side. Compared after a trip through ours, because ts-proto leaves repeated bigints unpacked.
    const again = codecs[0]!.encode(codecs[0]!.decode(codec.encode(messages[at])))
    if (Buffer.compare(again, input.bytes) !== 0) throw new Error(`${contenders[at]!.name} differs: ${input.name}`)
  }
  for (const [direction, calls] of [
    ['decode', codecs.map((codec) => () => codec.decode(input.bytes))],
    ['encode', codecs.map((codec, at) => () => codec.encode(messages[at]))],
  ] as const) {
    const ns = measure(calls)
    const cells = ns.map((each, at) => `${contenders[at]!.name} ${each.toFixed(0)} (${(each / ns[0]!).toFixed(2)}x)`)
    console.log(`${direction} ${input.name} (${input.bytes.length} B), ns: ${cells.join('  ')}`)
  }
}
if (sink === undefined) throw new Error('nothing ran')
