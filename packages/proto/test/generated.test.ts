import { readdirSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { generateModules } from '../codegen/modules.ts'
import { buildDescriptorSet } from './descriptor-set.ts'

const generated = new URL('../src/gen/', import.meta.url)
const manifest = new URL('../package.json', import.meta.url)

it('src/gen is what the generator makes of proto/ today', () => {
  const modules = generateModules(buildDescriptorSet())
  expect(readdirSync(generated).sort()).toEqual([...modules.keys()].sort())
  for (const [name, text] of modules) {
    // Compared as a truth value: a diff of ten thousand lines helps nobody. The cure is `npm run generate -w packages/proto`.
    expect(`${name} current: ${readFileSync(new URL(name, generated), 'utf8') === text}`).toBe(`${name} current: true`)
  }
})

it('every generated module but the method tables is an export of the package', () => {
  const { exports } = JSON.parse(readFileSync(manifest, 'utf8')) as { exports: Record<string, { types: string }> }
  for (const name of readdirSync(generated)) {
    if (name === 'methods.ts') continue
    const module = name.replace(/\.ts$/, '')
    expect(exports[`./${module.replaceAll('_', '-')}`]?.types).toBe(`./dist/gen/${module}.d.ts`)
  }
})
