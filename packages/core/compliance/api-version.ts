import type { ApiVersion, ApiVersionName, CommandKind } from '../src/api-version.ts'
import { compareBytes } from '../src/byte-order.ts'
import type { ColumnFamily } from '../src/kv-engine.ts'
import type { TestApi } from './test-api.ts'

/** What the implementation says of itself; the suite checks both answers. */
export interface ApiVersionSupports {
  readonly name: ApiVersionName
  readonly hasTtl: boolean
  /** kvrpcpb.APIVersion values taken for each kind of command; 0 to 5 are tried, and all others must be refused. */
  readonly takes: { readonly [kind in CommandKind]: readonly number[] }
  /** What a raw request may write as its column family, and where that leads; some other names are tried and must be refused. */
  readonly rawColumnFamilies: Readonly<Record<string, ColumnFamily>>
}

export interface ApiVersionComplianceOptions {
  create(): ApiVersion
  readonly supports: ApiVersionSupports
  /** Turns any bytes into a key that a client of this version may send with a command of this kind: adds the prefix, if there is one. */
  key(kind: CommandKind, suffix: Uint8Array): Uint8Array
}

const suffixes = [
  Uint8Array.of(),
  Uint8Array.of(0),
  Uint8Array.of(0, 0),
  Uint8Array.of(0x61),
  Uint8Array.of(0x61, 0),
  Uint8Array.of(0x61, 0x62, 0x63, 0x64, 0x65, 0x66, 0x67),
  Uint8Array.of(0x61, 0x62, 0x63, 0x64, 0x65, 0x66, 0x67, 0x68),
  Uint8Array.of(0x61, 0x62, 0x63, 0x64, 0x65, 0x66, 0x67, 0x68, 0),
  Uint8Array.of(0x61, 0x62, 0x63, 0x64, 0x65, 0x66, 0x67, 0x68, 0x69),
  Uint8Array.of(0xff, 0xff),
  Uint8Array.of(0xff, 0xff, 0xff),
]
const values = [Uint8Array.of(), Uint8Array.of(0), Uint8Array.of(2), new Uint8Array(300).fill(0xff)]
const nowUnixSeconds = 1_700_000_000

