import { defineConfig } from 'vitest/config'

/** Tests run on the sources: every package is found through the `stratakv-source` export condition, so nothing must be built first. */
const shared = {
  resolve: { conditions: ['stratakv-source', 'node', 'import', 'default'] },
  ssr: { resolve: { conditions: ['stratakv-source', 'node', 'import', 'default'] } },
}

export default defineConfig({
  ...shared,
  test: {
    projects: [
      {
        ...shared,
        test: {
          name: 'unit',
          include: [
            'packages/*/test/**/*.test.ts',
            'wasm/test/**/*.test.ts',
            'examples/*/test/**/*.test.ts',
            'bench/test/**/*.test.ts',
            'conformance/test/**/*.test.ts',
            'sim/test/**/*.test.ts',
            'fuzz/test/**/*.test.ts',
            'test/**/*.test.ts',
          ],
          exclude: ['**/*compliance.test.ts', '**/node_modules/**'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        ...shared,
        test: {
          name: 'compliance',
          include: [
            'packages/*/test/**/*compliance.test.ts',
            'wasm/test/**/*compliance.test.ts',
            'sim/test/**/*compliance.test.ts',
            'examples/*/test/**/*compliance.test.ts',
          ],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
})
