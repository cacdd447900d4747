import { createHash } from 'node:crypto'
import type { FileSystem } from '@stratakv/core'
import { BackupDamagedError } from './errors.ts'

/** Longer than the list of a backup of 10 TiB; what is longer is none. */
const sealedBytesMax = 64 * 1024 * 1024
const sealPattern = /,"sha256":"([0-9a-f]{64})"\}\n$/

/** A JSON object whose last field is the SHA-256 of all bytes before the comma in front of it. */
export function encodeSealed(fields: object): string {
  const covered = JSON.stringify(fields).slice(0, -1)
  return `${covered},"sha256":"${sha256(new TextEncoder().encode(covered))}"}\n`
}

/** The fields, the seal among them. Any changed byte is found. @throws BackupDamagedError */
export function decodeSealed(path: string, bytes: Uint8Array): Record<string, unknown> {
  const text = new TextDecoder().decode(bytes)
  const seal = sealPattern.exec(text)
  if (seal === null) throw new BackupDamagedError(path, 0, 'its checksum is missing')
  if (sha256(bytes.subarray(0, bytes.length - seal[0].length)) !== seal[1]) {
    throw new BackupDamagedError(path, 0, 'it does not match its checksum')
  }
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new BackupDamagedError(path, 0, 'it is not JSON', { cause })
  }
}

/** `undefined`: there is no such file. @throws BackupDamagedError */
export async function readSealed(fs: FileSystem, path: string): Promise<Record<string, unknown> | undefined> {
  if ((await fs.stat(path)) === undefined) return undefined
  const file = await fs.open(path, 'read')
  try {
    const sizeBytes = await file.sizeBytes()
    if (sizeBytes > sealedBytesMax) throw new BackupDamagedError(path, 0, `it is ${sizeBytes} bytes long`)
    const bytes = new Uint8Array(sizeBytes)
    return decodeSealed(path, bytes.subarray(0, await file.readAt(bytes, 0)))
  } finally {
    await file.close()
  }
}

/** Durable on return. A crash leaves the old file or the new one, whole. */
export async function writeSealed(fs: FileSystem, directory: string, name: string, fields: object): Promise<void> {
  const temporary = `${directory}/${name}.new`
  const file = await fs.open(temporary, 'create')
  try {
    await file.truncate(0)
    await file.append([new TextEncoder().encode(encodeSealed(fields))])
    await file.sync('all')
  } finally {
    await file.close()
  }
  await fs.rename(temporary, `${directory}/${name}`)
  await fs.syncDirectory(directory)
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}
