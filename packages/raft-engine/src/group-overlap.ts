/** What a new measurement counts for. */
const weight = 1 / 16

/**
 * Whether it pays that two groups take turns, one being assembled while the other is written. Callers that wait for their
 * writes come in step: all of them in one group, and the disk is idle while it is assembled. In two groups, each half as long,
 * both work at once, for twice as many syncs. With C for assembling everything that waits and D for a write and its sync, a
 * round takes C + D in one group and max(C, 2 D) in two: the latter is less exactly when D < C.
 */
export class GroupOverlap {
  #assemblyMsPerByte = 0
  #diskMs = Number.POSITIVE_INFINITY

  /** @param payloadBytes of a group that was assembled within `elapsedMs` */
  assembled(elapsedMs: number, payloadBytes: number): void {
    if (payloadBytes > 0) this.#assemblyMsPerByte += (elapsedMs / payloadBytes - this.#assemblyMsPerByte) * weight
  }

  /** @param elapsedMs of a write to the file and its sync */
  written(elapsedMs: number): void {
    if (this.#diskMs === Number.POSITIVE_INFINITY) this.#diskMs = elapsedMs
    else this.#diskMs += (elapsedMs - this.#diskMs) * weight
  }

  /** With so many bytes of payload under way. */
  pays(payloadBytes: number): boolean {
    return this.#assemblyMsPerByte * payloadBytes > this.#diskMs
  }
}
