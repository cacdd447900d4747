/** `start_ts` -> `startTs`; a leading run of capitals is lowered as one word: `GC` -> `gc`, `RawGet` -> `rawGet`. */
export function memberName(protoName: string): string {
  return lowerFirstWord(protoName.replace(/_+([a-zA-Z0-9])/g, (_, letter: string) => letter.toUpperCase()))
}

/** `KVPessimisticRollback` -> `kvPessimisticRollback`, `AllocID` -> `allocID`. */
export function lowerFirstWord(name: string): string {
  return name.replace(/^[A-Z]+(?=[A-Z][a-z])|^[A-Z]+(?![a-z])|^[A-Z]/, (run) => run.toLowerCase())
}

/** `target_union` -> `TargetUnion`. */
export function typeName(protoName: string): string {
  const member = memberName(protoName)
  return member.charAt(0).toUpperCase() + member.slice(1)
}
