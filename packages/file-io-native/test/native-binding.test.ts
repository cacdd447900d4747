import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { NativeUnavailableError } from '@stratakv/file-io-native'
import { expect, it } from 'vitest'
import { acceptBinding, findBinding, interfaceVersion, platformTarget } from '../src/native-binding.ts'

const packageFolder = join(import.meta.dirname, '..')
const readJson = async (path: string) => JSON.parse(await readFile(path, 'utf8'))

it('is absent, with the command that makes it, where nothing was built and nothing installed', () => {
  const found = findBinding(new URL('file:///nowhere/'))
  expect(found).toEqual({ absence: expect.stringMatching(/no binary for .*npm run build:native/) })
  const error = new NativeUnavailableError('native', 'absence' in found ? found.absence : '')
  expect(error).toMatchObject({ code: 'NATIVE_IO_UNAVAILABLE', backend: 'native' })
})

it('is absent, with the loader’s words, where the binary is broken', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'stratakv-binding-'))
  try {
    await writeFile(join(folder, `stratakv-file-io.${platformTarget()}.node`), 'no binary')
    expect(findBinding(pathToFileURL(`${folder}/`))).toEqual({ absence: expect.stringMatching(/cannot be loaded: ./) })
  } finally {
    await rm(folder, { recursive: true })
  }
})

it('is absent, with the command that makes it anew, where it was built from other sources', async () => {
  const stale = { INTERFACE_VERSION: interfaceVersion + 1 } as unknown as Parameters<typeof acceptBinding>[0]
  expect(acceptBinding(stale, 'linux-x64-gnu')).toEqual({ absence: expect.stringMatching(/npm run build:native/) })
  // Both sides are changed together: else every suite would skip itself.
  const rust = await readFile(join(packageFolder, 'native', 'src', 'binding.rs'), 'utf8')
  expect(rust).toContain(`INTERFACE_VERSION: u32 = ${interfaceVersion};`)
})

it('is laid out for publishing: one package a platform, each with the name that is looked for', async () => {
  const { version, license, engines, napi } = await readJson(join(packageFolder, 'package.json'))
  const platforms = await readdir(join(packageFolder, 'npm'))
  expect(platforms.length).toBe(napi.targets.length)
  for (const platform of platforms) {
    const manifest = await readJson(join(packageFolder, 'npm', platform, 'package.json'))
    const binary = `${napi.binaryName}.${platform}.node`
    expect(manifest).toMatchObject({
      name: `@stratakv/file-io-native-${platform}`,
      version,
      license,
      engines,
      main: binary,
      files: [binary],
    })
    expect(platform.split('-').slice(0, 2)).toEqual([...manifest.os, ...manifest.cpu])
  }
})
