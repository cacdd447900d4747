// The packages as a registry would get them: found, packed, and what their manifests say.
import { execFile } from 'node:child_process'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

export const run = promisify(execFile)
export const root = fileURLToPath(new URL('../..', import.meta.url))

/**
 * @typedef {object} Archive
 * @property {string} name as npm knows it
 * @property {object} manifest
 * @property {string} path of the .tgz
 * @property {readonly string[]} files in it
 * @property {readonly string[]} entries what a program may import: `@stratakv/core/compliance`; none for a command
 * @property {string} readme
 */

/** The packages that are published, or those of them that are named. Wants a build. @returns {Promise<Archive[]>} */
export async function packPublished(into, wanted) {
  const folders = (await readdir(join(root, 'packages'))).map((name) => join(root, 'packages', name))
  const isWanted = ({ name, private: isPrivate = false }) => !isPrivate && (wanted?.includes(name) ?? true)
  return pack([...folders, join(root, 'wasm')], into, isWanted)
}

/** What lies in examples/, as its author would publish it. @returns {Promise<Archive[]>} */
export async function packExamples(into) {
  const names = await readdir(join(root, 'examples'))
  return pack(
    names.map((name) => join(root, 'examples', name)),
    into,
    () => true,
  )
}

/** The guides, and the page that the repository opens with. @returns {Promise<{ name: string, readme: string }[]>} */
export async function readGuides() {
  const guides = (await readdir(join(root, 'docs', 'guides'))).map((name) => `docs/guides/${name}`)
  return Promise.all(
    ['README.md', ...guides].map(async (name) => ({ name, readme: await readFile(join(root, name), 'utf8') })),
  )
}

async function pack(folders, into, isWanted) {
  const archives = []
  for (const folder of folders) {
    const manifest = await readManifest(folder)
    if (manifest === undefined || !isWanted(manifest)) continue
    const { stdout } = await run('npm', ['pack', '--json', '--pack-destination', into], { cwd: folder })
    const [{ filename, files }] = JSON.parse(stdout)
    archives.push({
      name: manifest.name,
      manifest,
      path: join(into, filename),
      files: files.map(({ path }) => path),
      entries: entriesOf(manifest),
      readme: await readFile(join(folder, 'README.md'), 'utf8'),
    })
  }
  return archives
}

async function readManifest(folder) {
  try {
    return JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'))
  } catch (error) {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return undefined // A package whose turn has not come is a README.
    throw error
  }
}

function entriesOf({ name, exports = {} }) {
  return Object.keys(exports)
    .filter((entry) => entry !== './package.json')
    .map((entry) => name + entry.slice(1))
}

/** The archives that `archive` needs, itself included. */
export function closureOf(archive, archives) {
  const found = new Map()
  const visit = (each) => {
    if (found.has(each.name)) return
    found.set(each.name, each)
    for (const dependency of Object.keys(each.manifest.dependencies ?? {})) {
      const known = archives.find(({ name }) => name === dependency)
      if (known !== undefined) visit(known)
    }
  }
  visit(archive)
  return [...found.values()]
}
