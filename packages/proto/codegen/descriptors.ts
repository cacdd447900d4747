/** The parts of a FileDescriptorSet, in buf's JSON spelling, that the generator reads. */
export interface DescriptorSet {
  readonly file: readonly FileDescriptor[]
}

export interface FileDescriptor {
  readonly name: string
  readonly package: string
  readonly dependency?: readonly string[]
  readonly messageType?: readonly MessageDescriptor[]
  readonly enumType?: readonly EnumDescriptor[]
  readonly service?: readonly ServiceDescriptor[]
}

export interface MessageDescriptor {
  readonly name: string
  readonly field?: readonly FieldDescriptor[]
  readonly nestedType?: readonly MessageDescriptor[]
  readonly enumType?: readonly EnumDescriptor[]
  readonly oneofDecl?: readonly { readonly name: string }[]
  readonly options?: { readonly mapEntry?: boolean }
}

export interface FieldDescriptor {
  readonly name: string
  readonly number: number
  readonly label: 'LABEL_OPTIONAL' | 'LABEL_REPEATED' | 'LABEL_REQUIRED'
  readonly type: string
  /** `.package.Message`, for messages and enums. */
  readonly typeName?: string
  readonly oneofIndex?: number
  readonly proto3Optional?: boolean
  readonly options?: { readonly jstype?: 'JS_NUMBER' | 'JS_STRING' | 'JS_NORMAL' }
}

export interface EnumDescriptor {
  readonly name: string
  readonly value: readonly { readonly name: string; readonly number?: number }[]
}

export interface ServiceDescriptor {
  readonly name: string
  readonly method: readonly MethodDescriptor[]
}

export interface MethodDescriptor {
  readonly name: string
  readonly inputType: string
  readonly outputType: string
  readonly clientStreaming?: boolean
  readonly serverStreaming?: boolean
}
