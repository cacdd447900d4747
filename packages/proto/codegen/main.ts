import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { DescriptorSet } from './descriptors.ts'
import { generateModules } from './modules.ts'

// Usage: main.js DESCRIPTORS.json OUTPUT-FOLDER. The first is what `buf build` makes of proto/.
const [descriptorPath, outputFolder] = process.argv.slice(2) as [string, string]
mkdirSync(outputFolder, { recursive: true })
for (const [name, text] of generateModules(JSON.parse(readFileSync(descriptorPath, 'utf8')) as DescriptorSet)) {
  writeFileSync(join(outputFolder, name), text)
}
