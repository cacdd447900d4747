/** Holds up what passes it while it is frozen. */
export class FrozenGate {
  #thawed: Promise<void> | undefined
  #open: (() => void) | undefined
  #isLocked = false

  get isFrozen(): boolean {
    return this.#thawed !== undefined
  }

  freeze(): void {
    if (this.#isLocked || this.#thawed !== undefined) return
    this.#thawed = new Promise((resolve) => {
      this.#open = resolve
    })
  }

  thaw(): void {
    this.#open?.()
    this.#open = undefined
    this.#thawed = undefined
  }

  /** Thaws for good: a node that closes must not wait for what it holds up itself. */
  close(): void {
    this.#isLocked = true
    this.thaw()
  }

  /** Resolves when it is thawed, at once when it is. It may be frozen again by the time the caller runs. */
  async whenThawed(): Promise<void> {
    while (this.#thawed !== undefined) await this.#thawed
  }
}
