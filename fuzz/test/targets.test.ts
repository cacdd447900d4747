import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fuzz, tryInput } from '@stratakv/testkit'
import { describe, expect, it } from 'vitest'
import { targets } from '../src/targets.ts'

const root = join(import.meta.dirname, '..', '..')
const corpus = join(root, 'fuzz', 'corpus')
/** Enough to see that a target works and its decoder is sound; millions are `npm run fuzz`. */
const runCount = 3000

describe('fuzz targets', () => {
  it('are all listed, and none twice', () => {
    const folders = readdirSync(join(root, 'packages')).map((name) => join(root, 'packages', name, 'test'))
    const files = [...folders, join(root, 'wasm', 'test')]
      .filter((folder) => existsSync(folder))
      .flatMap((folder) => readdirSync(folder).filter((name) => name.endsWith('.fuzz.ts')))
    const list = readFileSync(join(root, 'fuzz', 'src', 'targets.ts'), 'utf8')
    for (const file of files) expect(list).toContain(`/${file}'`)
    expect(new Set(targets.map(({ name }) => name)).size).toBe(targets.length)
  })

  for (const target of targets) {
    it(`${target.name} decodes or refuses, also what broke it once`, () => {
      const report = fuzz(target, { seed: 7, runCount })
      expect(report.acceptedCount).toBeGreaterThan(0)
      const folder = join(corpus, ...target.name.split('/'))
      if (!existsSync(folder)) return
      for (const file of readdirSync(folder)) tryInput(target, Uint8Array.from(readFileSync(join(folder, file))))
    })
  }
})
