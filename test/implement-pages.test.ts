import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { examplesIn, makeExampleFolder } from './markdown-examples.ts'
import { tableRows } from './markdown-table.ts'

const root = join(import.meta.dirname, '..')
const pages = join(root, 'docs', 'implement')
const read = (...path: string[]) => readFileSync(join(root, ...path), 'utf8')

/** Of architecture.md: each seam that has a suite. `Clock`, `Random` is a row with two of each. */
const seams = tableRows(read('docs', 'architecture.md'), '## The seams').flatMap(([names, , suites]) => {
  const suiteNames = codeIn(suites!)
  return codeIn(names!)
    .map((name, index) => ({ name, suite: suiteNames[index] }))
    .filter((seam): seam is { name: string; suite: string } => seam.suite !== undefined)
})

function codeIn(cell: string): string[] {
  return cell.split(', ').filter((part) => part !== '')
}

/** `KvEngine` has the page kv-engine.md. */
const pageOf = (seam: string) => `${seam.replaceAll(/(?<=[a-z])(?=[A-Z])/g, '-').toLowerCase()}.md`

describe('implement your own', () => {
  it('finds the seams', () => {
    expect(seams.length).toBeGreaterThan(10)
  })

  it('has a page for every seam with a suite, and no other', () => {
    expect(readdirSync(pages).sort()).toEqual(['README.md', ...seams.map(({ name }) => pageOf(name))].sort())
  })

  const index = read('docs', 'implement', 'README.md')

  it('names every matcher that the suites ask of a test runner', () => {
    const suites = join(root, 'packages', 'core', 'compliance')
    const sources = readdirSync(suites).map((file) => readFileSync(join(suites, file), 'utf8'))
    const used = new Set(
      sources.flatMap((source) =>
        [...source.matchAll(/\)\s*\.(to[A-Z]\w*|not|resolves|rejects)\b/g)].map(([, name]) => name!),
      ),
    )
    expect(used.size).toBeGreaterThan(2)
    for (const matcher of used) expect(index).toContain(`\`${matcher}\``)
  })

  for (const { name, suite } of seams) {
    it(`${name}: contract, traps, an example that calls the suite, and where it plugs in`, () => {
      const page = read('docs', 'implement', pageOf(name))
      for (const heading of ['## The contract', '## What the suite catches', '## Prove it', '## Plug it in']) {
        expect(page).toContain(`\n${heading}\n`)
      }
      expect(examplesIn(page).filter((code) => code.includes(`${suite}(`)).length).toBe(1)
      expect(index).toMatch(new RegExp(`\\| \\[\`${name}\`\\]\\(${pageOf(name)}\\) .*\`${suite}\``))
    })
  }
})

// Each example is a test file: importing it while tests are collected runs it as one.
const folder = makeExampleFolder(root)
afterAll(() => rmSync(folder, { recursive: true }))
for (const page of readdirSync(pages)) {
  for (const [index, code] of examplesIn(read('docs', 'implement', page)).entries()) {
    const file = join(folder, `${page}-${index}.ts`)
    writeFileSync(file, code)
    describe(`${page}, example ${index + 1}`, async () => {
      await import(file)
    })
  }
}