/** What every {@link ApiVersion} must do: refuse by name, keep the order of keys, give back what was stored, and time out to the second. */
export function apiVersionCompliance(t: TestApi, options: ApiVersionComplianceOptions): void {
  const { describe, it, expect } = t
  const { supports } = options
  const kinds: readonly CommandKind[] = ['raw', 'txn']

  /** The code of the error that `action` throws, or `none`. */
  function codeOf(action: () => unknown): unknown {
    try {
      action()
      return 'none'
    } catch (error) {
      return (error as { code?: unknown }).code
    }
  }

  describe('API version compliance', () => {
    it('says what it is', () => {
      const version = options.create()
      expect(version.name).toBe(supports.name)
      expect(version.hasTtl).toBe(supports.hasTtl)
    })

    it('takes the request versions it names and refuses all others, for keys and for ranges', () => {
      const version = options.create()
      for (const kind of kinds) {
        const keys = suffixes.map((suffix) => options.key(kind, suffix))
        const ranges = [{ start: options.key(kind, Uint8Array.of(1)), end: options.key(kind, Uint8Array.of(2)) }]
        for (let requestVersion = 0; requestVersion <= 5; requestVersion++) {
          const expected = supports.takes[kind].includes(requestVersion) ? 'none' : 'KV:Storage:ApiVersionNotMatched'
          const label = `${kind} ${requestVersion}`
          expect([label, codeOf(() => version.checkKeys(requestVersion, kind, 'probe', keys))]).toEqual([
            label,
            expected,
          ])
          expect([label, codeOf(() => version.checkRanges(requestVersion, kind, 'probe', ranges))]).toEqual([
            label,
            expected,
          ])
        }
      }
    })

    it('refuses another version with evidence', () => {
      const version = options.create()
      for (let requestVersion = 0; requestVersion <= 5; requestVersion++) {
        if (supports.takes.raw.includes(requestVersion)) continue
        try {
          version.checkKeys(requestVersion, 'raw', 'raw_put', [options.key('raw', Uint8Array.of(1))])
        } catch (error) {
          const refusal = error as { command: string; storageVersion: string; message: string }
          expect(refusal.command).toBe('raw_put')
          expect(refusal.storageVersion).toBe(supports.name)
          expect(refusal.message.startsWith('Api version in request does not match with TiKV storage')).toBe(true)
        }
      }
    })

    it('takes a check of no keys', () => {
      const version = options.create()
      for (const requestVersion of supports.takes.raw) version.checkKeys(requestVersion, 'raw', 'raw_batch_get', [])
      expect(supports.takes.raw.length > 0 || supports.takes.txn.length > 0).toBe(true)
    })

    it('knows the column families it names and no other', () => {
      const version = options.create()
      for (const [name, family] of Object.entries(supports.rawColumnFamilies)) {
        expect([name, version.rawColumnFamily(name)]).toEqual([name, family])
      }
      for (const name of ['', 'default', 'lock', 'write', 'raft', 'Default', 'other', 'constructor']) {
        if (Object.hasOwn(supports.rawColumnFamilies, name)) continue
        const code = codeOf(() => version.rawColumnFamily(name))
        expect([name, code === 'KV:Storage:InvalidCF' || code === 'KV:Storage:CFDeprecated']).toEqual([name, true])
      }
    })

    it('gives back the key that was stored', () => {
      const version = options.create()
      for (const suffix of suffixes) {
        const key = options.key('raw', suffix)
        expect(version.decodeRawKey(version.encodeRawKey(key))).toEqual(key)
      }
    })

    it('keeps the order of keys', () => {
      const version = options.create()
      for (const left of suffixes) {
        for (const right of suffixes) {
          const given = compareBytes(options.key('raw', left), options.key('raw', right))
          const stored = compareBytes(
            version.encodeRawKey(options.key('raw', left)),
            version.encodeRawKey(options.key('raw', right)),
          )
          expect(Math.sign(stored)).toBe(Math.sign(given))
        }
      }
    })

    it('gives back the value that was stored without a time of death', () => {
      const version = options.create()
      for (const value of values) {
        const read = version.decodeRawValue(version.encodeRawValue(value, 0), nowUnixSeconds)
        expect(read).toEqual({ value, expiresAtUnixSeconds: 0 })
      }
    })

    it(supports.hasTtl ? 'lets a value die in the second it names' : 'refuses a time of death', () => {
      const version = options.create()
      for (const value of values) {
        const expiresAtUnixSeconds = nowUnixSeconds
        if (!supports.hasTtl) {
          expect(codeOf(() => version.encodeRawValue(value, expiresAtUnixSeconds))).toBe('KV:Storage:TtlNotEnabled')
          continue
        }
        const stored = version.encodeRawValue(value, expiresAtUnixSeconds)
        expect(version.decodeRawValue(stored, nowUnixSeconds - 1)).toEqual({ value, expiresAtUnixSeconds })
        expect(version.decodeRawValue(stored, nowUnixSeconds)).toBe(undefined)
        expect(version.decodeRawValue(stored, nowUnixSeconds + 1)).toBe(undefined)
      }
    })

    it('leaves its arguments as they were', () => {
      const version = options.create()
      for (const value of values) {
        const key = options.key('raw', value)
        const keyBefore = key.slice()
        const valueBefore = value.slice()
        version.decodeRawKey(version.encodeRawKey(key))
        version.decodeRawValue(version.encodeRawValue(value, 0), nowUnixSeconds)
        expect(key).toEqual(keyBefore)
        expect(value).toEqual(valueBefore)
      }
    })
  })
}
