import { execFileSync } from 'node:child_process'
import type { DescriptorSet } from '../codegen/descriptors.ts'

/** What buf makes of proto/: the definitions as the generator sees them. */
export function buildDescriptorSet(): DescriptorSet {
  const packageRoot = new URL('..', import.meta.url)
  const buf = new URL('../../node_modules/.bin/buf', packageRoot)
  const options = { cwd: packageRoot, maxBuffer: 64 << 20 }
  return JSON.parse(execFileSync(buf.pathname, ['build', '-o', '-#format=json'], options).toString()) as DescriptorSet
}
