import { MiB } from '@stratakv/core'
import {
  type CheckedConfig,
  ConfigFileError,
  type ConfigKeyName,
  ConfigValueError,
  checkConfig,
  completeConfig,
  configKeys,
  defaultConfig,
  describeKeys,
  readToml,
  showConfig,
} from '@stratakv/server'
import { describe, expect, it } from 'vitest'

const check = (key: string, value: unknown): CheckedConfig => checkConfig(new Map([[key, value]]))

/** One key of each kind: what it takes (value in the file, value inside), and what it refuses. */
const kinds: Record<
  string,
  { key: ConfigKeyName; takes: readonly [given: unknown, inside: unknown][]; refuses: readonly unknown[] }
> = {
  'a path': {
    key: 'storage.data-dir',
    takes: [['/var/lib/x', '/var/lib/x']],
    refuses: ['', 5, true, ['a']],
  },
  'a path that may be empty': {
    key: 'log.file.filename',
    takes: [
      ['', ''],
      ['/var/log/tikv.log', '/var/log/tikv.log'],
    ],
    refuses: [5, true, ['a']],
  },
  'an address': {
    key: 'server.addr',
    takes: [
      ['0.0.0.0:0', '0.0.0.0:0'],
      ['db1.example:65535', 'db1.example:65535'],
      ['[::1]:20160', '[::1]:20160'],
    ],
    refuses: ['', 'localhost', ':1', '1.2.3.4:65536', 'http://a:1', '::1:20160', 'a b:1', 20160],
  },
  'an address that may be empty': {
    key: 'server.status-addr',
    takes: [['', '']],
    refuses: ['nowhere', 0, false],
  },
  'one of several words': {
    key: 'log.level',
    takes: [['debug', 'debug']],
    refuses: ['DEBUG', 'trace', '', 1],
  },
  'one of several numbers': {
    key: 'storage.api-version',
    takes: [[1, 1]],
    refuses: [2, '1', 0],
  },
  'a whole number': {
    key: 'server.grpc-concurrent-stream',
    takes: [
      [1, 1],
      [65_535, 65_535],
    ],
    refuses: [0, 65_536, 1.5, Number.NaN, '1024', true],
  },
  'a switch': {
    key: 'gc.enable',
    takes: [
      [true, true],
      [false, false],
    ],
    refuses: ['true', 1, ''],
  },
  'a fraction': {
    key: 'schedule.low-space-ratio',
    takes: [
      [0, 0],
      [0.8, 0.8],
      [1, 1],
    ],
    refuses: [-0.1, 1.1, Number.NaN, '0.8'],
  },
  'a list of addresses': {
    key: 'pd.endpoints',
    takes: [
      [[], []],
      [
        ['pd1:2379', '[::1]:2379'],
        ['pd1:2379', '[::1]:2379'],
      ],
    ],
    refuses: ['pd1:2379', [1], ['pd1'], ['http://pd1:2379']],
  },
  'a list of names': {
    key: 'security.cert-allowed-cn',
    takes: [
      [[], []],
      [
        ['tidb', 'backup'],
        ['tidb', 'backup'],
      ],
    ],
    refuses: ['tidb', [''], [1], {}, true],
  },
  'a size': {
    key: 'raftstore.raft-entry-max-size',
    takes: [
      ['8MiB', 8 * 1024 ** 2],
      ['8MB', 8 * 1024 ** 2],
      [' 1.5 KiB ', 1536],
      ['2048', 2048],
      [4096, 4096],
    ],
    refuses: ['1B', '65MiB', '-8MiB', '8 miles', '', 'MiB', 1e30, 2000.5, true],
  },
  'a duration': {
    key: 'raftstore.pd-heartbeat-tick-interval',
    takes: [
      ['1s', 1000],
      ['1h30m', 5_400_000],
      ['1m500ms', 60_500],
      ['1.5s', 1500],
      ['2d', 172_800_000],
    ],
    refuses: ['999ms', '', '5', 5000, '-1s', '1 minute', '30m1h'],
  },
}

