import { assert, below, type SeededRandom, StrataError, seededRandom, toHex } from '@stratakv/core'
import { mutate } from './mutate.ts'

/** A decoder that faces a wire or a file, and what it may do with bytes that nobody wrote on purpose. */
export interface FuzzTarget<T = unknown> {
  /** `package/what`. */
  readonly name: string
  /** Inputs to begin from: what real writers make, of each kind the decoder knows. At least one. */
  seeds(random: SeededRandom): readonly Uint8Array[]
  /** @throws one of `refusals`, or it is a finding */
  decode(input: Uint8Array): T
  /** How the decoder may say no. */
  readonly refusals: readonly (abstract new (
    ...args: never[]
  ) => Error)[]
  /** What must hold for an accepted input, such as that writing it gives it back. Whatever it throws is a finding. */
  check?(decoded: T, input: Uint8Array): void
  /** Longer inputs are not tried. Default 2 KiB. */
  readonly inputBytesMax?: number
}

/** An input that a decoder should have refused properly, or should have handled. The failure is the `cause`. */
export class FuzzFindingError extends StrataError {
  readonly code = 'TESTKIT_FUZZ_FINDING'
  readonly target: string
  readonly input: Uint8Array
  constructor(target: string, input: Uint8Array, cause: unknown) {
    const detail = cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause)
    super(`${target}, input of ${input.length} bytes (hex ${hexOf(input)}): ${detail}`, { cause })
    this.target = target
    this.input = input
  }
}

export interface FuzzReport {
  readonly runCount: number
  readonly acceptedCount: number
  /** Different ways in which inputs were refused or accepted, 65,536 at most. */
  readonly outcomeCount: number
}

export interface FuzzOptions {
  readonly seed: number
  readonly runCount: number
  /** Told before each input is tried; for a watchdog that must know which input hangs. */
  readonly onInput?: (input: Uint8Array) => void
}

/** Inputs that met a new outcome are kept to be changed further, up to so many; later ones take the place of random others. */
const corpusCountMax = 4096
const inputBytesDefault = 2048
/** Outcomes that are told apart; an accepted value with names from the input has as many shapes as there are inputs. */
const outcomeCountMax = 65_536
const outcomeCharsMax = 400
/** Checks cost ten times what decoding does: of accepted inputs, those with a new outcome and every 16th are checked. */
const checkEvery = 16

/**
 * Feeds a decoder seeds, damaged seeds, and damaged inputs of those that led somewhere new.
 *
 * @throws FuzzFindingError at the first finding
 */
export function fuzz<T>(target: FuzzTarget<T>, options: FuzzOptions): FuzzReport {
  const random = seededRandom(options.seed).fork(target.name)
  const corpus = [...target.seeds(random.fork('seeds'))]
  assert(corpus.length > 0, `${target.name} has no seeds`)
  const seedCount = corpus.length
  const bytesMax = target.inputBytesMax ?? inputBytesDefault
  const outcomes = new Set<string>()
  let acceptedCount = 0
  for (let run = 0; run < options.runCount; run++) {
    const input =
      run < seedCount ? corpus[run]!.slice() : mutate(random, pick(random, corpus), pick(random, corpus), bytesMax)
    options.onInput?.(input)
    const { outcome, check } = decodeOnce(target, input)
    const isNew = !outcomes.has(outcome)
    if (check !== undefined) {
      acceptedCount++
      if (isNew || acceptedCount % checkEvery === 0) check()
    }
    if (!isNew || outcomes.size === outcomeCountMax) continue
    outcomes.add(outcome)
    if (corpus.length < corpusCountMax) corpus.push(input.slice())
    else corpus[below(random, corpusCountMax)] = input.slice()
  }
  return { runCount: options.runCount, acceptedCount, outcomeCount: outcomes.size }
}

/**
 * Tries one input, with its check.
 *
 * @throws FuzzFindingError
 */
export function tryInput<T>(target: FuzzTarget<T>, input: Uint8Array): void {
  decodeOnce(target, input).check?.()
}

/** What came of an input, in few words, and the check that is due if it was accepted. */
function decodeOnce<T>(
  target: FuzzTarget<T>,
  input: Uint8Array,
): { readonly outcome: string; readonly check: (() => void) | undefined } {
  let decoded: T
  try {
    decoded = target.decode(input)
  } catch (error) {
    if (!target.refusals.some((refusal) => error instanceof refusal))
      throw new FuzzFindingError(target.name, input, error)
    return { outcome: outcomeOf(error as Error), check: undefined }
  }
  const check = () => {
    try {
      target.check?.(decoded, input)
    } catch (error) {
      throw new FuzzFindingError(target.name, input, error)
    }
  }
  return { outcome: `ok ${shapeOf(decoded, 2)}`.slice(0, outcomeCharsMax), check }
}

/** The text of a refusal without its numbers and quotations: two faults of one kind at two places are one outcome. */
function outcomeOf(error: Error): string {
  return `${error.name} ${error.message
    .replace(/".*"/gs, '""')
    .replace(/\b[0-9a-f]{2,}\b|\d+/gi, '#')
    .slice(0, 200)}`
}

/** Roughly what an accepted input was, so that inputs which reach further count as new. */
function shapeOf(value: unknown, depth: number): string {
  if (Array.isArray(value)) return `[${value.length === 0 ? '' : depth === 0 ? '*' : shapeOf(value[0], depth - 1)}]`
  if (value instanceof Uint8Array) return value.length === 0 ? '-' : 'b'
  if (typeof value !== 'object' || value === null)
    return value === 0 || value === 0n || value === '' ? '-' : typeof value
  if (depth === 0) return '{}'
  let shape = ''
  for (const name in value) {
    const member = shapeOf((value as Record<string, unknown>)[name], depth - 1)
    if (member !== '-' && member !== 'undefined' && member !== '[]') shape += `${name}:${member},`
  }
  return `{${shape}}`
}

function pick<T>(random: SeededRandom, list: readonly T[]): T {
  return list[below(random, list.length)]!
}

function hexOf(bytes: Uint8Array): string {
  return toHex(bytes.subarray(0, 256)) + (bytes.length > 256 ? '...' : '')
}
