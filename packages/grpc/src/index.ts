/**
 * The gRPC runtime, once: serves the `MethodBinding`s of `@stratakv/core` on a port that HTTP/1.1 shares.
 * It knows no message type and no service but the health check that every gRPC server has; the others come in as bindings.
 *
 * @packageDocumentation
 * @example
 * const methods = [unary(method, (request) => answer), ...healthService()]
 * const server = await startRpcServer({ clock, methods, onUnexpectedError: console.error }, { host, port: 0, receiveBytesMax, concurrentStreamsMax })
 * await server.close(500)
 */
export { AddressInUseError, ListenError } from './errors.ts'
export { healthService } from './health-service.ts'
export { type RpcServer, type RpcServerDeps, type RpcServerOptions, startRpcServer } from './rpc-server.ts'
export type { ReportUnexpected } from './server-calls.ts'
export {
  SecurityFilesError,
  ServerSecurity,
  type ServerSecurityDeps,
  type ServerSecurityOptions,
} from './server-security.ts'
export type { UnreadRepliesOptions } from './unread-replies.ts'
