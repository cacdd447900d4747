/** One step of closing: frees one thing. */
export type ShutdownStep = () => Promise<void>

/**
 * Takes all steps, one after the other, in the order given. A step that fails does not keep the later ones from being taken:
 * what holds a lock or a socket comes last and must not be left behind.
 *
 * @throws what the first failing step threw, after the last step
 */
export async function shutDown(steps: readonly ShutdownStep[]): Promise<void> {
  const failures: unknown[] = []
  for (const step of steps) {
    try {
      await step()
    } catch (error) {
      failures.push(error)
    }
  }
  if (failures.length > 0) throw failures[0]
}
