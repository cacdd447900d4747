/** A named, disjoint part of the key space of API V2. */
export interface Keyspace {
  /** Below 2^24. */
  readonly id: number
  readonly name: string
  readonly state: 'enabled' | 'disabled' | 'archived' | 'tombstone'
  /** Unix seconds. */
  readonly createdAt: number
  readonly stateChangedAt: number
}

/** The id that stands for "no keyspace" in requests about safe points: API V1 and TiDB without keyspaces. */
export const nullKeyspaceId = 0xffff_ffff

/** Which keyspaces exist: the default one, which every API V2 client loads when it starts, and no other. */
export class Keyspaces {
  readonly #default: Keyspace

  /** @param createdAt Unix seconds */
  constructor(createdAt: number) {
    this.#default = { id: 0, name: 'DEFAULT', state: 'enabled', createdAt, stateChangedAt: createdAt }
  }

  all(): readonly Keyspace[] {
    return [this.#default]
  }

  byName(name: string): Keyspace | undefined {
    return this.all().find((keyspace) => keyspace.name === name)
  }

  byId(id: number): Keyspace | undefined {
    return this.all().find((keyspace) => keyspace.id === id)
  }
}
