import type { Random } from '@stratakv/core'
import type { Contender } from './rounds.ts'

/** Inputs that take turns: enough that no result can be hoisted, few enough to stay in cache, as a hot record would. */
export const inputCount = 16

/** Compares contenders on inputs of so many bytes. Ours is the first. */
export type Compare = (name: string, inputBytes: number, contenders: readonly Contender[]) => void

export function contender<Input>(
  impl: string,
  inputs: readonly Input[],
  operation: (input: Input) => number,
): Contender {
  // A loop compiled from its own text: closures of one function share what the compiler has learnt about its calls,
  // and the first contender's call would be inlined while the others' would not.
  const loop = new Function(
    'operation',
    'inputs',
    'count',
    `let sum = 0; for (let i = 0; i < count; i++) sum ^= operation(inputs[i & ${inputCount - 1}]); return sum`,
  ) as (operation: (input: Input) => number, inputs: readonly Input[], count: number) => number
  return { impl, run: (count) => loop(operation, inputs, count) }
}

export function randomInputs(length: number, random: Random): Uint8Array[] {
  return Array.from({ length: inputCount }, () => Uint8Array.from({ length }, () => random.uint32() & 0xff))
}
