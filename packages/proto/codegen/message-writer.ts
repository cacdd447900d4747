import type { FieldDescriptor } from './descriptors.ts'
import { memberName, typeName } from './names.ts'
import type { MessageEntry, TypeIndex } from './type-index.ts'

/** How one scalar type is spelt in TypeScript, read, written and told from its default. */
interface Scalar {
  readonly ts: string
  readonly wire: 0 | 1 | 2 | 5
  /** Method of WireReader and of WireWriter. */
  readonly method: string
  readonly zero: string
  /** Condition under which a proto3 field is written. */
  present(value: string): string
}

const scalar = (ts: string, wire: 0 | 1 | 2 | 5, method: string, zero: string): Scalar => ({
  ts,
  wire,
  method,
  zero,
  present: (value) =>
    ts === 'Uint8Array' ? `${value}.length !== 0` : ts === 'boolean' ? value : `${value} !== ${zero}`,
})

const scalars = new Map<string, Scalar>([
  ['TYPE_BOOL', scalar('boolean', 0, 'bool', 'false')],
  ['TYPE_BYTES', scalar('Uint8Array', 2, 'bytes', 'emptyBytes')],
  ['TYPE_DOUBLE', { ...scalar('number', 1, 'double', '0'), present: (value) => `!Object.is(${value}, 0)` }],
  ['TYPE_FIXED32', scalar('number', 5, 'fixed32', '0')],
  ['TYPE_FIXED64', scalar('bigint', 1, 'fixed64', '0n')],
  ['TYPE_FLOAT', { ...scalar('number', 5, 'float', '0'), present: (value) => `!Object.is(${value}, 0)` }],
  ['TYPE_INT32', scalar('number', 0, 'int32', '0')],
  ['TYPE_INT64', scalar('bigint', 0, 'int64', '0n')],
  ['TYPE_SINT32', scalar('number', 0, 'sint32', '0')],
  ['TYPE_STRING', scalar('string', 2, 'string', "''")],
  ['TYPE_UINT32', scalar('number', 0, 'uint32', '0')],
  ['TYPE_UINT64', scalar('bigint', 0, 'uint64', '0n')],
])
const safeNumbers = new Map<string, Scalar>([
  ['TYPE_INT64', scalar('number', 0, 'int64Number', '0')],
  ['TYPE_UINT64', scalar('number', 0, 'uint64Number', '0')],
])

/** Turns one message into its interface, its readers and writers and its MessageDefinition object. */
export class MessageWriter {
  readonly #types: TypeIndex
  readonly #entry: MessageEntry
  readonly #name: string
  /** Modules whose names the text refers to. */
  readonly imports = new Set<string>()

  constructor(types: TypeIndex, entry: MessageEntry) {
    this.#types = types
    this.#entry = entry
    this.#name = entry.tsName
  }

  text(): string {
    return [this.#interface(), ...this.#oneofTypes(), this.#object(), this.#reader(), this.#writer()].join('\n\n')
  }

  get #fields(): FieldDescriptor[] {
    return [...(this.#entry.descriptor.field ?? [])].sort((a, b) => a.number - b.number)
  }

  #isOneof(field: FieldDescriptor): boolean {
    return field.oneofIndex !== undefined && field.proto3Optional !== true
  }

  #oneofName(field: FieldDescriptor): string {
    return this.#entry.descriptor.oneofDecl![field.oneofIndex!]!.name
  }

  /** Fields as members of the interface: each oneof once, where its lowest number stands. */
  *#members(): Generator<{ name: string; ts: string; zero: string }> {
    const seen = new Set<number>()
    for (const field of this.#fields) {
      if (!this.#isOneof(field)) {
        yield { name: memberName(field.name), ts: this.#fieldType(field), zero: this.#fieldZero(field) }
      } else if (!seen.has(field.oneofIndex!)) {
        seen.add(field.oneofIndex!)
        const oneof = this.#oneofName(field)
        yield { name: memberName(oneof), ts: `${this.#name}_${typeName(oneof)} | undefined`, zero: 'undefined' }
      }
    }
  }

  #interface(): string {
    const members = [...this.#members()].map(({ name, ts }) => `  ${name}: ${ts}\n`)
    if (members.length === 0) return `export type ${this.#name} = Record<string, never>`
    return `export interface ${this.#name} {\n${members.join('')}}`
  }

  #oneofTypes(): string[] {
    const cases = new Map<string, string[]>()
    for (const field of this.#fields) {
      if (!this.#isOneof(field)) continue
      const name = this.#oneofName(field)
      const list = cases.get(name) ?? []
      list.push(`  | { case: '${memberName(field.name)}'; value: ${this.#singleType(field)} }`)
      cases.set(name, list)
    }
    return [...cases].map(([name, list]) => `export type ${this.#name}_${typeName(name)} =\n${list.join('\n')}`)
  }

