import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

const root = join(import.meta.dirname, '..')

/**
 * The package map: which package may depend on which (core is implied). Arrows point downward only; docs/architecture.md
 * says what each package is. A change here is a change of design.
 */
const mayImport: Record<string, readonly string[]> = {
  core: [],
  proto: [],
  wasm: [],
  memory: [],
  'file-io': [],
  testkit: ['memory'],
  'api-v2': ['wasm'],
  mvcc: ['wasm'],
  'level-engine': ['wasm'],
  'pd-scheduler': ['proto'],
  raftstore: ['raft', 'proto', 'wasm'],
  storage: ['mvcc', 'api-v2'],
  grpc: ['proto'],
  server: [
    ...['proto', 'wasm', 'memory', 'file-io', 'api-v2', 'mvcc', 'level-engine', 'pd-scheduler', 'raftstore', 'storage'],
    'grpc',
  ],
  stratakv: ['server'],
}

/** On the map, with nothing but a README until their turn comes. */
const planned = [
  'client',
  'file-io-native',
  'flow-control',
  'lsm-engine',
  'pessimistic-lock',
  'profiler',
  'raft',
  'raft-engine',
  'rocksdb-engine',
]

/** Edges, and packages whose stored format is protobuf. */
const mayImportProto = [
  'grpc/src',
  'pd-scheduler/src/edge',
  'raftstore/src/state-records.ts',
  'server/src/edge',
  'proto',
]

interface Manifest {
  name: string
  private?: boolean
  license: string
  engines: { node: string }
  dependencies?: Record<string, string>
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

describe('package map', () => {
  it('has a folder for every package, and a package for every folder', () => {
    const folders = [...readdirSync(join(root, 'packages')), 'wasm'].sort()
    expect(folders).toEqual([...Object.keys(mayImport), ...planned].sort())
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
      const own = Object.keys(manifest.dependencies ?? {}).filter((dependency) => dependency.startsWith('@stratakv/'))
      for (const dependency of own) expect(['@stratakv/core', ...allowed.map(npmName)]).toContain(dependency)
    })

    it(`${name} imports only what its manifest names`, () => {
      const declared = Object.keys(manifestOf(name).dependencies ?? {})
      for (const path of sourcesBelow(join(folderOf(name), 'src'))) {
        const source = readFileSync(path, 'utf8')
        for (const [, specifier] of source.matchAll(/^(?:import|export)[^'"]*from '([^'.][^']*)'/gm)) {
          if (specifier!.startsWith('node:')) continue
          const packageName = specifier!
            .split('/')
            .slice(0, specifier!.startsWith('@') ? 2 : 1)
            .join('/')
          expect(declared, `${path} imports ${specifier}`).toContain(packageName)
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
