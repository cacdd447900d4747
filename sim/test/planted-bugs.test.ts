import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { withBug } from '../src/bugs/plant.ts'
import { plantedBugs } from '../src/bugs/planted-bugs.ts'

const packages = join(import.meta.dirname, '..', '..', 'packages')

describe('planted bugs', () => {
  for (const bug of plantedBugs) {
    it.skipIf(!existsSync(join(packages, bug.file)))(`${bug.name} has its place in the built code`, () => {
      const source = readFileSync(join(packages, bug.file), 'utf8')
      expect(withBug(source, bug)).not.toBe(source)
    })
  }

  it('says so when its place is gone', () => {
    expect(() => withBug('something else', plantedBugs[0]!)).toThrow(/0 times/)
  })
})
