// Packs every published package as `npm publish` would, and looks at the archive: publint, are-the-types-wrong, and what must be
// in it or must not. Wants a build.
import { execFile } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
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

/** What is wrong with one package, in words; empty when nothing is. */
async function faultsOf(folder, into) {
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
  if (Object.keys(manifest.exports).some((entry) => entry !== './package.json')) {
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
  return faults
}

const into = await mkdtemp(join(tmpdir(), 'stratakv-pack-'))
let faultCount = 0
try {
  for (const folder of await publishedFolders()) {
    const { name } = await readManifest(folder)
    const faults = await faultsOf(folder, into)
    console.log(faults.length === 0 ? `ok    ${name}` : `wrong ${name}`)
    for (const fault of faults) console.log(`      ${fault}`)
    faultCount += faults.length
  }
} finally {
  await rm(into, { recursive: true })
}
process.exitCode = faultCount === 0 ? 0 : 1
