import { totalmem } from 'node:os'

/** What this process may use at most: the container's memory where there is a limit, else the machine's. Bytes. */
export function machineMemoryBytes(): number {
  const constrained = process.constrainedMemory()
  // Without a limit the kernel reports a number beyond all machines, or none.
  return constrained > 0 && constrained < totalmem() ? constrained : totalmem()
}
