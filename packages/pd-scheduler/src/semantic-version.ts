/** `major.minor.patch[-prerelease]`, as stores report it. Build metadata is dropped: it has no order. */
export interface SemanticVersion {
  readonly major: number
  readonly minor: number
  readonly patch: number
  /** Empty for a release. */
  readonly preRelease: string
}

const pattern = /^v?(\d{1,9})\.(\d{1,9})\.(\d{1,9})(?:-([0-9A-Za-z.-]+))?(?:\+[0-9A-Za-z.-]+)?$/

/** `undefined` when the text is no version. A leading `v` is fine; empty text is 1.0.0, what PD takes it for. */
export function parseVersion(text: string): SemanticVersion | undefined {
  const match = pattern.exec(text === '' ? '1.0.0' : text)
  if (match === null) return undefined
  return { major: Number(match[1]), minor: Number(match[2]), patch: Number(match[3]), preRelease: match[4] ?? '' }
}

export function formatVersion(version: SemanticVersion): string {
  const core = `${version.major}.${version.minor}.${version.patch}`
  return version.preRelease === '' ? core : `${core}-${version.preRelease}`
}

/** Negative, zero or positive, by the precedence rules of semver.org 2.0.0. */
export function compareVersions(left: SemanticVersion, right: SemanticVersion): number {
  return (
    left.major - right.major ||
    left.minor - right.minor ||
    left.patch - right.patch ||
    comparePreReleases(left.preRelease, right.preRelease)
  )
}

/** True when a store of `version` may join a cluster at `cluster`: not older, except within the same minor version. */
export function mayJoin(cluster: SemanticVersion, version: SemanticVersion): boolean {
  if (compareVersions(cluster, version) <= 0) return true
  return cluster.major === version.major && cluster.minor === version.minor
}

function comparePreReleases(left: string, right: string): number {
  if (left === right) return 0
  // A release comes after its own pre-releases.
  if (left === '') return 1
  if (right === '') return -1
  const lefts = left.split('.')
  const rights = right.split('.')
  for (let index = 0; index < Math.min(lefts.length, rights.length); index++) {
    const difference = compareIdentifiers(lefts[index]!, rights[index]!)
    if (difference !== 0) return difference
  }
  return lefts.length - rights.length
}

function compareIdentifiers(left: string, right: string): number {
  const leftNumeric = /^\d+$/.test(left)
  const rightNumeric = /^\d+$/.test(right)
  if (leftNumeric && rightNumeric) return Number(left) - Number(right)
  if (leftNumeric !== rightNumeric) return leftNumeric ? -1 : 1
  return left < right ? -1 : left > right ? 1 : 0
}
