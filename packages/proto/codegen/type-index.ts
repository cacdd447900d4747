import type { DescriptorSet, EnumDescriptor, FieldDescriptor, MessageDescriptor } from './descriptors.ts'

export interface MessageEntry {
  /** `.package.Outer.Inner` */
  readonly fullName: string
  /** `Outer_Inner`, the name in TypeScript. */
  readonly tsName: string
  readonly module: string
  readonly descriptor: MessageDescriptor
  /** Can contain itself, so reading it must count levels. */
  recursive: boolean
}

export interface EnumEntry {
  readonly fullName: string
  readonly tsName: string
  readonly module: string
  readonly descriptor: EnumDescriptor
}

/** Every message and enum by full name, and the generated module each lives in. */
export class TypeIndex {
  readonly messages = new Map<string, MessageEntry>()
  readonly enums = new Map<string, EnumEntry>()

  constructor(set: DescriptorSet) {
    for (const file of set.file) {
      const module = file.name.replace(/\.proto$/, '')
      const prefix = `.${file.package}`
      for (const message of file.messageType ?? []) this.#addMessage(module, prefix, '', message)
      for (const descriptor of file.enumType ?? []) {
        const fullName = `${prefix}.${descriptor.name}`
        this.enums.set(fullName, { fullName, tsName: descriptor.name, module, descriptor })
      }
    }
    for (const entry of this.messages.values()) entry.recursive = this.#reaches(entry, entry, new Set())
  }

  message(fullName: string): MessageEntry {
    const entry = this.messages.get(fullName)
    if (entry === undefined) throw new Error(`no message ${fullName}`)
    return entry
  }

  enumeration(fullName: string): EnumEntry {
    const entry = this.enums.get(fullName)
    if (entry === undefined) throw new Error(`no enum ${fullName}`)
    return entry
  }

  /** Key and value of a map field, or undefined for any other field. */
  mapEntry(field: FieldDescriptor): { key: FieldDescriptor; value: FieldDescriptor } | undefined {
    if (field.type !== 'TYPE_MESSAGE') return undefined
    const { descriptor } = this.message(field.typeName!)
    if (descriptor.options?.mapEntry !== true) return undefined
    // protobuf has no place for jstype on a map's key: keys and values follow the field's own option.
    const inherit = (part: FieldDescriptor): FieldDescriptor =>
      field.options === undefined ? part : { ...part, options: field.options }
    return { key: inherit(descriptor.field![0]!), value: inherit(descriptor.field![1]!) }
  }

  #addMessage(module: string, prefix: string, tsPrefix: string, descriptor: MessageDescriptor): void {
    const fullName = `${prefix}.${descriptor.name}`
    const tsName = tsPrefix + descriptor.name
    this.messages.set(fullName, { fullName, tsName, module, descriptor, recursive: false })
    for (const inner of descriptor.nestedType ?? []) this.#addMessage(module, fullName, `${tsName}_`, inner)
    for (const inner of descriptor.enumType ?? []) {
      const name = `${fullName}.${inner.name}`
      this.enums.set(name, { fullName: name, tsName: `${tsName}_${inner.name}`, module, descriptor: inner })
    }
  }

  #reaches(from: MessageEntry, target: MessageEntry, seen: Set<MessageEntry>): boolean {
    for (const field of from.descriptor.field ?? []) {
      if (field.type !== 'TYPE_MESSAGE') continue
      const next = this.message(field.typeName!)
      if (next === target) return true
      if (seen.has(next)) continue
      seen.add(next)
      if (this.#reaches(next, target, seen)) return true
    }
    return false
  }
}
