import fc from 'fast-check'
import type { FieldDescriptor } from '../codegen/descriptors.ts'
import { memberName } from '../codegen/names.ts'
import type { TypeIndex } from '../codegen/type-index.ts'

/** Deep enough to reach a message's messages' messages; the widest ones hold hundreds of fields. */
const depthMax = 3

/** Random values for any message of the index, in the shape the generated code gives them. */
export class MessageArbitraries {
  readonly #types: TypeIndex

  constructor(types: TypeIndex) {
    this.#types = types
  }

  message(fullName: string, depth = 0): fc.Arbitrary<Record<string, unknown>> {
    const { descriptor } = this.#types.message(fullName)
    const shape: Record<string, fc.Arbitrary<unknown>> = {}
    const oneofs = new Map<number, FieldDescriptor[]>()
    for (const field of descriptor.field ?? []) {
      if (field.oneofIndex === undefined) shape[memberName(field.name)] = this.#field(field, depth)
      else oneofs.set(field.oneofIndex, [...(oneofs.get(field.oneofIndex) ?? []), field])
    }
    for (const [index, fields] of oneofs) {
      shape[memberName(descriptor.oneofDecl![index]!.name)] = this.#oneof(fields, depth)
    }
    return fc.record(shape)
  }

  #oneof(fields: readonly FieldDescriptor[], depth: number): fc.Arbitrary<unknown> {
    if (depth >= depthMax) return fc.constant(undefined)
    const cases = fields.map((field) =>
      this.#single(field, depth).map((value) => ({ case: memberName(field.name), value })),
    )
    return fc.oneof(fc.constant(undefined), ...cases)
  }

  #field(field: FieldDescriptor, depth: number): fc.Arbitrary<unknown> {
    const map = this.#types.mapEntry(field)
    if (map !== undefined) {
      const entries = fc.array(fc.tuple(this.#single(map.key, depth), this.#single(map.value, depth)), { maxLength: 3 })
      return entries.map((each) => new Map(each))
    }
    const isMessage = field.type === 'TYPE_MESSAGE'
    if (field.label === 'LABEL_REPEATED') {
      if (isMessage && depth >= depthMax) return fc.constant([])
      return fc.array(this.#single(field, depth), { maxLength: 3 })
    }
    if (!isMessage) return this.#single(field, depth)
    return depth >= depthMax
      ? fc.constant(undefined)
      : fc.option(this.#single(field, depth), { nil: undefined, freq: 1 })
  }

  #single(field: FieldDescriptor, depth: number): fc.Arbitrary<unknown> {
    const isNumber = field.options?.jstype === 'JS_NUMBER'
    switch (field.type) {
      case 'TYPE_MESSAGE':
        return this.message(field.typeName!, depth + 1)
      case 'TYPE_ENUM':
        // Numbers this definition does not list must survive too: a newer peer sends them.
        return fc.oneof(
          fc.constantFrom(...this.#types.enumeration(field.typeName!).descriptor.value.map((each) => each.number ?? 0)),
          fc.integer(),
        )
      case 'TYPE_BOOL':
        return fc.boolean()
      case 'TYPE_BYTES':
        return fc.uint8Array({ maxLength: 40 })
      case 'TYPE_STRING':
        return fc.string({ unit: 'grapheme', maxLength: 40 })
      case 'TYPE_DOUBLE':
        return fc.double()
      case 'TYPE_FLOAT':
        return fc.float()
      case 'TYPE_INT32':
      case 'TYPE_SINT32':
        return fc.integer()
      case 'TYPE_UINT32':
      case 'TYPE_FIXED32':
        return fc.nat({ max: 0xffffffff })
      case 'TYPE_INT64':
        return isNumber ? fc.maxSafeInteger() : fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n })
      case 'TYPE_UINT64':
      case 'TYPE_FIXED64':
        return isNumber ? fc.maxSafeNat() : fc.bigInt({ min: 0n, max: 2n ** 64n - 1n })
      default:
        throw new Error(`no arbitrary for ${field.type}`)
    }
  }
}
