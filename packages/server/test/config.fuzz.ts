import { deepStrictEqual } from 'node:assert/strict'
import { assert } from '@stratakv/core'
import type { FuzzTarget } from '@stratakv/testkit'
import { parseAddress } from '../src/config/addresses.ts'
import { type CheckedConfig, checkConfig, defaultConfig, readToml, showConfig } from '../src/config/config.ts'
import { ConfigFileError, ConfigValueError } from '../src/config/errors.ts'
import { configKeys } from '../src/config/keys.ts'
import { formatDuration, formatSize, parseDuration, parseSize } from '../src/config/quantities.ts'
import { parseTarget } from '../src/http-listener.ts'

const bytes = (text: string) => new TextEncoder().encode(text)
const text = (input: Uint8Array) => new TextDecoder().decode(input)

/** A file that sets every key to its default, in tables or dotted. */
function wholeFile(dotted: boolean): string {
  const lines = Object.entries(configKeys).map(([name, key]) => {
    const value = JSON.stringify((key.show as (value: unknown) => unknown)(key.default))
    const at = name.indexOf('.')
    return dotted ? `${name} = ${value}` : `[${name.slice(0, at)}]\n${name.slice(at + 1)} = ${value}`
  })
  return dotted ? lines.join('\n') : lines[0]!
}

export const configFileTarget: FuzzTarget<CheckedConfig> = {
  name: 'server/config-file',
  refusals: [ConfigFileError, ConfigValueError],
  inputBytesMax: 4096,
  seeds: () => [
    bytes(wholeFile(true)),
    bytes(wholeFile(false)),
    bytes('[server]\naddr = "0.0.0.0:1"\n[[x]]\na = [1, 2.5, 1979-05-27T07:32:00Z]\nb = { c = """q""", d = 0x1f }\n'),
    ...Object.keys(configKeys).map((name) => bytes(`${name} = 1\n`)),
    ...['"1h30m"', '"1.5GiB"', '"127.0.0.1:80"', '"[::1]:80"', 'true', '-1', '1e9', "''"].map((value) =>
      bytes(`raftstore.raft-entry-max-size = ${value}\nserver.addr = ${value}\n`),
    ),
  ],
  decode: (input) => checkConfig(readToml('config.toml', text(input))),
  check({ config }) {
    for (const [name, value] of Object.entries(config)) {
      if (typeof value === 'number') assert(Number.isFinite(value), `${name} is ${value}`)
    }
    // What `/config` shows is JSON, and has every key.
    deepStrictEqual(Object.keys(config), Object.keys(defaultConfig()))
    JSON.stringify(showConfig(config))
  },
}

interface Quantities {
  readonly size: number | undefined
  readonly duration: number | undefined
}

export const quantitiesTarget: FuzzTarget<Quantities> = {
  name: 'server/quantities',
  refusals: [],
  seeds: () => ['8MiB', '1.5 GB', '0', '17', '1d2h3m4.5s', '100ms', '9'.repeat(400).concat('s')].map(bytes),
  inputBytesMax: 600,
  decode: (input) => ({ size: parseSize(text(input)), duration: parseDuration(text(input)) }),
  check({ size, duration }) {
    if (size !== undefined) deepStrictEqual(parseSize(formatSize(size)), size)
    if (duration !== undefined) {
      assert(Number.isSafeInteger(duration), `a duration is ${duration} ms`)
      deepStrictEqual(parseDuration(formatDuration(duration)), duration)
    }
  },
}

export const addressTarget: FuzzTarget<unknown> = {
  name: 'server/addresses',
  refusals: [],
  inputBytesMax: 300,
  seeds: () =>
    ['127.0.0.1:20160', '[::1]:2379', 'host.name:65535', '/pd/api/v1/stores?state=0', '//', '/a%2Fb'].map(bytes),
  decode: (input) => ({ address: parseAddress(text(input)), target: parseTarget(text(input))?.pathname }),
}
