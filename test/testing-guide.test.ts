import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

const root = join(import.meta.dirname, '..')
const read = (path: string) => readFileSync(join(root, path), 'utf8')

describe('docs/guides/testing.md', () => {
  it('shows the example that runs as a test, in 20 lines', () => {
    const [, shown] = /^```ts no-run\n([\s\S]*?)^```$/m.exec(read('docs/guides/testing.md'))!
    expect(shown).toBe(read('examples/test-with-faults/test/lost-leader.test.ts'))
    expect(shown!.split('\n').filter((line) => line !== '').length).toBeLessThanOrEqual(20)
  })
})
