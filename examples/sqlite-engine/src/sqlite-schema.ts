import type { Statement } from 'node-sqlite3-wasm'

/** `until` of a row that no later write has replaced: larger than any version, exact as a JavaScript number. */
export const currentUntil = Number.MAX_SAFE_INTEGER

/**
 * A row is one value of one key for the versions `since <= version < until`; a version is one write. A snapshot is thus a
 * number, and what it sees stays until the last reader of its version is gone.
 */
export const schema: readonly string[] = [
  `create table if not exists entry (
    cf integer not null, key blob not null, since integer not null, until integer not null, value blob not null,
    primary key (cf, key, since)
  ) without rowid`,
  `create index if not exists past on entry (until) where until < ${currentUntil}`,
  'create table if not exists mark (id integer primary key, version integer not null)',
  // Nobody who could read the past has outlived the process.
  `delete from entry where until < ${currentUntil}`,
]

/** Pairs of column family and key compare as one, which bounds a scan by the primary key alone. */
export const sqlOf = {
  get: 'select value from entry where cf = ? and key = ? and since <= ? and until > ?',
  put: `insert or replace into entry (cf, key, since, until, value) values (?, ?, ?, ${currentUntil}, ?)`,
  end: `update entry set until = ? where cf = ? and key = ? and until = ${currentUntil}`,
  endRange: `update entry set until = ? where (cf, key) >= (?, ?) and (cf, key) < (?, ?) and until = ${currentUntil}`,
  prune: `delete from entry where until <= ? and until < ${currentUntil}`,
  mark: 'insert or replace into mark (id, version) values (1, ?)',
  size: `select coalesce(sum(length(key) + length(value)), 0) as bytes from entry
    where (cf, key) >= (?, ?) and (cf, key) < (?, ?) and until = ${currentUntil}`,
  forward: `select key, case when ? then x'' else value end as value from entry
    where (cf, key) >= (?, ?) and (cf, key) < (?, ?) and since <= ? and until > ? order by cf, key limit ?`,
  backward: `select key, case when ? then x'' else value end as value from entry
    where (cf, key) >= (?, ?) and (cf, key) < (?, ?) and since <= ? and until > ? order by cf desc, key desc limit ?`,
} as const

export type Statements = { readonly [name in keyof typeof sqlOf]: Statement }
