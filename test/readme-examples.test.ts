import { execFileSync } from 'node:child_process'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { examplesIn, makeExampleFolder } from './markdown-examples.ts'

const root = join(import.meta.dirname, '..')
const readmes = execFileSync('git', ['ls-files', '-co', '--exclude-standard', '*README.md', 'docs/guides/*.md'], {
  cwd: root,
  encoding: 'utf8',
})
  .split('\n')
  // The pages below docs/implement are test files: implement-pages.test.ts runs them as such.
  .filter((path) => path !== '' && !path.startsWith('docs/implement/'))

const folder = makeExampleFolder(root)
afterAll(() => rmSync(folder, { recursive: true }))

describe('README examples run', () => {
  for (const path of readmes) {
    for (const [index, code] of examplesIn(readFileSync(join(root, path), 'utf8')).entries()) {
      it(`${path}, example ${index + 1}`, async () => {
        const file = join(folder, `${dirname(path).replaceAll('/', '-')}-${index}.ts`)
        writeFileSync(file, code)
        // A top-level await in the example finishes before the import does; what it throws fails the test.
        expect(await import(file)).toBeDefined()
      })
    }
  }
})
