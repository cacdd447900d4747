/** Prints a line a check and counts. */
export class Tally {
  private passed = 0
  private failed = 0
  private skipped = 0
  private readonly print: (line: string) => void

  constructor(print: (line: string) => void) {
    this.print = print
  }

  pass(check: string, figures = ''): void {
    this.passed++
    this.print(`pass ${check}${figures && `: ${figures}`}`)
  }

  fail(check: string, reason: string): void {
    this.failed++
    this.print(`fail ${check}: ${reason}`)
  }

  skip(check: string, reason: string): void {
    this.skipped++
    this.print(`skip ${check}: ${reason}`)
  }

  /** Takes a line of a client program: `pass NAME`, `fail NAME: reason`, `skip NAME: reason`, `note ...`; others are not ours. */
  take(suite: string, line: string): void {
    const [, outcome, rest = ''] = /^(pass|fail|skip|note) (.*)$/.exec(line) ?? []
    if (outcome === undefined) return
    if (outcome === 'note') {
      this.print(`     ${suite}/${rest}`)
      return
    }
    const colon = rest.indexOf(': ')
    const check = `${suite}/${colon < 0 ? rest : rest.slice(0, colon)}`
    const reason = colon < 0 ? '' : rest.slice(colon + 2)
    if (outcome === 'pass') this.pass(check)
    else if (outcome === 'skip') this.skip(check, reason)
    else this.fail(check, reason)
  }

  /** So far, for telling whether a program that failed has said why. */
  get failedCount(): number {
    return this.failed
  }

  summary(): string {
    return `${this.passed} passed, ${this.failed} failed, ${this.skipped} skipped`
  }

  /** Nothing failed, and something was tried. */
  get exitCode(): number {
    return this.failed === 0 && this.passed + this.skipped > 0 ? 0 : 1
  }
}
