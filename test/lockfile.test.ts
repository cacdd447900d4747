import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

interface LockedPackage {
  readonly resolved?: string
  readonly optionalDependencies?: Readonly<Record<string, string>>
}

const root = join(import.meta.dirname, '..')
const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
  readonly packages: Readonly<Record<string, LockedPackage>>
}

describe('package-lock.json', () => {
  // `npm install` leaves out what it cannot fetch at the moment, and `npm ci` then refuses the file on every machine.
  it('locks the binary of every platform, not only of the one it was written on', () => {
    const names = new Set(
      Object.keys(lock.packages).map((place) => place.slice(place.lastIndexOf('node_modules/') + 13)),
    )
    for (const [place, { optionalDependencies = {} }] of Object.entries(lock.packages)) {
      for (const name of Object.keys(optionalDependencies)) expect(names, `${name}, wanted by ${place}`).toContain(name)
    }
  })

  it('names no registry', () => {
    const places = Object.values(lock.packages).map(({ resolved = '' }) => resolved)
    expect(places.filter((place) => /^https?:/.test(place))).toEqual([])
  })
})
