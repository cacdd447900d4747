import { seededRandom } from '@stratakv/testkit'
import { describe, expect, it } from 'vitest'
import { createReport } from '../src/report.ts'
import { measureInRounds } from '../src/rounds.ts'

function run(json: boolean): { json: unknown[]; table: string[] } {
  const lines: unknown[] = []
  const table: string[] = []
  const report = createReport({
    bench: 'sample',
    seed: 7,
    quick: true,
    json,
    writeJson: (line) => lines.push(JSON.parse(line)),
    writeTable: (line) => table.push(line),
  })
  report.begin({ bytes: 64 })
  report.measure({ case: 'crc/64B', impl: 'ours', value: 200.0449, unit: 'ops/s', better: 'higher' })
  report.measure({
    case: 'crc/64B',
    impl: 'theirs',
    value: 100,
    unit: 'ops/s',
    better: 'higher',
    shown: { 'ns/op': '1.0' },
  })
  report.ratio({ case: 'crc/64B', ratio: 2.000449, against: 'theirs', better: 'higher' })
  report.note('On a quiet machine.')
  report.end()
  return { json: lines, table }
}

describe('report', () => {
  it('writes a header, each side and each ratio as JSON lines that name the benchmark', () => {
    const [header, ...lines] = run(true).json
    expect(header).toMatchObject({ bench: 'sample', node: process.version, seed: 7, inputs: { bytes: 64 } })
    expect(header).toHaveProperty('cpu', expect.stringMatching(/\S/))
    expect(lines).toEqual([
      { bench: 'sample', case: 'crc/64B', impl: 'ours', value: 200, unit: 'ops/s', better: 'higher' },
      { bench: 'sample', case: 'crc/64B', impl: 'theirs', value: 100, unit: 'ops/s', better: 'higher' },
      { bench: 'sample', case: 'crc/64B', ratio: 2, against: 'theirs', better: 'higher' },
    ])
  })

  it('writes no JSON unless asked, and the table either way', () => {
    expect(run(false).json).toEqual([])
    for (const json of [false, true]) {
      const { table } = run(json)
      expect(table.find((line) => line.includes('theirs') && line.includes('crc'))).toBeUndefined()
      expect(table.find((line) => line.trim().startsWith('theirs'))).toMatch(
        /100\s+ops\/s\s+1\.0\s+2\.00 \(higher is better\)$/,
      )
      expect(table.at(-1)).toBe('On a quiet machine.')
    }
  })
})

describe('rounds', () => {
  it('run every contender as often, in turns, and give one figure for each', () => {
    const turns: string[] = []
    const contender = (impl: string) => ({
      impl,
      run(count: number) {
        turns.push(impl)
        let sum = 0
        for (let index = 0; index < count; index++) sum += index & 3
        return sum
      },
    })
    const random = seededRandom(1)
    const medians = measureInRounds([contender('a'), contender('b')], { rounds: 20, turnMs: 0.1, random })
    expect([...medians.keys()]).toEqual(['a', 'b'])
    const rounds = Array.from({ length: 20 }, (_, round) =>
      turns
        .slice(-40)
        .slice(round * 2, round * 2 + 2)
        .join(''),
    )
    expect(new Set(rounds)).toEqual(new Set(['ab', 'ba']))
  })
})
