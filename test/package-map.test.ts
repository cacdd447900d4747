import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { tableRows } from './markdown-table.ts'

const root = join(import.meta.dirname, '..')

/** The package map is a page: which package may import which (core is implied). A change there is a change of design. */
const page = readFileSync(join(root, 'docs', 'architecture.md'), 'utf8')
const mapRows = tableRows(page, '## The map')
const isPlanned = (row: readonly string[]) => row.length === 3
const mayImport: Record<string, readonly string[]> = Object.fromEntries(
  mapRows.filter((row) => !isPlanned(row)).map(([, name, , list]) => [name, list!.split(', ').filter(Boolean)]),
)
/** On the map, with nothing but a README until their turn comes. */
const planned = mapRows.filter(isPlanned).map(([, name]) => name!)
const layerOf = new Map(mapRows.map(([layer, name]) => [name!, Number(layer)]))

/** Edges, and packages whose stored format is protobuf. */
const mayImportProto = [
  'client/src',
  'grpc/src',
  'pd-scheduler/src/edge',
  'raftstore/src/state-records.ts',
  'raftstore/src/wire',
  'server/src/edge',
  'proto',
]

interface Manifest {
  name: string
  private?: boolean
  license: string
  engines: { node: string }
  dependencies?: Record<string, string>
  /** Imported dynamically alone, by what goes on without them. */
  optionalDependencies?: Record<string, string>
}

/** Within a layer an arrow is allowed one way. */
function isWithin(lower: string, upper: string): boolean {
  return layerOf.get(lower) === layerOf.get(upper) && !mayImport[lower]?.includes(upper)
}

const folderOf = (name: string) => (name === 'wasm' ? join(root, 'wasm') : join(root, 'packages', name))
const manifestOf = (name: string): Manifest => JSON.parse(readFileSync(join(folderOf(name), 'package.json'), 'utf8'))
const npmName = (name: string) => (name === 'stratakv' ? name : `@stratakv/${name}`)

function sourcesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return sourcesBelow(path)
    return /\.ts$/.test(entry.name) ? [path] : []
  })
}

/** `@stratakv/core` of `@stratakv/core/compliance`. */
function packageOf(specifier: string): string {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/')
}

/** Each a package of its own, written as a stranger would. */
const examples = readdirSync(join(root, 'examples'), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name)

describe('package map', () => {
  it('has a folder for every package, and a package for every folder', () => {
    const folders = [...readdirSync(join(root, 'packages')), 'wasm'].sort()
    expect(folders).toEqual([...Object.keys(mayImport), ...planned].sort())
  })

  it('points its arrows downward', () => {
    for (const [name, allowed] of Object.entries(mayImport)) {
      for (const lower of allowed) {
        expect(layerOf.has(lower), `${name} may import ${lower}, which is not on the map`).toBe(true)
        const isDownward = layerOf.get(lower)! < layerOf.get(name)! || isWithin(lower, name)
        expect(isDownward, `${name} -> ${lower}`).toBe(true)
      }
    }
  })

  it('pretends nothing: a package whose turn has not come is a README', () => {
    for (const name of planned) {
      expect(readdirSync(folderOf(name)), name).toEqual(['README.md'])
      expect(readFileSync(join(folderOf(name), 'README.md'), 'utf8'), name).toMatch(/not (written|here) yet/i)
    }
  })

  for (const [name, allowed] of Object.entries(mayImport)) {
    it(`${name} depends only on what lies below it`, () => {
      const manifest = manifestOf(name)
      expect(manifest.name).toBe(npmName(name))
      expect(manifest.license).toBe('Apache-2.0')
      expect(manifest.engines.node).toBe('>=20.19')
      expect(existsSync(join(folderOf(name), 'README.md')), 'README.md').toBe(true)
      expect(readFileSync(join(folderOf(name), 'LICENSE'), 'utf8')).toBe(readFileSync(join(root, 'LICENSE'), 'utf8'))
      const all = { ...manifest.dependencies, ...manifest.optionalDependencies }
      const own = Object.keys(all).filter((dependency) => dependency.startsWith('@stratakv/'))
      for (const dependency of own) expect(['@stratakv/core', ...allowed.map(npmName)]).toContain(dependency)
    })

    it(`${name} imports only what its manifest names, and only dynamically what may be missing`, () => {
      const declared = Object.keys(manifestOf(name).dependencies ?? {})
      const optional = Object.keys(manifestOf(name).optionalDependencies ?? {})
      for (const path of sourcesBelow(join(folderOf(name), 'src'))) {
        const source = readFileSync(path, 'utf8')
        for (const [, specifier] of source.matchAll(/^(?:import|export)[^'"]*from '([^'.][^']*)'/gm)) {
          if (specifier!.startsWith('node:')) continue
          expect(declared, `${path} imports ${specifier}`).toContain(packageOf(specifier!))
        }
        for (const [, specifier] of source.matchAll(/\bimport\('([^'.][^']*)'\)/g)) {
          if (specifier!.startsWith('node:')) continue
          const either = [...declared, ...optional]
          expect(either, `${path} imports ${specifier}`).toContain(packageOf(specifier!))
        }
      }
    })
  }

  for (const name of examples) {
    it(`the example ${name} is private and stands on published entry points alone`, () => {
      const folder = join(root, 'examples', name)
      const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
      expect(manifest.name).toBe(`@stratakv-examples/${name}`)
      expect(manifest.private).toBe(true)
      expect(existsSync(join(folder, 'README.md')), 'README.md').toBe(true)
      const declared = [...Object.keys({ ...manifest.dependencies, ...manifest.devDependencies }), 'vitest']
      // An example of a test is nothing but a test.
      const parts = ['src', 'test'].map((part) => join(folder, part)).filter((part) => existsSync(part))
      for (const path of parts.flatMap(sourcesBelow)) {
        for (const [, specifier] of readFileSync(path, 'utf8').matchAll(/^(?:import|export)[^'"]*from '([^']+)'/gm)) {
          if (specifier!.startsWith('node:')) continue
          if (specifier!.startsWith('.')) {
            const target = join(path, '..', specifier!)
            expect(target.startsWith(`${folder}/`), `${path} imports ${specifier}`).toBe(true)
          } else {
            expect(declared, `${path} imports ${specifier}`).toContain(packageOf(specifier!))
            expect(specifier, path).not.toMatch(/^@stratakv\/.*\/(src|dist)\b/)
          }
        }
      }
    })
  }

  it('lets only edges and stored formats see protobuf', () => {
    for (const name of Object.keys(mayImport)) {
      for (const path of sourcesBelow(join(folderOf(name), 'src'))) {
        if (!/from '@stratakv\/proto/.test(readFileSync(path, 'utf8'))) continue
        const place = path.slice(join(root, 'packages').length + 1)
        expect(
          mayImportProto.some((allowed) => place.startsWith(allowed)),
          `${place} imports protobuf messages`,
        ).toBe(true)
      }
    }
  })
})
