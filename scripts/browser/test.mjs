// `wasm` and `memory` in a real browser: their packed archives, served as they are over loopback and found through an import map, run the
// compliance suites in headless Chromium. No bundler, no Node. Wants a build.
import { copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { packPublished, run } from '../packages/archives.mjs'
import { launchChromium } from './chromium.mjs'
import { serveFolder } from './static-server.mjs'

const wanted = ['@stratakv/core', '@stratakv/memory', '@stratakv/wasm']

const browser = await launchChromium('the suites in a browser are')
const folder = await mkdtemp(join(tmpdir(), 'stratakv-browser-'))
const server = await serveFolder(folder)
try {
  await layOut()
  const page = await browser.newPage()
  const complaints = []
  page.on('pageerror', (error) => complaints.push(error.stack))
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()))
  await page.goto(`${server.origin}/index.html`)
  const isLoaded = await page
    .waitForFunction(() => globalThis.runTests !== undefined, null, { timeout: 30_000 })
    .then(
      () => true,
      () => false,
    )
  const outcomes = isLoaded ? await page.evaluate(() => globalThis.runTests()) : []
  report(outcomes, complaints)
} finally {
  await browser.close()
  await server.close()
  await rm(folder, { recursive: true })
}

/** A folder as a server of static files would have it. */
async function layOut() {
  const archives = await packPublished(folder, wanted)
  const imports = {}
  for (const { name, manifest, path } of archives) {
    const unpacked = join(folder, 'packages', name)
    await mkdir(unpacked, { recursive: true })
    await run('tar', ['-xzf', path, '-C', unpacked, '--strip-components', '1'])
    for (const [entry, target] of Object.entries(manifest.exports)) {
      if (typeof target === 'string') continue
      imports[name + entry.slice(1)] = `/packages/${name}${target.default.slice(1)}`
    }
  }
  await copyFile(fileURLToPath(new URL('test-page.js', import.meta.url)), join(folder, 'test-page.js'))
  const html = `<!doctype html><link rel="icon" href="data:,">
<script type="importmap">${JSON.stringify({ imports })}</script>
<script type="module" src="/test-page.js"></script>\n`
  await writeFile(join(folder, 'index.html'), html)
}

function report(outcomes, complaints) {
  const suites = suitesOf(outcomes)
  for (const [suite, all] of suites) {
    const failed = all.filter(({ error }) => error !== undefined)
    console.log(
      `${failed.length === 0 ? 'ok   ' : 'wrong'} ${suite}: ${all.length - failed.length} of ${all.length} tests`,
    )
    for (const { name, error } of failed) console.log(`      ${name}\n      ${error.replaceAll('\n', '\n      ')}`)
  }
  for (const complaint of complaints) console.log(`wrong ${complaint}`)
  if (outcomes.length === 0) console.log('wrong no test ran')
  if (outcomes.length === 0 || complaints.length > 0 || outcomes.some(({ error }) => error)) process.exitCode = 1
}

/** By the first part of the name. */
function suitesOf(outcomes) {
  const suites = new Map()
  for (const outcome of outcomes) {
    const [suite] = outcome.name.split(' > ')
    suites.set(suite, [...(suites.get(suite) ?? []), outcome])
  }
  return suites
}
