import { formatEpoch, type RegionEpoch, type RegionId, type StoreId, StrataError, type Timestamp } from '@stratakv/core'

/** The metadata file cannot be trusted. Nothing was changed on disk; the placement driver does not start. */
export class MetadataCorruptionError extends StrataError {
  readonly code = 'PD_METADATA_CORRUPTION'
  readonly path: string
  /** Where in the file, bytes from its start. */
  readonly offset: number
  readonly reason: string
  constructor(path: string, offset: number, reason: string, options?: ErrorOptions) {
    super(
      `${path} is damaged at byte ${offset}: ${reason}. Starting without it could repeat timestamps and ids that were ` +
        'given out before, so the placement driver refuses to. Restore the file from a copy taken after the last clean ' +
        'stop, or, if the data of every store may be given up too, remove the whole data directory of the cluster.',
      options,
    )
    this.path = path
    this.offset = offset
    this.reason = reason
  }
}

/** An entry of the metadata file is there but makes no sense, or one that must be there is not. */
export class MetadataValueError extends StrataError {
  readonly code = 'PD_METADATA_VALUE'
  readonly path: string
  readonly key: string
  readonly reason: string
  constructor(path: string, key: string, reason: string, options?: ErrorOptions) {
    super(
      `${path} holds an unusable entry "${key}": ${reason}. Guessing could repeat timestamps and ids that were given out ` +
        'before, so the placement driver does not start. Restore the file from a copy taken after the last clean stop.',
      options,
    )
    this.path = path
    this.key = key
    this.reason = reason
  }
}

/** The file was written by a newer StrataKV. */
export class MetadataVersionError extends StrataError {
  readonly code = 'PD_METADATA_VERSION'
  readonly path: string
  readonly found: number
  readonly supported: number
  constructor(path: string, found: number, supported: number) {
    super(
      `${path} has format version ${found}, this build reads up to ${supported}: use the build that wrote it, or newer`,
    )
    this.path = path
    this.found = found
    this.supported = supported
  }
}

/**
 * An earlier write or sync of the metadata file failed. What reached the disk is unknown from then on (a second fsync may
 * report success for pages the first one lost), so nothing more is acknowledged until a restart reads the file back.
 */
export class MetadataPoisonedError extends StrataError {
  readonly code = 'PD_METADATA_POISONED'
  readonly path: string
  constructor(path: string, options: ErrorOptions) {
    super(`a write to ${path} failed; the placement driver must be restarted`, options)
    this.path = path
  }
}

/** Too many calls wait for the same thing. Nothing was done; the caller may try again. */
export class PdBusyError extends StrataError {
  readonly code = 'PD_BUSY'
  /** E.g. `timestamp requests`. */
  readonly what: string
  readonly limit: number
  constructor(what: string, limit: number) {
    super(`too many ${what} are waiting (limit ${limit})`)
    this.what = what
    this.limit = limit
  }
}

/** A count outside what one call may ask for. */
export class InvalidCountError extends StrataError {
  readonly code = 'PD_INVALID_COUNT'
  readonly what: string
  readonly count: number
  readonly countMax: number
  constructor(what: string, count: number, countMax: number) {
    super(`${what} count should be a whole number from 1 to ${countMax}, got ${count}`)
    this.what = what
    this.count = count
    this.countMax = countMax
  }
}

/** The cluster has no first store and region yet. */
export class NotBootstrappedError extends StrataError {
  readonly code = 'PD_NOT_BOOTSTRAPPED'
  constructor() {
    super('cluster is not bootstrapped')
  }
}

/** The first store and region do not fit the rules; nothing was changed. */
export class InvalidBootstrapError extends StrataError {
  readonly code = 'PD_INVALID_BOOTSTRAP'
  readonly violated: string
  constructor(violated: string) {
    super(`cannot bootstrap: ${violated}`)
    this.violated = violated
  }
}

/** What a store says of itself, or what is asked to become of it, is against the rules; nothing was changed. */
export class InvalidStoreError extends StrataError {
  readonly code = 'PD_INVALID_STORE'
  readonly storeId: StoreId
  readonly violated: string
  constructor(storeId: StoreId, violated: string) {
    super(`store ${storeId} is refused: ${violated}`)
    this.storeId = storeId
    this.violated = violated
  }
}

