// A plugin of TypeDoc: pages are plain Markdown, as a repository shows them, so a page's name in the navigation is its own heading
// and its section is the folder it lies in.
import { Converter } from 'typedoc'

const sections = { guides: 'Guides', examples: 'Your own parts', implement: 'Your own parts' }

/** @param {import('typedoc').Application} app */
export function load(app) {
  app.converter.on(Converter.EVENT_CREATE_DOCUMENT, (_context, page) => {
    const [first] = page.content
    const heading = /^\s*(?:<!--[^>]*-->\s*)?# ([^\n]+)\n/.exec(first.text)
    if (heading === null) throw new Error(`the page ${page.name} does not begin with its heading`)
    page.name = heading[1]
    // The theme shows the name as the page's heading already.
    first.text = first.text.slice(heading[0].length)
    const path = page.project.files.getReflectionPath(page)
    const section = Object.keys(sections).find((folder) => path.includes(`/${folder}/`))
    page.frontmatter.category = section === undefined ? 'Reference' : sections[section]
  })
}
