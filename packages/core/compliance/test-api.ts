/** The few things a suite needs of a test runner. Vitest's and Jest's `describe`, `it` and `expect` fit as they are. */
export interface TestApi {
  describe(name: string, body: () => void): void
  it(name: string, body: () => void | Promise<void>): void
  // biome-ignore lint/suspicious/noExplicitAny: each runner types its matchers differently, and suites use only those all of them share.
  expect(actual: unknown): any
}