  #object(): string {
    const name = this.#name
    const members = [...this.#members()]
    const typeLabel = this.#entry.fullName.slice(1)
    const created = members
      .map(
        ({ name: member, zero }) => `      ${member}: init?.${member}${zero === 'undefined' ? '' : ` ?? ${zero}`},\n`,
      )
      .join('')
    const create = members.length === 0 ? 'create: () => ({})' : `create: (init) => ({\n${created}    })`
    return `export const ${name}: MessageDefinition<${name}> = {
  typeName: '${typeLabel}',
  ${create.replaceAll('\n  ', '\n')},
  encode: (message) => encodeWith(write${name}, message),
  decode: (bytes) => decodeWith('${typeLabel}', read${name}, bytes),
  readFrom: read${name},
  writeTo: write${name},
}`
  }

  #reader(): string {
    const name = this.#name
    const members = [...this.#members()]
    const numbers = this.#fields.map((field) => field.number).join(', ')
    const zeros = members.map((member) => `${member.name}: ${member.zero}`).join(', ')
    const blank = members.length === 0 ? '{}' : `{ ${zeros} }`
    const cases = this.#fields.map((field) => this.#readCase(field)).join('')
    const enter = this.#entry.recursive ? '  reader.enter()\n' : ''
    const leave = this.#entry.recursive ? '  reader.leave()\n' : ''
    const loop =
      cases === ''
        ? '  while (reader.pos < end) reader.skip(reader.tag(), [])\n'
        : `  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
${cases}      default:
        reader.skip(tag, ${name}Fields)
    }
  }
`
    const known = cases === '' ? '' : `const ${name}Fields: readonly number[] = [${numbers}]\n\n`
    return `${known}function read${name}(reader: WireReader, end: number, into?: ${name}): ${name} {
${enter}  const message: ${name} = into ?? ${blank}
${loop}  reader.close(end)
${leave}  return message
}`
  }