describe('configuration values', () => {
  for (const [kind, { key, takes, refuses }] of Object.entries(kinds)) {
    for (const [given, inside] of takes) {
      it(`${kind} takes ${JSON.stringify(given)}`, () => {
        expect(check(key, given)).toEqual({ config: { ...defaultConfig(), [key]: inside }, unknownKeys: [] })
      })
    }
    for (const given of refuses) {
      it(`${kind} refuses ${typeof given} ${JSON.stringify(given)}, naming key, value and what it takes`, () => {
        const refusal = (() => {
          try {
            check(key, given)
          } catch (error) {
            return error
          }
          return undefined
        })()
        expect(refusal).toBeInstanceOf(ConfigValueError)
        const { message, key: named, got, takes: wanted } = refusal as ConfigValueError
        expect(named).toBe(key)
        expect(message).toBe(`configuration key ${key} takes ${wanted}, but is ${got}`)
        expect(wanted).not.toBe('')
      })
    }
  }

  it('have a kind above for each way in which a key checks', () => {
    const seen = new Set(Object.values(kinds).map(({ key }) => String(configKeys[key].parse)))
    for (const [name, key] of Object.entries(configKeys)) expect(seen, name).toContain(String(key.parse))
  })

  it('of every key pass its own check in the form in which they are shown', () => {
    for (const [name, key] of Object.entries(configKeys)) {
      const shown = (key.show as (value: unknown) => unknown)(key.default)
      expect(key.parse(name, shown), name).toBe(key.default)
    }
  })

  it('given by a program are checked too', () => {
    expect(completeConfig({ 'storage.reserve-space': 5 })).toEqual({ ...defaultConfig(), 'storage.reserve-space': 5 })
    expect(() => completeConfig({ 'server.addr': 'nonsense' })).toThrow(ConfigValueError)
    expect(() => completeConfig({ 'raftstore.raft-entry-max-size': 1.5 })).toThrow(/raftstore.raft-entry-max-size/)
    expect(() => completeConfig({ 'raftstore.pd-heartbeat-tick-interval': 1000.5 })).toThrow(/milliseconds/)
    expect(() => completeConfig({ 'server.address': '127.0.0.1:0' } as object)).toThrow(/server\.addr is/)
    expect(completeConfig({ 'storage.data-dir': undefined } as never)).toEqual(defaultConfig())
  })
})

describe('unknown keys', () => {
  it('are reported with the nearest known key, and do not stop the start', () => {
    const { config, unknownKeys } = check('storage.reserve-spac', '1GiB')
    expect(config).toEqual(defaultConfig())
    expect(unknownKeys).toEqual([{ key: 'storage.reserve-spac', nearest: 'storage.reserve-space' }])
    expect(check('coprocessor.approximate-bucket-nothing', '96MiB').unknownKeys[0]!.nearest).toBeUndefined()
  })

  it('may have a name that every object has', () => {
    for (const key of ['constructor', 'toString', '__proto__', 'hasOwnProperty']) {
      expect(check(key, 1).unknownKeys.map((unknown) => unknown.key)).toEqual([key])
    }
  })
})

describe('the TOML file', () => {
  it('gives dotted keys, for tables, dotted tables and dotted names alike', () => {
    const source = `
log.level = "warn"
[storage]
reserve-space = "1GiB"
block-cache.capacity = "1MiB"
[storage.unknown-table]
deep = 1
`
    const { config, unknownKeys } = checkConfig(readToml('node.toml', source))
    expect(config['log.level']).toBe('warn')
    expect(config['storage.reserve-space']).toBe(1024 ** 3)
    expect(config['storage.block-cache.capacity']).toBe(MiB(1))
    expect(unknownKeys.map(({ key }) => key)).toEqual(['storage.unknown-table.deep'])
  })

  it('is refused with file, line and column when it is not TOML', () => {
    const refusal = (() => {
      try {
        readToml('/etc/node.toml', '[storage]\nreserve-space = \n')
      } catch (error) {
        return error
      }
      return undefined
    })()
    expect(refusal).toBeInstanceOf(ConfigFileError)
    expect(String(refusal)).toMatch(/\/etc\/node\.toml: line 2, column \d+/)
  })

  it('is refused when a key is given twice', () => {
    expect(() => readToml('node.toml', 'a = 1\na = 2')).toThrow(/line 2/)
  })

  it('is refused when a table stands where a value belongs', () => {
    expect(() => checkConfig(readToml('node.toml', '[server.addr]\nhost = "a"'))).toThrow(/server\.addr takes/)
  })

  it('may be empty', () => {
    expect(checkConfig(readToml('node.toml', ''))).toEqual({ config: defaultConfig(), unknownKeys: [] })
  })
})

describe('shown', () => {
  it('is nested and spelt as in the file, and reads back as it was', () => {
    const { config } = check('storage.reserve-space', '1536KiB')
    const shown = showConfig(config)
    expect(shown).toMatchObject({ storage: { 'api-version': 1, 'reserve-space': '1536KiB' }, log: { level: 'info' } })
    const flat = new Map<string, unknown>()
    const flatten = (table: object, prefix: string) => {
      for (const [name, value] of Object.entries(table)) {
        if (typeof value === 'object') flatten(value as object, `${prefix}${name}.`)
        else flat.set(prefix + name, value)
      }
    }
    flatten(shown, '')
    expect(checkConfig(flat)).toEqual({ config, unknownKeys: [] })
  })

  it('has a line for every key', () => {
    const keys = describeKeys()
    expect(keys.map(({ key }) => key)).toEqual(Object.keys(configKeys))
    for (const { key, doc } of keys) expect(doc, key).toMatch(/^[A-Z].*\.$/s)
  })
})
