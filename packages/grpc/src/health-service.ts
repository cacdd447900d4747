import { type MethodBinding, RpcStatusError, rpcStatus, streaming, unary } from '@stratakv/core'
import { healthMethods } from '@stratakv/proto'
import { HealthCheckResponse_ServingStatus as Status } from '@stratakv/proto/health'

/**
 * grpc.health.v1.Health for the server as a whole, the service named `""`: client-go and client-java probe every address
 * with it, and client-java never follows a leader that does not answer. It says SERVING for as long as it answers at all;
 * that the server is gone shows when the connection breaks.
 */
export function healthService(): MethodBinding[] {
  return [
    unary(healthMethods.check, ({ service }) => {
      if (service !== '') throw new RpcStatusError(rpcStatus.notFound, `unknown service ${service}`)
      return { status: Status.SERVING }
    }),
    streaming(healthMethods.watch, (stream) => {
      stream.onMessage(({ service }) => {
        stream.write({ status: service === '' ? Status.SERVING : Status.SERVICE_UNKNOWN })
      })
    }),
  ]
}
