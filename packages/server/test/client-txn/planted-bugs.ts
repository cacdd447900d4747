import { chain, type MaybePromise, type MethodDefinition, type Rpc, type RpcCallOptions } from '@stratakv/core'
import { tikvMethods } from '@stratakv/proto'
import * as kvrpcpb from '@stratakv/proto/kvrpcpb'

/** What a client with a bug would send in place of what ours sends, or make of the answer. */
interface Mutation {
  request?(path: string, request: unknown): unknown
  response?(path: string, request: unknown, response: unknown): unknown
}

function mutated(rpc: Rpc, { request = same, response = sameResponse }: Mutation): Rpc {
  return {
    get supports() {
      return rpc.supports
    },
    unary<Req, Res>(address: string, method: MethodDefinition<Req, Res>, given: Req, options?: RpcCallOptions) {
      const sent = request(method.path, given) as Req
      const answer: MaybePromise<Res> = rpc.unary(address, method, sent, options)
      return chain(answer, (message) => response(method.path, sent, message) as Res)
    },
    stream: (address, method, options) => rpc.stream(address, method, options),
    close: () => rpc.close(),
  }
}

const same = (_: string, request: unknown) => request
const sameResponse = (_: string, __: unknown, response: unknown) => response

const reads: ReadonlySet<string> = new Set([
  tikvMethods.kvGet.path,
  tikvMethods.kvBatchGet.path,
  tikvMethods.kvScan.path,
])

/** Bugs that would be easy to write, planted between the client and the store. Each must be found. */
export const plantedBugs: Readonly<Record<string, (rpc: Rpc) => Rpc>> = {
  'reads do not look at locks': (rpc) =>
    mutated(rpc, {
      request(path, request) {
        if (!reads.has(path)) return request
        const { context } = request as kvrpcpb.GetRequest
        return { ...(request as object), context: { ...context, isolationLevel: kvrpcpb.IsolationLevel.RC } }
      },
    }),

  'prewrites do not look for conflicts': (rpc) =>
    mutated(rpc, {
      request: (path, request) =>
        path === tikvMethods.kvPrewrite.path ? { ...(request as object), skipConstraintCheck: true } : request,
    }),

  'secondaries are committed at a timestamp of their own': (rpc) =>
    mutated(rpc, {
      request(path, request) {
        if (path !== tikvMethods.kvCommit.path) return request
        const commit = request as kvrpcpb.CommitRequest
        const hasPrimary = commit.keys.some((key) => Buffer.compare(key, commit.primaryKey) === 0)
        return hasPrimary ? commit : { ...commit, commitVersion: commit.commitVersion + (1n << 18n) * 500n }
      },
    }),

  'locks of committed transactions are rolled back': (rpc) =>
    mutated(rpc, {
      request: (path, request) =>
        path === tikvMethods.kvResolveLock.path ? { ...(request as object), commitVersion: 0n } : request,
    }),

  'reads take place a little before their timestamp': (rpc) =>
    mutated(rpc, {
      request(path, request) {
        if (!reads.has(path)) return request
        const { version } = request as kvrpcpb.GetRequest
        return { ...(request as object), version: version - (1n << 18n) * 100n }
      },
    }),

  'a commit that was refused is taken for done': (rpc) =>
    mutated(rpc, {
      response: (path, _, response) =>
        path === tikvMethods.kvCommit.path ? { ...(response as object), error: undefined } : response,
    }),

  'a prewrite that met a conflict is taken for done': (rpc) =>
    mutated(rpc, {
      response(path, _, response) {
        if (path !== tikvMethods.kvPrewrite.path) return response
        const { errors } = response as kvrpcpb.PrewriteResponse
        return errors.some(({ conflict }) => conflict) ? { ...(response as object), errors: [] } : response
      },
    }),
}
