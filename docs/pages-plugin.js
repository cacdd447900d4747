// A plugin of TypeDoc: pages are plain Markdown, as a repository shows them, so a page's name in the navigation is its own heading
// and its section is the folder it lies in.
import { relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Application, Converter } from 'typedoc'

const root = fileURLToPath(new URL('..', import.meta.url))
const ownParts = 'Implement your own'
/** By folder; what lies in none of them is for looking up. */
const sections = { 'docs/guides': 'Guides', 'docs/implement': ownParts, examples: ownParts }

/** @param {Application} app */
export function load(app) {
  app.converter.on(Converter.EVENT_CREATE_DOCUMENT, (_context, page) => {
    const heading = /^\s*(?:<!--[^>]*-->\s*)?# ([^\n]+)\n/.exec(page.content[0].text)
    if (heading === null) throw new Error(`the page ${page.name} does not begin with its heading`)
    // "Implement your own Clock" is called Clock in its section, and the first page of the section its overview.
    page.name = heading[1] === ownParts ? 'Overview' : heading[1].replace(`${ownParts} `, '')
    const path = relative(root, page.project.files.getReflectionPath(page))
    const folder = Object.keys(sections).find((name) => path.startsWith(`${name}/`))
    page.frontmatter.category = folder === undefined ? 'Reference' : sections[folder]
  })

  // The entry point `.` of a package with several has no name of its own.
  app.on(Application.EVENT_PROJECT_REVIVE, (project) => {
    for (const packageModule of project.children ?? []) {
      for (const entry of packageModule.children ?? []) if (/^\.?$/.test(entry.name)) entry.name = 'index'
    }
  })
}
