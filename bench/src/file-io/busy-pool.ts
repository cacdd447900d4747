import { promisify } from 'node:util'
import { deflate } from 'node:zlib'

/** Work on libuv's threads that goes on until it is told to end. */
export interface BusyPool {
  /** Resolves when the last piece of work is over. */
  end(): Promise<void>
}

/** Text that compresses somewhat, as keys and values do: a deflate of it takes tens of milliseconds. */
const text = new TextEncoder()
  .encode(
    Array.from({ length: 30_000 }, (_, index) => `{"id":${index * 7919},"name":"user ${index % 977}"}`).join('\n'),
  )
  .subarray(0, 1024 * 1024)

/** Keeps `count` deflates running, each followed by the next, as compression of blocks and of streams would. */
export function keepPoolBusy(count: number): BusyPool {
  let ending = false
  const work = async () => {
    while (!ending) await promisify(deflate)(text)
  }
  const running = Array.from({ length: count }, work)
  return {
    async end() {
      ending = true
      await Promise.all(running)
    },
  }
}
