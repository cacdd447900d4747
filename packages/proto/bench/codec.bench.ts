import { cpus } from 'node:os'
import { type BoundCodec, loadContenders } from './contenders.ts'
import { type BenchInput, benchInputs } from './inputs.ts'

// Arguments: --quick (to see that it runs, not to be quoted) and --json (one object a line instead of the table).
const quick = process.argv.includes('--quick')
const json = process.argv.includes('--json')
const rounds = quick ? 3 : 41
const turnMs = quick ? 2 : 10
const bench = 'proto-codec'

/** Every result goes here, so that no call can be left out as useless. */
let sink: unknown

function timeNs(call: () => unknown, count: number): number {
  const start = process.hrtime.bigint()
  for (let at = 0; at < count; at++) sink = call()
  return Number(process.hrtime.bigint() - start)
}

/** How many calls fill a turn, once the optimising compiler has had its say. */
function calibrate(call: () => unknown): number {
  let count = 16
  while (timeNs(call, count) < turnMs * 1e6) count *= 2
  timeNs(call, count)
  return Math.max(1, Math.round((count * turnMs * 1e6) / timeNs(call, count)))
}

/** Median nanoseconds a call, contenders taking short turns so that a noisy neighbour hits all of them alike. */
function medians(calls: readonly (() => unknown)[]): number[] {
  const counts = calls.map(calibrate)
  const samples = calls.map((): number[] => [])
  for (let round = 0; round < rounds; round++) {
    for (let turn = 0; turn < calls.length; turn++) {
      const at = (round + turn) % calls.length
      samples[at]!.push(timeNs(calls[at]!, counts[at]!) / counts[at]!)
    }
  }
  return samples.map((each) => each.sort((a, b) => a - b)[each.length >> 1]!)
}

/** The same work on every side. Compared after a trip through ours, because ts-proto leaves repeated bigints unpacked. */
function checkSameMessage(codecs: readonly BoundCodec[], input: BenchInput): void {
  for (const [at, codec] of codecs.entries()) {
    const again = codecs[0]!.encode(codecs[0]!.decode(codec.encode(codec.decode(input.bytes))))
    if (Buffer.compare(again, input.bytes) !== 0)
      throw new Error(`contender ${at} makes another message: ${input.name}`)
  }
}

const contenders = await loadContenders()
const names = contenders.map((each) => each.name)
const cpu = cpus()
if (json) console.log(JSON.stringify({ bench, cpu: cpu[0]?.model, cores: cpu.length, node: process.version, quick }))
else {
  console.log(`${bench}: ${cpu[0]?.model} x${cpu.length}, Node ${process.version}, nanoseconds a call (theirs / ours)`)
  if (names.length === 1) console.log('ours alone: `npm run bench:peers -w packages/proto` brings the others')
}
for (const input of benchInputs()) {
  const codecs = contenders.map((each) => each.bind(input.type))
  checkSameMessage(codecs, input)
  const messages = codecs.map((codec) => codec.decode(input.bytes))
  const directions = {
    decode: codecs.map((codec) => () => codec.decode(input.bytes)),
    encode: codecs.map((codec, at) => () => codec.encode(messages[at])),
  }
  for (const [direction, calls] of Object.entries(directions)) {
    const name = `${direction} ${input.name} (${input.bytes.length} B)`
    const ns = medians(calls).map((each) => Math.round(each))
    if (json) {
      for (const [at, impl] of names.entries()) {
        console.log(JSON.stringify({ bench, case: name, impl, value: ns[at], unit: 'ns', better: 'lower' }))
      }
      for (const [at, against] of names.entries()) {
        if (at > 0)
          console.log(JSON.stringify({ bench, case: name, ratio: ns[0]! / ns[at]!, against, better: 'lower' }))
      }
    } else {
      const cells = ns.map((each, at) => `${names[at]} ${each}${at === 0 ? '' : ` (${(each / ns[0]!).toFixed(1)})`}`)
      console.log(`${name.padEnd(76)}${cells.join('  ')}`)
    }
  }
}
if (sink === undefined) throw new Error('nothing ran')
