import { describeKeys } from '@stratakv/server'
import { describe, expect, it } from 'vitest'

/** `npx vitest run test/configuration-page.test.ts -u` writes the page anew. */
function page(): string {
  const tables = new Map<string, string[]>()
  for (const { key, default: value, doc } of describeKeys()) {
    const table = key.slice(0, Math.max(0, key.lastIndexOf('.')))
    const rows = tables.get(table) ?? []
    rows.push(`| \`${key}\` | \`${value}\` | ${doc.replaceAll('|', '\\|')} |`)
    tables.set(table, rows)
  }
  const sections = [...tables].map(
    ([table, rows]) =>
      `## ${table || 'Top of the file'}\n\n| Key | Default | Meaning |\n|---|---|---|\n${rows.join('\n')}\n`,
  )
  return `${intro}\n${sections.join('\n')}`
}

const intro = `<!-- Generated from the configuration keys by test/configuration-page.test.ts. Do not edit. -->

# Configuration

TiKV's TOML file and names, where TiKV has the key; keys that are ours alone say so. \`stratakv config\` prints a file to begin with, and
\`stratakv server --config FILE\` reads one. Flags such as \`--data-dir\` are shorter names of keys and win over the file.

Sizes are written \`"8MiB"\`, durations \`"10s"\`. A wrong value ends the start with a line that names the key, what it got and what it
takes. An unknown key is warned of, with the nearest known one. The values in force are at \`/config\` of the status port.

Faults on purpose have no key, so that no file can switch them on: \`stratakv playground --faults\` does, and a program
([Test with faults](guides/testing.md)).
`

describe('docs/configuration.md', () => {
  it('is what the keys say of themselves', async () => {
    await expect(page()).toMatchFileSnapshot('../docs/configuration.md')
  })
})
