/**
 * The placement driver's gRPC services and HTTP paths, ready to be bound to any server. No sockets here.
 *
 * @packageDocumentation
 */
export { pdHttp } from './http.ts'
export type { PdHttpAnswer, PdHttpHandler, PdHttpRequest } from './http-routes.ts'
export { type PdServicesDeps, pdServices } from './services.ts'
