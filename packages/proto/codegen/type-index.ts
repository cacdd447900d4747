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
    for (const entry of this.messages.values()) {
      entry.recursive = this.someField(entry.fullName, (field) => field.typeName === entry.fullName)
    }
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

  /** Key and value of a map field, or undefined for any other field. Their 64-bit integers are numbers. */
  mapEntry(field: FieldDescriptor): { key: FieldDescriptor; value: FieldDescriptor } | undefined {
    if (field.type !== 'TYPE_MESSAGE') return undefined
    const { descriptor } = this.message(field.typeName!)
    if (descriptor.options?.mapEntry !== true) return undefined
    // protobuf has no place for jstype in a map, and all ours are keyed by ids: a bigint would be a trap in Map.get.
    const asNumber = (part: FieldDescriptor): FieldDescriptor => ({ ...part, options: { jstype: 'JS_NUMBER' } })
    return { key: asNumber(descriptor.field![0]!), value: asNumber(descriptor.field![1]!) }
  }

  /** True if `fits` holds for a field of the message or of any message inside it. */
  someField(fullName: string, fits: (field: FieldDescriptor) => boolean, seen = new Set<string>()): boolean {
    if (seen.has(fullName)) return false
    seen.add(fullName)
    return (this.message(fullName).descriptor.field ?? []).some(
      (field) => fits(field) || (field.type === 'TYPE_MESSAGE' && this.someField(field.typeName!, fits, seen)),
    )
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
}
