import type { DescriptorSet, FileDescriptor, ServiceDescriptor } from './descriptors.ts'
import { MessageWriter } from './message-writer.ts'
import { lowerFirstWord } from './names.ts'
import { type EnumEntry, TypeIndex } from './type-index.ts'

const banner = (source: string) =>
  `// Generated from ${source} by \`npm run generate -w packages/proto\`. Do not edit.\n`

/** File name to text: one module for each .proto file and one with the method tables. */
export function generateModules(set: DescriptorSet): Map<string, string> {
  const types = new TypeIndex(set)
  const modules = new Map<string, string>()
  for (const file of set.file) modules.set(`${moduleOf(file)}.ts`, fileText(types, file))
  modules.set('methods.ts', methodsText(types, set.file))
  return modules
}

function moduleOf(file: FileDescriptor): string {
  return file.name.replace(/\.proto$/, '')
}

function fileText(types: TypeIndex, file: FileDescriptor): string {
  const module = moduleOf(file)
  const enums = [...types.enums.values()].filter((entry) => entry.module === module)
  const messages = [...types.messages.values()].filter(
    (entry) => entry.module === module && entry.descriptor.options?.mapEntry !== true,
  )
  const imports = new Set<string>()
  const parts = enums.map(enumText)
  for (const entry of messages) {
    const writer = new MessageWriter(types, entry)
    parts.push(writer.text())
    for (const name of writer.imports) imports.add(name)
  }
  const body = parts.join('\n\n')
  const head = [
    ...(messages.length === 0
      ? []
      : [
          "import { decodeWith, encodeWith } from '../message-codec.ts'",
          "import type { MessageDefinition } from '../message-definition.ts'",
          `import { ${body.includes('emptyBytes') ? 'emptyBytes, ' : ''}type WireReader } from '../wire-reader.ts'`,
          "import type { WireWriter } from '../wire-writer.ts'",
        ]),
    ...[...imports].sort().map((name) => `import * as ${name} from './${name}.ts'`),
  ]
  return `${banner(`proto/${file.name}`)}${head.join('\n')}\n\n${body}\n`
}

function enumText(entry: EnumEntry): string {
  const values = entry.descriptor.value.map((value) => `  ${value.name}: ${value.number ?? 0},\n`)
  return `export const ${entry.tsName} = {
${values.join('')}} as const
/** A number that is not listed is kept as it came. */
export type ${entry.tsName} = (typeof ${entry.tsName})[keyof typeof ${entry.tsName}]`
}

function methodsText(types: TypeIndex, files: readonly FileDescriptor[]): string {
  const withServices = files.filter((file) => file.service !== undefined)
  const used = new Set<string>()
  const tables = withServices.flatMap((file) =>
    (file.service ?? []).map((service) => serviceText(types, file, service, used)),
  )
  return `${banner('the services in proto/')}import { defineMethod } from '../method.ts'
${[...used]
  .sort()
  .map((name) => `import * as ${name} from './${name}.ts'`)
  .join('\n')}

${tables.join('\n\n')}
`
}

function serviceText(types: TypeIndex, file: FileDescriptor, service: ServiceDescriptor, used: Set<string>): string {
  const codec = (fullName: string) => {
    const entry = types.message(fullName)
    used.add(entry.module)
    return `${entry.module}.${entry.tsName}`
  }
  const prefix =
    file.package === 'etcdserverpb' ? `etcd${upperFirst(lowerFirstWord(service.name))}` : lowerFirstWord(service.name)
  const methods = service.method.map((method) => {
    const kind = method.clientStreaming
      ? method.serverStreaming
        ? 'bidi'
        : 'client-stream'
      : method.serverStreaming
        ? 'server-stream'
        : 'unary'
    const path = `/${file.package}.${service.name}/${method.name}`
    return `  ${lowerFirstWord(method.name)}: defineMethod('${path}', '${kind}', ${codec(method.inputType)}, ${codec(method.outputType)}),\n`
  })
  return `export const ${prefix}Methods = {\n${methods.join('')}}`
}

function upperFirst(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1)
}
