import type { Socket } from 'node:net'
import { createServer, type SecureContextOptions, type TLSSocket } from 'node:tls'
import type { ServerSecurity } from './server-security.ts'

/** The longest that a handshake may take. */
const handshakeMs = 10_000

/** Turns connections that come in into encrypted ones. */
export interface SecurePort {
  /** Takes over a connection from which nothing has been read. It is destroyed, or comes out of `ready`. */
  accept(socket: Socket): Promise<void>
}

export interface SecurePortOptions {
  /**
   * A client that would speak either protocol is then given HTTP/1.1: gRPC clients offer nothing but HTTP/2, and those that
   * offer both, such as curl and browsers, come for HTTP.
   */
  readonly servesHttp1: boolean
}

/** @param ready gets each connection that is encrypted and let in */
export function securePort(
  security: ServerSecurity,
  { servesHttp1 }: SecurePortOptions,
  ready: (socket: TLSSocket) => void,
): SecurePort {
  let material: SecureContextOptions | undefined
  const protocolOrder = servesHttp1 ? ['http/1.1', 'h2'] : ['h2']
  // It never listens: connections are handed to it once the files have been looked at.
  const server = createServer({
    handshakeTimeout: handshakeMs,
    requestCert: security.asksForCertificates,
    rejectUnauthorized: security.asksForCertificates,
    ALPNCallback: ({ protocols }) => protocolOrder.find((protocol) => protocols.includes(protocol)),
  })
  const refuse = (socket: Socket, reason: string) => {
    // Node may have destroyed it already, and then no longer knows whose it was.
    const { remoteAddress, remotePort } = socket
    security.refused(remoteAddress === undefined ? 'a client' : `${remoteAddress}:${remotePort}`, reason)
    socket.destroy()
  }
  server.on('secureConnection', (socket) => {
    const objection = security.objection(socket)
    if (objection === undefined) ready(socket)
    else refuse(socket, objection)
  })
  // For a certificate that was shown and is not accepted, the error only says that the connection is gone.
  server.on('tlsClientError', (error, socket) => {
    const { authorizationError } = socket
    // OpenSSL's own words for it, without the place in its sources.
    const { reason } = error as { reason?: string }
    refuse(
      socket,
      authorizationError ? `its certificate is not accepted: ${authorizationError}` : (reason ?? error.message),
    )
  })
  return {
    async accept(socket) {
      const current = await security.material()
      if (socket.destroyed) return
      if (current !== material) {
        material = current
        server.setSecureContext(current)
      }
      server.emit('connection', socket)
    },
  }
}
