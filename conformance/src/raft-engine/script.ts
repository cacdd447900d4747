import { type Data, dataText, toHex } from './data.ts'

/** What differs from the defaults when a directory is opened. Sizes are bytes. */
export interface OpenOptions {
  readonly formatVersion: 1 | 2
  readonly targetFileSize?: number
  readonly purgeThreshold?: number
  readonly purgeRewriteThreshold?: number
  /** 0 compresses nothing, 1 everything. */
  readonly compressionThreshold?: number
}

export type ScriptChange =
  | {
      readonly type: 'append'
      readonly region: number
      readonly firstIndex: number
      readonly term: number
      readonly entries: readonly Data[]
    }
  | { readonly type: 'put'; readonly region: number; readonly key: Uint8Array; readonly value: Uint8Array }
  | { readonly type: 'delete'; readonly region: number; readonly key: Uint8Array }
  | { readonly type: 'compact'; readonly region: number; readonly index: number }
  | { readonly type: 'clean'; readonly region: number }

export type Step =
  /** Closes what is open. */
  | { readonly type: 'open'; readonly options: OpenOptions }
  /** One batch. */
  | { readonly type: 'write'; readonly changes: readonly ScriptChange[]; readonly sync: boolean }
  | { readonly type: 'purge' }
  /** Copies a whole queue into the rewrite queue. Only the newer crate can be told to. */
  | { readonly type: 'rewrite-append' | 'rewrite-rewrite' }
  /** Leaves the directory as it is, nothing closed. The last step. */
  | { readonly type: 'crash' }

export type Script = readonly Step[]

/** In the grammar of `raft-engine-rs/src/script.rs`. `formatVersion` is left out for a program that knows one only. */
export function scriptText(script: Script, withFormatVersion: boolean): string {
  return script.flatMap((step) => stepLines(step, withFormatVersion)).join('\n')
}

function stepLines(step: Step, withFormatVersion: boolean): readonly string[] {
  switch (step.type) {
    case 'open':
      return [`open ${optionWords(step.options, withFormatVersion).join(' ')}`]
    case 'write':
      return [...step.changes.map(changeLine), step.sync ? 'write sync' : 'write']
    default:
      return [step.type]
  }
}

function optionWords(options: OpenOptions, withFormatVersion: boolean): readonly string[] {
  return [
    ['format-version', withFormatVersion ? options.formatVersion : undefined],
    ['target-file-size', options.targetFileSize],
    ['purge-threshold', options.purgeThreshold],
    ['purge-rewrite-threshold', options.purgeRewriteThreshold],
    ['compression-threshold', options.compressionThreshold],
  ].flatMap(([name, value]) => (value === undefined ? [] : [`${name}=${value}`]))
}

function changeLine(change: ScriptChange): string {
  const { type, region } = change
  switch (type) {
    case 'append':
      return [type, region, change.firstIndex, change.term, ...change.entries.map(dataText)].join(' ')
    case 'put':
      return `${type} ${region} ${toHex(change.key)} ${toHex(change.value) || '-'}`
    case 'delete':
      return `${type} ${region} ${toHex(change.key)}`
    case 'compact':
      return `${type} ${region} ${change.index}`
    case 'clean':
      return `${type} ${region}`
  }
}
