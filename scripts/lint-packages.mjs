// Packs every published package as `npm publish` would and looks at the archive: publint, are-the-types-wrong, what must be in it
// and what must not. Then installs all archives into an empty folder and imports every entry point. Wants a build.
import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { publint } from 'publint'
import { formatMessage } from 'publint/utils'

const run = promisify(execFile)
const root = fileURLToPath(new URL('..', import.meta.url))
const attw = join(root, 'node_modules', '.bin', 'attw')

/** Folders of the packages that a registry would get. */
async function publishedFolders() {
  const names = await readdir(join(root, 'packages'))
  const folders = [...names.map((name) => join(root, 'packages', name)), join(root, 'wasm')]
  const manifests = await Promise.all(folders.map((folder) => readManifest(folder)))
  return folders.filter((_, index) => manifests[index] !== undefined && manifests[index].private !== true)
}

async function readManifest(folder) {
  try {
    return JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'))
  } catch (error) {
    if (error.code === 'ENOENT') return undefined // A package whose turn has not come is a README.
    throw error
  }
}

/** @returns the archive, and in words what is wrong with it; nothing when nothing is */
async function lint(folder, into) {
  const manifest = await readManifest(folder)
  const { stdout } = await run('npm', ['pack', '--json', '--pack-destination', into], { cwd: folder })
  const [{ filename, files }] = JSON.parse(stdout)
  const archive = join(into, filename)
  const faults = []

  const paths = files.map(({ path }) => path)
  for (const wanted of ['LICENSE', 'README.md', 'package.json']) {
    if (!paths.includes(wanted)) faults.push(`${wanted} is missing`)
  }
  for (const folderName of ['dist/', 'src/']) {
    if (!paths.some((path) => path.startsWith(folderName))) faults.push(`${folderName} is missing`)
  }
  for (const path of paths) {
    if (/(^|\/)(test|bench|node_modules)\/|\.test\.|\.bench\./.test(path)) faults.push(`${path} is not for users`)
  }

  const tarball = await readFile(archive)
  const { messages } = await publint({
    level: 'warning',
    strict: true,
    pack: { tarball: tarball.buffer.slice(tarball.byteOffset, tarball.byteOffset + tarball.byteLength) },
  })
  faults.push(...messages.map((message) => `publint: ${formatMessage(message, manifest) ?? message.code}`))

  // A package that is a command alone has no entry point whose types could be wrong.
  if (entriesOf(manifest).length > 0) {
    const checked = await run(attw, [
      archive,
      '--profile',
      'esm-only',
      '--format',
      'ascii',
      '--no-color',
      '--no-emoji',
    ]).catch((error) => error)
    if (checked instanceof Error) faults.push(`attw:\n${checked.stdout}${checked.stderr}`)
  }
  return { archive, faults }
}

/** `@stratakv/core` and `./compliance` are imported as `@stratakv/core/compliance`; a package without entries is a command. */
function entriesOf({ name, exports }) {
  return Object.keys(exports)
    .filter((entry) => entry !== './package.json')
    .map((entry) => name + entry.slice(1))
}

/** What an installed user would meet: dependencies that a manifest forgot, files that were not packed. */
async function installFaults(archives, entries, into) {
  const project = join(into, 'project')
  await mkdir(project)
  await writeFile(join(project, 'package.json'), JSON.stringify({ private: true, type: 'module' }))
  const program = `for (const entry of ${JSON.stringify(entries)}) await import(entry)`
  try {
    await run('npm', ['install', '--prefer-offline', '--no-audit', '--no-fund', ...archives], { cwd: project })
    await run(process.execPath, ['--input-type=module', '--eval', program], { cwd: project })
    await run(join(project, 'node_modules', '.bin', 'stratakv'), ['--version'], { cwd: project })
    return []
  } catch (error) {
    return [error.stderr || error.message]
  }
}

function report(name, faults) {
  console.log(`${faults.length === 0 ? 'ok   ' : 'wrong'} ${name}`)
  for (const fault of faults) console.log(`      ${fault}`)
  if (faults.length > 0) process.exitCode = 1
}

const into = await mkdtemp(join(tmpdir(), 'stratakv-pack-'))
try {
  const archives = []
  const entries = []
  for (const folder of await publishedFolders()) {
    const manifest = await readManifest(folder)
    const { archive, faults } = await lint(folder, into)
    report(manifest.name, faults)
    archives.push(archive)
    entries.push(...entriesOf(manifest))
  }
  report(`${entries.length} entry points, installed`, await installFaults(archives, entries, into))
} finally {
  await rm(into, { recursive: true })
}
