import { existsSync, readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const path = (relative) => fileURLToPath(new URL(relative, import.meta.url))

/** Every package that has more than a README, each with the entry points of its `exports`. */
const packages = [...readdirSync(path('../packages')).map((name) => `../packages/${name}`), '../wasm'].filter(
  (folder) => existsSync(path(`${folder}/package.json`)),
)

/** In the order of reading; a guide that is not named comes last. */
const guideOrder = ['getting-started', 'embed', 'client', 'testing', 'compose', 'tls', 'operations']

const rankOf = (name) => guideOrder.indexOf(name.replace('.md', '')) >>> 0
const guides = readdirSync(path('guides')).sort((left, right) => rankOf(left) - rankOf(right))
const own = readdirSync(path('implement')).sort(
  (left, right) => Number(right === 'README.md') - Number(left === 'README.md'),
)
const examples = readdirSync(path('../examples'), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => `../examples/${name}/README.md`)

/** @type {Partial<import('typedoc').TypeDocOptions>} */
export default {
  name: 'StrataKV',
  plugin: [path('pages-plugin.js')],
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
    ...guides.map((name) => `guides/${name}`),
    ...own.map((name) => `implement/${name}`),
    '../examples/README.md',
    ...examples,
    'configuration.md',
    'compat.md',
    'architecture.md',
  ],
  readme: '../README.md',
  out: 'site',
  customCss: 'site.css',
  customJs: 'site.js',
  favicon: 'favicon.svg',
  highlightLanguages: ['ts', 'js', 'json', 'sh', 'toml', 'go'],
  disableSources: true,
  includeVersion: true,
  categorizeByGroup: false,
  defaultCategory: 'Packages',
  categoryOrder: ['Guides', 'Implement your own', 'Reference', 'Packages', '*'],
  navigation: { includeGroups: false, includeCategories: true },
  searchInDocuments: true,
  searchInComments: true,
  // A page that answers a question goes before the names that appear in it.
  searchGroupBoosts: { Documents: 2 },
  validation: { notExported: true, invalidLink: true, invalidPath: true, rewrittenLink: true, notDocumented: false },
  treatWarningsAsErrors: true,
  treatValidationWarningsAsErrors: true,
}
