/** What the HTTP paths answer with. Absent (`undefined`) members are left out, as Go's `omitempty` does. */
export type Json =
  | null
  | boolean
  | number
  | bigint
  | string
  | readonly Json[]
  | { readonly [key: string]: Json | undefined }

/** JSON text with two-space indent. Cluster ids and timestamps are 64-bit numbers that Go clients read as such, which JSON.stringify cannot write. */
export function jsonText(value: Json, indent = ''): string {
  if (typeof value === 'bigint') return value.toString()
  if (value === null || typeof value !== 'object') return JSON.stringify(value)
  const inner = `${indent}  `
  if (Array.isArray(value)) {
    const items = (value as readonly Json[]).map((item) => inner + jsonText(item, inner))
    return items.length === 0 ? '[]' : `[\n${items.join(',\n')}\n${indent}]`
  }
  const members = Object.entries(value as Record<string, Json | undefined>)
    .filter((member): member is [string, Json] => member[1] !== undefined)
    .map(([key, member]) => `${inner}${JSON.stringify(key)}: ${jsonText(member, inner)}`)
  return members.length === 0 ? '{}' : `{\n${members.join(',\n')}\n${indent}}`
}
