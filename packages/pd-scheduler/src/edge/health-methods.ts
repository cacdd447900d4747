import { type MethodBinding, RpcStatusError, rpcStatus, streaming, unary } from '@stratakv/core'
import { healthMethods } from '@stratakv/proto'
import { HealthCheckResponse_ServingStatus as Status } from '@stratakv/proto/health'

/** The gRPC health protocol for the server as a whole; client-java never follows a leader that does not answer it. */
export function healthBindings(): MethodBinding[] {
  return [
    unary(healthMethods.check, ({ service }) => {
      if (service !== '') throw new RpcStatusError(rpcStatus.notFound, `unknown service ${service}`)
      return { status: Status.SERVING }
    }),
    // A server that answers at all is serving; that it no longer is shows when the stream breaks.
    streaming(healthMethods.watch, (stream) => {
      stream.onMessage(({ service }) => {
        stream.write({ status: service === '' ? Status.SERVING : Status.SERVICE_UNKNOWN })
      })
    }),
  ]
}
