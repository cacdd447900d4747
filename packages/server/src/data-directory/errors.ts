import { type ClusterId, StrataError } from '@stratakv/core'

/** Another node has this directory open. */
export class DataDirectoryInUseError extends StrataError {
  readonly code = 'SERVER_DATA_DIRECTORY_IN_USE'
  readonly directory: string
  readonly holder: string | undefined
  constructor(directory: string, holder: string | undefined, options?: ErrorOptions) {
    super(
      `data directory ${directory} is in use by ${holder ?? 'another process'}: stop that node, or give this one its own storage.data-dir`,
      options,
    )
    this.directory = directory
    this.holder = holder
  }
}

/** The directory was written by a newer version. Nothing in it was changed. */
export class DataDirectoryTooNewError extends StrataError {
  readonly code = 'SERVER_DATA_DIRECTORY_TOO_NEW'
  readonly directory: string
  readonly found: number
  readonly supported: number
  /** The version that had it open last, if the marker says so in a way this version understands. */
  readonly lastOpenedBy: string | undefined
  constructor(directory: string, found: number, supported: number, lastOpenedBy: string | undefined) {
    const writer = lastOpenedBy === undefined ? 'the version that wrote it' : `version ${lastOpenedBy}, which wrote it,`
    super(
      `data directory ${directory} has format ${found}, this version reads up to ${supported}: run ${writer} or a newer one. ` +
        'An upgrade has no way back: to return to this version, restore into a new data directory what was backed up before it',
    )
    this.directory = directory
    this.found = found
    this.supported = supported
    this.lastOpenedBy = lastOpenedBy
  }
}

/** The directory holds something, but not a StrataKV node. */
export class ForeignDataDirectoryError extends StrataError {
  readonly code = 'SERVER_FOREIGN_DATA_DIRECTORY'
  readonly directory: string
  constructor(directory: string, detail: string, options?: ErrorOptions) {
    super(
      `${directory} is not a StrataKV data directory: ${detail}. Give storage.data-dir an empty or new folder`,
      options,
    )
    this.directory = directory
  }
}

/** The marker of a directory that may well be ours cannot be read. What else is in there was not looked at. */
export class DamagedMarkerError extends StrataError {
  readonly code = 'SERVER_DAMAGED_MARKER'
  /** The marker file. */
  readonly path: string
  readonly reason: string
  /** @param line what would make the directory one of this version again */
  constructor(path: string, reason: string, line: string) {
    super(
      `${path} is corrupted: it is not the one line that says what the folder is (${reason}). Restore the file from a backup, or ` +
        `let \`stratakv doctor --repair\` make it from what is in the folder; if the folder is known to be a node's of this ` +
        `version, this line will do too: ${line}`,
    )
    this.path = path
    this.reason = reason
  }
}

/** The directory was made for another engine than the configuration asks for. */
export class EngineMismatchError extends StrataError {
  readonly code = 'SERVER_ENGINE_MISMATCH'
  constructor(directory: string, found: string, wanted: string) {
    super(`data directory ${directory} was made with storage.engine = "${found}", the configuration says "${wanted}"`)
  }
}

/** A part of a directory that has held a cluster is gone. Going on would begin an empty one in its place. */
export class DataDirectoryIncompleteError extends StrataError {
  readonly code = 'SERVER_DATA_DIRECTORY_INCOMPLETE'
  readonly directory: string
  /** The folder that should be there. */
  readonly missing: string
  readonly clusterId: ClusterId
  constructor(directory: string, missing: string, clusterId: ClusterId) {
    super(
      `data directory ${directory} has held cluster ${clusterId}, but ${missing} is gone: put it back, or, if the data may be ` +
        'given up, begin in an empty directory. Nothing was changed',
    )
    this.directory = directory
    this.missing = missing
    this.clusterId = clusterId
  }
}

/** What is in the directory belongs to another cluster than the directory says. */
export class DataDirectoryClusterError extends StrataError {
  readonly code = 'SERVER_DATA_DIRECTORY_CLUSTER'
  readonly directory: string
  /** Of the marker. */
  readonly expected: ClusterId
  /** Of `pd/`. */
  readonly found: ClusterId
  constructor(directory: string, expected: ClusterId, found: ClusterId) {
    super(
      `data directory ${directory} is that of cluster ${expected}, but its pd/ belongs to cluster ${found}: put back the folders ` +
        'that belong together; if they were exchanged on purpose, `stratakv doctor --repair` writes it down',
    )
    this.directory = directory
    this.expected = expected
    this.found = found
  }
}