  #readCase(field: FieldDescriptor): string {
    const member = `message.${memberName(field.name)}`
    const line = (tag: number, body: string) => `      case ${tag}:\n${body}        break\n`
    const tag = (wire: number) => ((field.number << 3) | wire) >>> 0
    const map = this.#types.mapEntry(field)
    if (map !== undefined) return line(tag(2), this.#readMapEntry(member, map.key, map.value))
    if (this.#isOneof(field)) return line(tag(this.#wire(field)), this.#readOneof(field))
    if (field.label !== 'LABEL_REPEATED') {
      return line(tag(this.#wire(field)), `        ${member} = ${this.#readValue(field, member)}\n`)
    }
    const single = line(tag(this.#wire(field)), `        ${member}.push(${this.#readValue(field)})\n`)
    if (this.#wire(field) === 2) return single
    // Numbers: proto3 writers pack them, and readers must take both forms.
    return (
      single +
      line(
        tag(2),
        `        {
          const packedEnd = reader.end()
          while (reader.pos < packedEnd) ${member}.push(${this.#readValue(field)})
          reader.close(packedEnd)
        }
`,
      )
    )
  }

  #readOneof(field: FieldDescriptor): string {
    const oneof = `message.${memberName(this.#oneofName(field))}`
    const label = memberName(field.name)
    if (field.type !== 'TYPE_MESSAGE') {
      return `        ${oneof} = { case: '${label}', value: ${this.#readValue(field)} }\n`
    }
    const old = `${oneof}?.case === '${label}' ? ${oneof}.value : undefined`
    return `        ${oneof} = { case: '${label}', value: ${this.#readFunction(field)}(reader, reader.end(), ${old}) }\n`
  }

  #readMapEntry(member: string, key: FieldDescriptor, value: FieldDescriptor): string {
    const tag = (field: FieldDescriptor) => (field.number << 3) | this.#wire(field)
    return `        {
          const entryEnd = reader.end()
          let key: ${this.#singleType(key)} = ${this.#singleZero(key)}
          let value: ${this.#singleType(value)} = ${value.type === 'TYPE_MESSAGE' ? `${this.#reference(value)}.create()` : this.#singleZero(value)}
          while (reader.pos < entryEnd) {
            const entryTag = reader.tag()
            if (entryTag === ${tag(key)}) key = ${this.#readValue(key)}
            else if (entryTag === ${tag(value)}) value = ${this.#readValue(value)}
            else reader.skip(entryTag, [1, 2])
          }
          reader.close(entryEnd)
          ${member}.set(key, value)
        }
`
  }

  #writer(): string {
    const name = this.#name
    const body = [...this.#fields]
      .reverse()
      .map((field) => this.#writeField(field))
      .join('')
    const argument = body === '' ? '_writer: WireWriter, _message' : 'writer: WireWriter, message'
    return `function write${name}(${argument}: ${name}): void {\n${body}}`
  }

  #writeField(field: FieldDescriptor): string {
    const member = `message.${memberName(field.name)}`
    const map = this.#types.mapEntry(field)
    if (map !== undefined) {
      return `  for (const [key, value] of ${member}) {
    const mark = writer.size
${this.#writeValue(map.value, 'value', '    ')}${this.#writeValue(map.key, 'key', '    ')}    writer.length(mark)
${this.#writeTag(field.number, 2, '    ')}  }
`
    }
    if (this.#isOneof(field)) {
      const oneof = `message.${memberName(this.#oneofName(field))}`
      return `  if (${oneof}?.case === '${memberName(field.name)}') {
    const value = ${oneof}.value
${this.#writeValue(field, 'value', '    ')}  }
`
    }
    if (field.label === 'LABEL_REPEATED') {
      const packed = this.#wire(field) !== 2
      const loop = `for (let at = ${member}.length - 1; at >= 0; at--)`
      if (!packed) {
        return `  ${loop} {
    const value = ${member}[at]!
${this.#writeValue(field, 'value', '    ')}  }
`
      }
      return `  if (${member}.length !== 0) {
    const mark = writer.size
    ${loop} writer.${this.#scalar(field).method}(${member}[at]!)
    writer.length(mark)
${this.#writeTag(field.number, 2, '    ')}  }
`
    }
    const present =
      field.type === 'TYPE_MESSAGE' || field.proto3Optional === true
        ? `${member} !== undefined`
        : this.#scalar(field).present(member)
    return `  if (${present}) {\n${this.#writeValue(field, member, '    ')}  }\n`
  }

  /** Statements that write one value and its tag. */
  #writeValue(field: FieldDescriptor, value: string, indent: string): string {
    if (field.type !== 'TYPE_MESSAGE') {
      return `${indent}writer.${this.#scalar(field).method}(${value})\n${this.#writeTag(field.number, this.#wire(field), indent)}`
    }
    const mark = `mark${field.number}`
    return `${indent}const ${mark} = writer.size
${indent}${this.#writeFunction(field)}(writer, ${value})
${indent}writer.length(${mark})
${this.#writeTag(field.number, 2, indent)}`
  }

  #writeTag(number: number, wire: number, indent: string): string {
    const tag = ((number << 3) | wire) >>> 0
    return `${indent}writer.${tag < 0x80 ? 'tag1' : 'tag'}(${tag})\n`
  }

  #scalar(field: FieldDescriptor): Scalar {
    if (field.type === 'TYPE_ENUM') {
      const ts = this.#reference(field)
      return { ts, wire: 0, method: 'int32', zero: '0', present: (value) => `${value} !== 0` }
    }
    const found =
      (field.options?.jstype === 'JS_NUMBER' ? safeNumbers.get(field.type) : undefined) ?? scalars.get(field.type)
    if (found === undefined) throw new Error(`${this.#entry.fullName}.${field.name}: no codec for ${field.type}`)
    return found
  }

  #wire(field: FieldDescriptor): 0 | 1 | 2 | 5 {
    return field.type === 'TYPE_MESSAGE' ? 2 : this.#scalar(field).wire
  }

  #readValue(field: FieldDescriptor, old?: string): string {
    if (field.type === 'TYPE_MESSAGE') {
      return `${this.#readFunction(field)}(reader, reader.end()${old === undefined ? '' : `, ${old}`})`
    }
    const read = `reader.${this.#scalar(field).method}()`
    return field.type === 'TYPE_ENUM' ? `${read} as ${this.#reference(field)}` : read
  }

  #singleType(field: FieldDescriptor): string {
    return field.type === 'TYPE_MESSAGE' ? this.#reference(field) : this.#scalar(field).ts
  }

  #singleZero(field: FieldDescriptor): string {
    return field.type === 'TYPE_MESSAGE' ? 'undefined' : this.#scalar(field).zero
  }

  #fieldType(field: FieldDescriptor): string {
    const map = this.#types.mapEntry(field)
    if (map !== undefined) return `Map<${this.#singleType(map.key)}, ${this.#singleType(map.value)}>`
    if (field.label === 'LABEL_REPEATED') return `${this.#singleType(field)}[]`
    const optional = field.type === 'TYPE_MESSAGE' || field.proto3Optional === true
    return this.#singleType(field) + (optional ? ' | undefined' : '')
  }

  #fieldZero(field: FieldDescriptor): string {
    if (this.#types.mapEntry(field) !== undefined) return 'new Map()'
    if (field.label === 'LABEL_REPEATED') return '[]'
    return field.proto3Optional === true ? 'undefined' : this.#singleZero(field)
  }

  /** The type's name as this module sees it. */
  #reference(field: FieldDescriptor): string {
    const entry =
      field.type === 'TYPE_ENUM' ? this.#types.enumeration(field.typeName!) : this.#types.message(field.typeName!)
    if (entry.module === this.#entry.module) return entry.tsName
    this.imports.add(entry.module)
    return `${entry.module}.${entry.tsName}`
  }

  #readFunction(field: FieldDescriptor): string {
    const entry = this.#types.message(field.typeName!)
    return entry.module === this.#entry.module ? `read${entry.tsName}` : `${this.#reference(field)}.readFrom`
  }

  #writeFunction(field: FieldDescriptor): string {
    const entry = this.#types.message(field.typeName!)
    return entry.module === this.#entry.module ? `write${entry.tsName}` : `${this.#reference(field)}.writeTo`
  }
}
