import { existsSync, readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const path = (relative) => fileURLToPath(new URL(relative, import.meta.url))

/** Every package that has more than a README, each with the entry points of its `exports`. */
const packages = [...readdirSync(path('../packages')).map((name) => `../packages/${name}`), '../wasm'].filter(
  (folder) => existsSync(path(`${folder}/package.json`)),
)

/** @type {Partial<import('typedoc').TypeDocOptions>} */
export default {
  name: 'StrataKV',
  entryPointStrategy: 'packages',
  entryPoints: packages,
  packageOptions: {
    // One program a package, on the sources, as the tests see them. `npm run types` has checked them already.
    tsconfig: path('../tsconfig.json'),
    skipErrorChecking: true,
    disableSources: true,
    excludeInternal: true,
    excludePrivate: true,
    excludeProtected: true,
  },
  projectDocuments: [
    'guides/getting-started.md',
    'guides/embed.md',
    'guides/compose.md',
    'guides/testing.md',
    'architecture.md',
    'configuration.md',
    'compat.md',
  ],
  readme: '../README.md',
  out: 'site',
  highlightLanguages: ['ts', 'js', 'json', 'sh', 'toml', 'go'],
  disableSources: true,
  includeVersion: true,
  navigation: { includeGroups: false, includeCategories: false },
  validation: { notExported: true, invalidLink: true, invalidPath: true, rewrittenLink: true, notDocumented: false },
  treatWarningsAsErrors: true,
  treatValidationWarningsAsErrors: true,
}
