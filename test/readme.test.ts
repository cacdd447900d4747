import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { tableRows } from './markdown-table.ts'

const root = join(import.meta.dirname, '..')
const read = (path: string) => readFileSync(join(root, path), 'utf8')
const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> }

describe('README.md', () => {
  it('names every package that is written, and no other', () => {
    const written = tableRows(read('docs/architecture.md'), '## The map')
      .filter((row) => row.length === 4)
      .map(([, name]) => name!)
    const links = [...read('README.md').matchAll(/^\| \[`([^`]+)`\]\((?:packages\/)?([^)]+)\)/gm)]
    expect(links.map(([, , folder]) => folder!).sort()).toEqual(written.sort())
    for (const [, name, folder] of links) expect(name).toBe(folder === 'stratakv' ? folder : `@stratakv/${folder}`)
  })

  for (const page of ['README.md', 'CONTRIBUTING.md', 'docs/guides/getting-started.md']) {
    it(`${page} asks for no command that is not there`, () => {
      const asked = [...read(page).matchAll(/\bnpm (?:run )?([a-z:-]+)/g)].map(([, name]) => name!)
      for (const name of asked.filter((each) => each !== 'ci')) expect(Object.keys(scripts), page).toContain(name)
    })
  }
})
