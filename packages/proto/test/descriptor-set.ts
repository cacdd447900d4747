import { execFileSync } from 'node:child_process'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import type { DescriptorSet } from '../codegen/descriptors.ts'

/** What buf makes of proto/: the definitions as the generator sees them. */
export function buildDescriptorSet(): DescriptorSet {
  // By the package's name, because compiled tests run from elsewhere.
  const packageRoot = dirname(createRequire(import.meta.url).resolve('@stratakv/proto/package.json'))
  const buf = join(packageRoot, '..', '..', 'node_modules', '.bin', 'buf')
  const options = { cwd: packageRoot, maxBuffer: 64 << 20 }
  return JSON.parse(execFileSync(buf, ['build', '-o', '-#format=json'], options).toString()) as DescriptorSet
}
