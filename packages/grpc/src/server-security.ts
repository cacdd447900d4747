import { readFile, stat } from 'node:fs/promises'
import type { PeerCertificate, SecureContextOptions, TLSSocket } from 'node:tls'
import { createSecureContext } from 'node:tls'
import { StrataError } from '@stratakv/core'

export interface ServerSecurityOptions {
  /** Our certificate, with those between it and the authority, and its key; PEM. */
  readonly certPath: string
  readonly keyPath: string
  /** Certificates of the authorities that sign clients'. Given: every client must show one. Absent: nobody is asked. */
  readonly caPath?: string
  /** Only clients whose certificate bears one of these common names are let in. Empty: all that an authority signed for. */
  readonly allowedCommonNames: readonly string[]
}

export interface ServerSecurityDeps {
  /** New files are of no use, so the old ones stay in force. Told once for each state of the files. */
  readonly onUnusableFiles: (error: SecurityFilesError) => void
  /** A client was turned away: no or a wrong certificate, no common protocol. */
  readonly onRefused: (peer: string, reason: string) => void
}

/** Certificate, key or authorities cannot be read, or do not belong together. */
export class SecurityFilesError extends StrataError {
  readonly code = 'GRPC_SECURITY_FILES'
  readonly paths: readonly string[]
  constructor(paths: readonly string[], cause: unknown) {
    super(`${paths.join(', ')}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause })
    this.paths = paths
  }
}

/** What the server shows and asks for in a handshake, from files that may be replaced at any time; may be shared by several ports. */
export class ServerSecurity {
  readonly asksForCertificates: boolean
  readonly #options: ServerSecurityOptions
  readonly #deps: ServerSecurityDeps
  readonly #paths: readonly string[]
  #material: SecureContextOptions = {}
  /** Of the files as last looked at, whether they were of use or not. */
  #stamp = ''
  #looking: Promise<void> | undefined

  private constructor(deps: ServerSecurityDeps, options: ServerSecurityOptions) {
    this.#deps = deps
    this.#options = options
    this.#paths = [options.certPath, options.keyPath, ...(options.caPath === undefined ? [] : [options.caPath])]
    this.asksForCertificates = options.caPath !== undefined
  }

  /** @throws SecurityFilesError */
  static async open(deps: ServerSecurityDeps, options: ServerSecurityOptions): Promise<ServerSecurity> {
    const security = new ServerSecurity(deps, options)
    try {
      security.#stamp = await security.#stampOfFiles()
      security.#material = await security.#read()
    } catch (cause) {
      throw new SecurityFilesError(security.#paths, cause)
    }
    return security
  }

  /**
   * For a connection that comes in now. The same object as before unless the files have changed, which is looked up each time as in
   * TiKV: connections are rare, and nobody has to tell the server. Connections that stand keep what they began with.
   */
  async material(): Promise<SecureContextOptions> {
    this.#looking ??= this.#look().finally(() => {
      this.#looking = undefined
    })
    await this.#looking
    return this.#material
  }

  /** Of a connection whose handshake is done. The reason why it may not stay, if there is one. */
  objection(socket: TLSSocket): string | undefined {
    const { allowedCommonNames } = this.#options
    if (allowedCommonNames.length === 0) return undefined
    const certificate: Partial<PeerCertificate> = socket.getPeerCertificate()
    // A certificate may bear several; then Node gives a list.
    const names = [certificate.subject?.CN ?? []].flat()
    if (names.some((name) => allowedCommonNames.includes(name))) return undefined
    return `the common name ${JSON.stringify(names.join(', '))} is not among those allowed`
  }

  refused(peer: string, reason: string): void {
    this.#deps.onRefused(peer, reason)
  }

  async #look(): Promise<void> {
    let stamp = 'unreadable'
    try {
      stamp = await this.#stampOfFiles()
      if (stamp === this.#stamp) return
      this.#material = await this.#read()
    } catch (cause) {
      if (stamp !== this.#stamp) this.#deps.onUnusableFiles(new SecurityFilesError(this.#paths, cause))
    }
    this.#stamp = stamp
  }

  async #stampOfFiles(): Promise<string> {
    const states = await Promise.all(this.#paths.map((path) => stat(path, { bigint: true })))
    return states.map(({ ino, size, mtimeNs }) => `${ino}:${size}:${mtimeNs}`).join(' ')
  }

  async #read(): Promise<SecureContextOptions> {
    const { certPath, keyPath, caPath } = this.#options
    const [cert, key, ca] = await Promise.all([certPath, keyPath, caPath].map((path) => path && readFile(path)))
    const material: SecureContextOptions = { cert: cert!, key: key!, ...(ca ? { ca } : {}) }
    // Fails when they are no PEM, or the key is not the certificate's.
    createSecureContext(material)
    return material
  }
}
