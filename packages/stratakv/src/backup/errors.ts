import { StrataError, type Timestamp, toHex } from '@stratakv/core'

/** A file of a backup is not what was written. */
export class BackupDamagedError extends StrataError {
  readonly code = 'BACKUP_DAMAGED'
  readonly path: string
  /** Bytes from the start of the file; 0 when the file as a whole is wrong. */
  readonly offset: number
  readonly reason: string
  constructor(path: string, offset: number, reason: string, options?: ErrorOptions) {
    super(`${path} is damaged${offset > 0 ? ` at byte ${offset}` : ''}: ${reason}`, options)
    this.path = path
    this.offset = offset
    this.reason = reason
  }
}

/** The backup was written in a format of a newer version. */
export class BackupTooNewError extends StrataError {
  readonly code = 'BACKUP_TOO_NEW'
  readonly path: string
  readonly found: number
  readonly supported: number
  constructor(path: string, found: number, supported: number) {
    super(`${path} has format ${found}, this version reads up to ${supported}: use a newer version`)
    this.path = path
    this.found = found
    this.supported = supported
  }
}

/** The folder holds a complete backup, or something else. Nothing was changed. */
export class BackupFolderError extends StrataError {
  readonly code = 'BACKUP_FOLDER'
  readonly directory: string
  constructor(directory: string, detail: string) {
    super(`${directory} cannot take a backup: ${detail}. Give an empty or new folder`)
    this.directory = directory
  }
}

/** There is no complete backup in the folder. */
export class BackupMissingError extends StrataError {
  readonly code = 'BACKUP_MISSING'
  readonly directory: string
  constructor(directory: string, isBegun: boolean) {
    super(
      isBegun
        ? `${directory} holds a backup that was cut off: run the same \`stratakv backup\` again to finish it`
        : `${directory} holds no backup`,
    )
    this.directory = directory
  }
}

/** A backup that was cut off cannot go on with other settings than it began with. */
export class BackupResumeError extends StrataError {
  readonly code = 'BACKUP_RESUME'
  readonly directory: string
  constructor(directory: string, what: string, begun: string, asked: string) {
    super(
      `${directory} holds a backup that was cut off, of ${what} ${begun}, and ${asked} is asked for: ask for the same, or give an empty folder`,
    )
    this.directory = directory
  }
}

/** Garbage collection has passed the timestamp, so old versions that belong to the backup may be gone. */
export class SnapshotLostError extends StrataError {
  readonly code = 'BACKUP_SNAPSHOT_LOST'
  readonly ts: Timestamp
  readonly safePoint: Timestamp
  constructor(ts: Timestamp, safePoint: Timestamp) {
    super(
      `the cluster as it was at ${ts} is gone: garbage collection may remove what is older than ${safePoint}. Take a new backup in an empty folder`,
    )
    this.ts = ts
    this.safePoint = safePoint
  }
}

/** The timestamp that is asked for has not been given out yet: what is written until then would belong to the backup. */
export class FutureTimestampError extends StrataError {
  readonly code = 'BACKUP_FUTURE_TIMESTAMP'
  readonly ts: Timestamp
  readonly now: Timestamp
  constructor(ts: Timestamp, now: Timestamp) {
    super(`the cluster cannot be backed up as of ${ts}: it is only ${now} there`)
    this.ts = ts
    this.now = now
  }
}

/** What is read comes out of order: the source does not keep its word. Never a matter of the disk. */
export class ScanOrderError extends StrataError {
  readonly code = 'BACKUP_SCAN_ORDER'
  constructor(previous: Uint8Array, key: Uint8Array) {
    super(`the scan gave key ${toHex(key)} behind ${toHex(previous)}`)
  }
}

/** The range that is to be restored holds data. Nothing was written. */
export class TargetNotEmptyError extends StrataError {
  readonly code = 'RESTORE_TARGET_NOT_EMPTY'
  readonly key: Uint8Array
  constructor(key: Uint8Array) {
    super(
      `the cluster holds data in the range of the backup, such as key ${toHex(key)}: restore into an empty range, or say --overwrite, ` +
        'which writes over keys of the backup and leaves other keys as they are',
    )
    this.key = key
  }
}

/** After the restore the cluster does not hold what the backup does. Somebody wrote meanwhile, or something is broken. */
export class RestoreMismatchError extends StrataError {
  readonly code = 'RESTORE_MISMATCH'
  readonly key: Uint8Array
  readonly what: 'missing' | 'different' | 'extra'
  constructor(key: Uint8Array, what: 'missing' | 'different' | 'extra') {
    const says = { missing: 'is missing', different: 'has another value', extra: 'is not in the backup' }[what]
    super(
      `after the restore key ${toHex(key)} ${says}: did anybody write to the range meanwhile? With --overwrite it is all written anew`,
    )
    this.key = key
    this.what = what
  }
}
