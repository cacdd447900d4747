import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

const root = join(import.meta.dirname, '..')
const sources = execFileSync('git', ['ls-files', '-co', '--exclude-standard', '*.ts'], { cwd: root, encoding: 'utf8' })
  .split('\n')
  .filter((path) => /^(packages\/[^/]+|wasm)\/(src|compliance)\//.test(path) && !path.includes('/gen/'))

/** Comments may name what code may not do. */
function codeOf(path: string): string {
  return readFileSync(join(root, path), 'utf8')
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/(^|\s)\/\/.*$/gm, '')
}

interface Rule {
  readonly says: string
  readonly banned: RegExp
  /** Where it is allowed, and why the rule itself names the place. */
  readonly except: readonly string[]
}

const rules: readonly Rule[] = [
  {
    says: 'time comes from Clock',
    banned: /\bDate\.now\b|\bnew Date\(\)|\bperformance\.now\b|\bset(Timeout|Interval)\b/,
    except: ['packages/core/src/system-clock.ts'],
  },
  {
    says: 'chance comes from Random',
    banned: /\bMath\.random\b|\bgetRandomValues\b|\brandomBytes\b/,
    except: ['packages/core/src/system-random.ts'],
  },
  {
    says: 'errors are told apart by class or code',
    banned: /\bmessage\.includes\(/,
    // LevelDB passes on no errno, and RocksDB one for most of them: a full disk, or quota, is there in words only.
    except: ['packages/level-engine/src/level-errors.ts', 'packages/rocksdb-engine/src/rocksdb-errors.ts'],
  },
  { says: 'exports are named one by one', banned: /^export \* from/m, except: [] },
  {
    says: 'these packages also run in browsers',
    banned: /from 'node:/,
    except: ['file-io', 'file-io-native', 'grpc', 'level-engine', 'rocksdb-engine', 'server', 'stratakv'].map(
      (name) => `packages/${name}/`,
    ),
  },
]

describe('source rules', () => {
  it('finds the sources', () => {
    expect(sources.length).toBeGreaterThan(50)
  })

  for (const rule of rules) {
    it(rule.says, () => {
      const broken = sources.filter(
        (path) => !rule.except.some((allowed) => path.startsWith(allowed)) && rule.banned.test(codeOf(path)),
      )
      expect(broken).toEqual([])
    })
  }

  it('names no file for what it is like', () => {
    expect(sources.filter((path) => /\/(utils?|helpers?|common|misc)\b/.test(path))).toEqual([])
  })
})
