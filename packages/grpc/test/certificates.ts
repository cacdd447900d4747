import { webcrypto } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import 'reflect-metadata'
import * as x509 from '@peculiar/x509'

x509.cryptoProvider.set(webcrypto as never)

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' }
const dayMs = 24 * 3600 * 1000

/** A certificate and its key; PEM. */
export interface Issued {
  readonly cert: string
  readonly key: string
}

/** An authority, made for one test: nothing that expires, or must be kept secret, is part of the project. */
export interface Authority {
  readonly cert: string
  issue(options: {
    readonly name: string
    readonly validFromDays?: number
    readonly validToDays?: number
  }): Promise<Issued>
}

export async function createAuthority(name: string): Promise<Authority> {
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])
  let serial = 1
  const root = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: '01',
    name: `CN=${name}`,
    notBefore: daysFromNow(-1),
    notAfter: daysFromNow(1),
    signingAlgorithm: algorithm,
    keys: keys as never,
    extensions: [new x509.BasicConstraintsExtension(true, 1, true)],
  })
  return {
    cert: root.toString('pem'),
    async issue({ name: commonName, validFromDays = -1, validToDays = 1 }) {
      const own = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])
      serial++
      const certificate = await x509.X509CertificateGenerator.create({
        serialNumber: serial.toString(16).padStart(2, '0'),
        subject: `CN=${commonName}`,
        issuer: root.subject,
        notBefore: daysFromNow(validFromDays),
        notAfter: daysFromNow(validToDays),
        signingAlgorithm: algorithm,
        publicKey: own.publicKey as never,
        signingKey: keys.privateKey as never,
        extensions: [
          new x509.SubjectAlternativeNameExtension([
            { type: 'ip', value: '127.0.0.1' },
            { type: 'dns', value: 'localhost' },
            { type: 'dns', value: commonName },
          ]),
        ],
      })
      const pkcs8 = await webcrypto.subtle.exportKey('pkcs8', own.privateKey)
      return { cert: certificate.toString('pem'), key: x509.PemConverter.encode(pkcs8, 'PRIVATE KEY') }
    },
  }
}

function daysFromNow(days: number): Date {
  return new Date(Date.now() + days * dayMs)
}

/** A folder of PEM files. */
export interface CertificateFolder {
  path(name: string): string
  write(name: string, pem: string): Promise<string>
  remove(): Promise<void>
}

export async function certificateFolder(): Promise<CertificateFolder> {
  const folder = await mkdtemp(join(tmpdir(), 'stratakv-tls-'))
  return {
    path: (name) => join(folder, name),
    async write(name, pem) {
      const path = join(folder, name)
      await writeFile(path, pem)
      return path
    },
    remove: () => rm(folder, { recursive: true }),
  }
}
