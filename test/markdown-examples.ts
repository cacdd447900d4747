import { mkdirSync, mkdtempSync } from 'node:fs'
import { join } from 'node:path'

/** Each ```ts block of a page is a program of its own; ```ts no-run is only shown. */
export function examplesIn(page: string): string[] {
  return [...page.matchAll(/^```ts\n([\s\S]*?)^```$/gm)].map(([, code]) => code!)
}

/** A fresh folder inside the tree, so that packages are found as an installed user's would be; git ignores it. */
export function makeExampleFolder(root: string): string {
  const examples = join(root, 'test', '.examples')
  mkdirSync(examples, { recursive: true })
  return mkdtempSync(join(examples, 'run-'))
}
