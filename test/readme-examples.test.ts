import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'

const root = join(import.meta.dirname, '..')
const readmes = execFileSync('git', ['ls-files', '-co', '--exclude-standard', '*README.md', 'docs/guides/*.md'], {
  cwd: root,
  encoding: 'utf8',
})
  .split('\n')
  .filter((path) => path !== '')

/** Each ```ts block is a program of its own; ```ts no-run is only shown. */
function examplesIn(path: string): string[] {
  const text = readFileSync(join(root, path), 'utf8')
  return [...text.matchAll(/^```ts\n([\s\S]*?)^```$/gm)].map(([, code]) => code!)
}

// Inside the tree, so that packages are found as an installed user's would be; the folder is ignored by git.
const examples = join(root, 'test', '.examples')
mkdirSync(examples, { recursive: true })
const folder = mkdtempSync(join(examples, 'run-'))
afterAll(() => rmSync(folder, { recursive: true }))

describe('README examples run', () => {
  for (const path of readmes) {
    for (const [index, code] of examplesIn(path).entries()) {
      it(`${path}, example ${index + 1}`, async () => {
        const file = join(folder, `${dirname(path).replaceAll('/', '-')}-${index}.ts`)
        writeFileSync(file, code)
        // A top-level await in the example finishes before the import does; what it throws fails the test.
        expect(await import(file)).toBeDefined()
      })
    }
  }
})