/** Another live store already has this address. */
export class DuplicateStoreAddressError extends StrataError {
  readonly code = 'PD_DUPLICATE_STORE_ADDRESS'
  readonly storeId: StoreId
  readonly holderId: StoreId
  readonly address: string
  constructor(storeId: StoreId, holderId: StoreId, address: string) {
    super(`duplicated store address: store ${storeId} at ${address}, already registered by store ${holderId}`)
    this.storeId = storeId
    this.holderId = holderId
    this.address = address
  }
}

/** The store was removed for good and must not come back under this id. */
export class StoreTombstoneError extends StrataError {
  readonly code = 'PD_STORE_TOMBSTONE'
  readonly storeId: StoreId
  constructor(storeId: StoreId) {
    super(`store ${storeId} is tombstone`)
    this.storeId = storeId
  }
}

/** No store has this id. Clients recognise the text. */
export class StoreNotFoundError extends StrataError {
  readonly code = 'PD_STORE_NOT_FOUND'
  readonly storeId: StoreId
  constructor(storeId: StoreId) {
    super(`invalid store ID ${storeId}, not found`)
    this.storeId = storeId
  }
}

/** A region report that cannot describe a region. */
export class InvalidRegionError extends StrataError {
  readonly code = 'PD_INVALID_REGION'
  readonly regionId: RegionId
  readonly violated: string
  constructor(regionId: RegionId, violated: string) {
    super(`invalid region ${regionId}: ${violated}`)
    this.regionId = regionId
    this.violated = violated
  }
}

/** A region report is older than what is known; nothing was changed. */
export class StaleRegionError extends StrataError {
  readonly code = 'PD_STALE_REGION'
  readonly regionId: RegionId
  readonly reported: RegionEpoch
  readonly knownRegionId: RegionId
  readonly known: RegionEpoch
  constructor(regionId: RegionId, reported: RegionEpoch, knownRegionId: RegionId, known: RegionEpoch, reason: string) {
    super(
      `region ${regionId} at ${formatEpoch(reported)} is stale: ${reason} (region ${knownRegionId} is at ${formatEpoch(known)})`,
    )
    this.regionId = regionId
    this.reported = reported
    this.knownRegionId = knownRegionId
    this.known = known
  }
}

/** A region the call names is unknown. */
export class UnknownRegionError extends StrataError {
  readonly code = 'PD_UNKNOWN_REGION'
  readonly regionId: RegionId
  constructor(regionId: RegionId) {
    super(`region ${regionId} not found`)
    this.regionId = regionId
  }
}

/** A garbage collection bound was asked to move where it must not. */
export class InvalidSafePointError extends StrataError {
  readonly code = 'PD_INVALID_SAFE_POINT'
  readonly asked: Timestamp
  readonly bound: Timestamp
  constructor(asked: Timestamp, bound: Timestamp, violated: string) {
    super(`${violated}: asked for ${asked}, bound is ${bound}`)
    this.asked = asked
    this.bound = bound
  }
}

/** A named resource is at its bound, or a request is over its bound; the request was refused whole. */
export class PdLimitError extends StrataError {
  readonly code = 'PD_LIMIT'
  readonly what: string
  readonly limit: number
  readonly asked: number
  constructor(what: string, limit: number, asked: number) {
    super(`${what}: ${asked} is over the limit of ${limit}`)
    this.what = what
    this.limit = limit
    this.asked = asked
  }
}

/** An etcd request that asks for what this slice of etcd cannot do, or that etcd would refuse too. */
export class InvalidEtcdRequestError extends StrataError {
  readonly code = 'PD_INVALID_ETCD_REQUEST'
  readonly violated: string
  constructor(violated: string) {
    super(`etcdserver: ${violated}`)
    this.violated = violated
  }
}

/** A service safe point or GC barrier that cannot be. */
export class InvalidServiceError extends StrataError {
  readonly code = 'PD_INVALID_SERVICE'
  readonly serviceId: string
  readonly violated: string
  constructor(serviceId: string, violated: string) {
    super(`service "${serviceId}": ${violated}`)
    this.serviceId = serviceId
    this.violated = violated
  }
}
