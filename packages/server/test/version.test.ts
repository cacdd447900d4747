import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { productVersion } from '@stratakv/server'
import { expect, it } from 'vitest'

it('productVersion is that of package.json: set it in src/version.ts when the package is given a new one', () => {
  const manifest = JSON.parse(readFileSync(join(import.meta.dirname, '..', 'package.json'), 'utf8'))
  expect(productVersion).toBe(manifest.version)
})
