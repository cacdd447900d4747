// Headless Chromium, if this machine has one. It comes from the system (Debian's package `chromium`), not from npm: nothing is downloaded.
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { chromium } from 'playwright-core'

const names = ['chromium', 'chromium-browser', 'google-chrome']

/** @returns {string | undefined} */
export function findChromium() {
  return process.env.PATH.split(delimiter)
    .flatMap((folder) => names.map((name) => join(folder, name)))
    .find((path) => existsSync(path))
}

/** Ends the program in a sentence when there is none. @returns {Promise<import('playwright-core').Browser>} */
export async function launchChromium(whatIsSkipped) {
  const executablePath = findChromium()
  if (executablePath === undefined) {
    console.log(`chromium is not here: ${whatIsSkipped} skipped`)
    process.exit(0)
  }
  // Chromium's sandbox refuses to run as root. What it opens are our own files, from loopback.
  return chromium.launch({ executablePath, chromiumSandbox: process.getuid?.() !== 0 })
}
