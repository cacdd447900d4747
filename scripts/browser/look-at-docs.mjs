// Looks at the documentation site as a reader would, in headless Chromium at the width of a desk and of a phone: nothing runs out of the
// page, nothing is logged as an error, search finds guides and names, and every internal link leads somewhere. Screenshots go to
// docs/look, for people. Wants the site: npm run docs.
import { existsSync } from 'node:fs'
import { mkdir, readdir, readFile, rm } from 'node:fs/promises'
import { dirname, join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { launchChromium } from './chromium.mjs'
import { serveFolder } from './static-server.mjs'

const site = fileURLToPath(new URL('../../docs/site', import.meta.url))
const pictures = fileURLToPath(new URL('../../docs/look', import.meta.url))

const widths = [
  { name: 'desktop', width: 1280, height: 900 },
  { name: 'phone', width: 390, height: 844 },
]
/** Of the reference, one of each kind: an index of a package, a class, an interface, a function. */
const referencePages = [
  'modules/_stratakv_core.index.html',
  'classes/_stratakv_server.StorageNode.html',
  'interfaces/_stratakv_core.index.KvEngine.html',
  'functions/_stratakv_server.composeNode.html',
]
/** What a reader types, and what must be among the answers. */
const searches = [
  { words: 'embed', finds: 'Embed a node' },
  { words: 'getting started', finds: 'Getting started' },
  { words: 'composeNode', finds: 'composeNode' },
  { words: 'KvEngine', finds: 'KvEngine' },
]

const faults = []
const browser = await launchChromium('looking at the site is')
const pages = await readdir(site, { recursive: true }).then((files) => files.filter((file) => file.endsWith('.html')))
const guides = pages.filter((page) => page.startsWith('documents/')).sort()
if (guides.length === 0) faults.push('the site has no guides')
const server = await serveFolder(site)
try {
  await rm(pictures, { recursive: true, force: true })
  for (const { name, width, height } of widths) {
    const context = await browser.newContext({ viewport: { width, height } })
    const page = await context.newPage()
    const say = (what) => faults.push(`${name}, ${relative(server.origin, page.url())}: ${what}`)
    page.on('pageerror', (error) => say(error.message))
    page.on('console', (message) => message.type() === 'error' && say(message.text()))
    // A page that is left while it loads takes its requests with it: that is no fault of the site.
    const isLeft = (request) => request.failure()?.errorText === 'net::ERR_ABORTED'
    page.on('requestfailed', (request) => isLeft(request) || say(`${request.url()} failed`))
    await mkdir(join(pictures, name), { recursive: true })
    for (const file of ['index.html', ...guides, ...referencePages]) await look(page, file, name, say)
    for (const search of searches) await seek(page, search, say)
    await navigate(page, say)
    await page.screenshot({ path: join(pictures, name, 'navigation.png') })
    await context.close()
  }
  faults.push(...(await deadLinks()))
} finally {
  await browser.close()
  await server.close()
}

for (const fault of faults) console.log(`wrong ${fault}`)
const seenCount = 1 + guides.length + referencePages.length
if (faults.length === 0) {
  console.log(
    `ok    ${seenCount} pages at ${widths.length} widths, ${pages.length} pages' links; pictures in docs/look`,
  )
} else process.exitCode = 1

async function look(page, file, name, say) {
  try {
    await page.goto(`${server.origin}/${file}`, { waitUntil: 'networkidle' })
  } catch (error) {
    return say(`${file} does not open: ${error.message}`)
  }
  const overflow = await page.evaluate(() => ({
    pageWidth: document.documentElement.scrollWidth,
    windowWidth: globalThis.innerWidth,
    culprits: [...document.querySelectorAll('body *')]
      .filter((element) => element.getBoundingClientRect().right > globalThis.innerWidth + 1)
      .slice(0, 3)
      .map((element) => `${element.tagName} ${element.className} ${element.textContent.trim().slice(0, 40)}`),
  }))
  if (overflow.pageWidth > overflow.windowWidth) {
    say(`${overflow.pageWidth} px wide in a window of ${overflow.windowWidth}: ${overflow.culprits.join(' | ')}`)
  }
  await page.screenshot({ path: join(pictures, name, `${file.replaceAll(/[/\\]/g, '-').replace('.html', '')}.png`) })
}

/** As a reader does: opens the search, types, reads the answers. */
async function seek(page, { words, finds }, say) {
  await page.goto(`${server.origin}/index.html`)
  await page.click('#tsd-search-trigger')
  await page.fill('#tsd-search-input', words)
  const answers = page.locator('#tsd-search-results li')
  const found = answers.filter({ hasText: finds })
  await found
    .first()
    .waitFor({ timeout: 20_000 })
    .catch(async () => say(`a search for "${words}" finds ${JSON.stringify(await answers.allInnerTexts())}`))
}

/** Every section of the navigation is there, and a guide is reached by it. */
async function navigate(page, say) {
  await page.goto(`${server.origin}/index.html`)
  const menu = page.locator('#tsd-toolbar-menu-trigger')
  if (await menu.isVisible()) await menu.click()
  for (const section of ['Guides', 'Implement your own', 'Reference', 'Packages']) {
    const heading = page.locator('#tsd-nav-container').getByText(section, { exact: true }).first()
    await heading.waitFor({ timeout: 20_000 }).catch(() => say(`the navigation has no section ${section}`))
  }
  const guide = page.locator('#tsd-nav-container').getByText('Getting started', { exact: true }).first()
  await guide.click({ timeout: 20_000 }).catch(() => say('the navigation does not lead to a guide'))
  await page.waitForURL(/Getting_started/, { timeout: 20_000 }).catch(() => say('a guide does not open'))
  // For the picture: the menu has slid in.
  await page.goto(`${server.origin}/index.html`, { waitUntil: 'networkidle' })
  if (await menu.isVisible()) await menu.click()
  await page.evaluate(() => Promise.allSettled(document.getAnimations().map((animation) => animation.finished)))
}

/** Links within the site that lead nowhere: to a file that is not there, or to a heading that the file does not have. */
async function deadLinks() {
  const texts = new Map()
  for (const page of pages) texts.set(join(site, page), await readFile(join(site, page), 'utf8'))
  const dead = new Set()
  for (const [path, text] of texts) {
    for (const [, href] of text.matchAll(/<a\b[^>]*?\shref="([^"]*)"/g)) {
      if (/^[a-z]+:/.test(href)) continue
      const [target, anchor] = decodeURI(href.replaceAll('&amp;', '&')).split('#')
      const file = target === '' ? path : resolve(dirname(path), target)
      const isThere = existsSync(file) && (!anchor || texts.get(file)?.includes(`id="${decodeURIComponent(anchor)}"`))
      if (!isThere) dead.add(`${relative(site, path)}: a link to ${href} leads nowhere`)
    }
  }
  return [...dead]
}
