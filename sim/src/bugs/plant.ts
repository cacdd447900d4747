import { readFileSync } from 'node:fs'
import { register } from 'node:module'
import { fileURLToPath } from 'node:url'
import type { PlantedBug } from './planted-bugs.ts'

/** From now on modules are loaded with the bug in them; those that are loaded already are as they are. Built code only. */
export function plantBug(bug: PlantedBug): void {
  register(import.meta.url, { data: bug })
}

// What follows runs as a hook of Node's module loader, on a thread of its own.

let planted: PlantedBug | undefined

export function initialize(bug: PlantedBug): void {
  planted = bug
}

interface Loaded {
  readonly format: string
  readonly source: string
  readonly shortCircuit: boolean
}

export async function load(
  url: string,
  context: object,
  next: (url: string, context: object) => Promise<Loaded>,
): Promise<Loaded> {
  if (planted === undefined || !url.endsWith(planted.file)) return next(url, context)
  return { format: 'module', source: withBug(readFileSync(fileURLToPath(url), 'utf8'), planted), shortCircuit: true }
}

/** @throws Error when the place is not there, or not once */
export function withBug(source: string, bug: PlantedBug): string {
  const parts = source.split(bug.find)
  if (parts.length !== 2) throw new Error(`${bug.name}: its place is in ${bug.file} ${parts.length - 1} times`)
  return parts.join(bug.replacement)
}
