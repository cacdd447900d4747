// Packs every published package as `npm publish` would and looks at it from outside: what is in the archive (publint,
// are-the-types-wrong), whether each package installs alone with what its manifest names, and whether everything installed
// together imports, type-checks and runs its READMEs. Wants a build.
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { publint } from 'publint'
import { formatMessage } from 'publint/utils'
import { closureOf, packExamples, packPublished, readGuides, root, run } from './archives.mjs'
import { Consumer, programsOf } from './consumer.mjs'

const attw = join(root, 'node_modules', '.bin', 'attw')

/** What is wrong with the archive itself, in words; nothing when nothing is. */
async function lint({ manifest, path, files, entries }) {
  const faults = []
  for (const wanted of ['LICENSE', 'README.md', 'package.json']) {
    if (!files.includes(wanted)) faults.push(`${wanted} is missing`)
  }
  for (const folder of ['dist/', 'src/']) {
    if (!files.some((file) => file.startsWith(folder))) faults.push(`${folder} is missing`)
  }
  for (const file of files) {
    if (/(^|\/)(test|bench|node_modules)\/|\.test\.|\.bench\./.test(file)) faults.push(`${file} is not for users`)
  }

  const tarball = await readFile(path)
  const { messages } = await publint({
    level: 'warning',
    strict: true,
    pack: { tarball: tarball.buffer.slice(tarball.byteOffset, tarball.byteOffset + tarball.byteLength) },
  })
  faults.push(...messages.map((message) => `publint: ${formatMessage(message, manifest) ?? message.code}`))

  // A package that is a command alone has no entry point whose types could be wrong.
  if (entries.length > 0) {
    const options = ['--profile', 'esm-only', '--format', 'ascii', '--no-color', '--no-emoji']
    const checked = await run(attw, [path, ...options]).catch((error) => error)
    if (checked instanceof Error) faults.push(`attw:\n${checked.stdout}${checked.stderr}`)
  }
  return faults
}

/** A dependency that the manifest forgot is not there when nobody else brings it. */
async function aloneFaults(archive, archives, into) {
  const consumer = new Consumer(join(into, `alone-${archive.name.replaceAll(/\W/g, '-')}`))
  await consumer.install(closureOf(archive, archives))
  if (archive.entries.length > 0) {
    await consumer.importEntries(archive.entries)
    await consumer.checkTypes(archive.entries, 'NodeNext')
  }
  for (const command of Object.keys(archive.manifest.bin ?? {})) await consumer.runCommand(command, ['--version'])
  return archive.name === '@stratakv/server' ? consumer.runPrograms([withoutNative]) : []
}

/** A node on a disk where the optional Rust backend is not even installed. */
const withoutNative = {
  name: 'a node without @stratakv/file-io-native',
  file: 'without-native',
  source: `
    import { IoBackendUnavailableError, StorageNode } from '@stratakv/server'
    {
      await using node = await StorageNode.open({ dataDir: './data' })
      await node.raw.put('city', 'Ulm')
    }
    const config = { 'storage.io-backend': 'native' } as const
    const refusal = await StorageNode.open({ dataDir: './data', config }).catch((error: unknown) => error)
    const isRight = refusal instanceof IoBackendUnavailableError && refusal.reason.includes('not installed')
    if (!isRight) throw new Error(String(refusal))
  `,
}

function report(name, faults) {
  console.log(`${faults.length === 0 ? 'ok   ' : 'wrong'} ${name}`)
  for (const fault of faults) console.log(`      ${fault.replaceAll('\n', '\n      ')}`)
  if (faults.length > 0) process.exitCode = 1
}

/** Runs one check; what it throws is its fault. */
async function check(name, body) {
  report(name, await body().catch((error) => [error.message]))
}

/** Each of these is a process that waits for another most of the time. */
const atATime = 3

async function checkAll(archives, body) {
  const waiting = [...archives]
  const next = async () => {
    for (let archive = waiting.shift(); archive !== undefined; archive = waiting.shift()) await body(archive)
  }
  await Promise.all(Array.from({ length: atATime }, next))
}

const into = await mkdtemp(join(tmpdir(), 'stratakv-pack-'))
try {
  const archives = await packPublished(into)
  const examples = await packExamples(into)
  const entries = archives.flatMap((archive) => archive.entries)
  await checkAll(archives, (archive) => check(archive.name, () => lint(archive)))
  const consumer = new Consumer(join(into, 'everything'))
  const programs = [...archives, ...examples, ...(await readGuides())].flatMap(programsOf)
  await check('everything, installed', () => consumer.install([...archives, ...examples]).then(() => []))
  await check(`${entries.length} entry points, imported`, () => consumer.importEntries(entries).then(() => []))
  for (const resolution of ['NodeNext', 'bundler']) {
    const name = `${entries.length} entry points, type-checked as ${resolution} resolves`
    await check(name, () => consumer.checkTypes(entries, resolution).then(() => []))
  }
  await check(`${programs.length} examples of READMEs and guides, type-checked and run`, () =>
    consumer.runPrograms(programs),
  )

  await checkAll(archives, (archive) => check(`${archive.name}, alone`, () => aloneFaults(archive, archives, into)))
} finally {
  await rm(into, { recursive: true })
}
