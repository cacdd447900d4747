import type { MessageCodec, MethodDefinition, MethodKind } from '@stratakv/core'

export function defineMethod<Req, Res>(
  path: string,
  kind: MethodKind,
  request: MessageCodec<Req>,
  response: MessageCodec<Res>,
): MethodDefinition<Req, Res> {
  return { path, kind, request, response }
}
