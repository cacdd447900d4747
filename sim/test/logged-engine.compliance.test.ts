import { seededRandom } from '@stratakv/core'
import { kvEngineCompliance } from '@stratakv/core/compliance'
import { createMemoryDisk } from '@stratakv/memory'
import { createTwinChecksum } from '@stratakv/wasm'
import { describe, expect, it } from 'vitest'
import { openLoggedEngine } from '../src/world/logged-engine.ts'

describe('LoggedEngine', () => {
  kvEngineCompliance(
    { describe, it, expect },
    {
      async create() {
        const fileSystem = createMemoryDisk({ random: seededRandom(1) })
        const open = () => openLoggedEngine({ fileSystem, checksum: createTwinChecksum() }, '/db')
        const engine = await open()
        const opened = [engine]
        return {
          engine,
          async reopen() {
            const again = await open()
            opened.push(again)
            return again
          },
          async dispose() {
            for (const each of opened) await each.close()
          },
        }
      },
    },
  )

  it('keeps what was synced over a power cut, and nothing that is torn', async () => {
    const checksum = createTwinChecksum()
    for (let seed = 1; seed <= 100; seed++) {
      // Odd seeds: records of a multiple of eight bytes, as long as a header of zeros.
      const valueBytes = seed % 2 === 0 ? 700 : 8 * 80 - 19
      const disk = createMemoryDisk({ random: seededRandom(seed) })
      const engine = await openLoggedEngine({ fileSystem: disk, checksum }, '/db')
      const put = (at: number, sync: boolean) =>
        engine.write(
          [{ type: 'put', cf: 'default', key: Uint8Array.of(at), value: new Uint8Array(valueBytes).fill(at) }],
          {
            sync,
          },
        )
      for (let at = 1; at <= 5; at++) await put(at, at === 3)
      const after = await openLoggedEngine({ fileSystem: disk.clonePowerCut(), checksum }, '/db')
      const found = [1, 2, 3, 4, 5].map((at) => after.get('default', Uint8Array.of(at)))
      for (const at of [1, 2, 3]) expect(found[at - 1]).toEqual(new Uint8Array(valueBytes).fill(at))
      // Only an end may be missing.
      if (found[3] === undefined) expect(found[4]).toBeUndefined()
      await engine.close()
      await after.close()
    }
  })
})
