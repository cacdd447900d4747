import { copyFile, mkdir, mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { build } from 'esbuild'

const packageFolder = join(import.meta.dirname, '..', '..')

/** The command as one file that Node can run, made of the sources: tests need no build. */
export interface CommandBundle extends AsyncDisposable {
  readonly path: string
}

/**
 * Bundles our own packages and leaves the others outside, for native bindings cannot be bundled. The folder lies inside the
 * package, where Node finds them, and below node_modules, where no tool looks for sources.
 */
export async function bundleCommand(): Promise<CommandBundle> {
  const parent = join(packageFolder, 'node_modules')
  await mkdir(parent, { recursive: true })
  const folder = await mkdtemp(join(parent, '.test-'))
  const path = join(folder, 'dist', 'main.mjs')
  await build({
    entryPoints: [join(packageFolder, 'src', 'main.ts')],
    outfile: path,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20.19',
    conditions: ['stratakv-source'],
    logLevel: 'error',
    plugins: [
      {
        name: 'bundle only what is ours',
        setup({ onResolve }) {
          onResolve({ filter: /^[^./]/ }, ({ path: specifier, kind }) =>
            kind === 'entry-point' || specifier.startsWith('@stratakv/') ? undefined : { external: true },
          )
        },
      },
    ],
  })
  // The command reads its version from there.
  await copyFile(join(packageFolder, 'package.json'), join(folder, 'package.json'))
  return { path, [Symbol.asyncDispose]: () => rm(folder, { recursive: true }) }
}
