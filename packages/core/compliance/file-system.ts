import type { FileSystem } from '../src/file-system.ts'
import { fileBytes } from './file-system-bytes.ts'
import type { OnDisk } from './file-system-fixture.ts'
import { fileNames } from './file-system-names.ts'
import { filePowerCuts } from './file-system-power-cuts.ts'
import { fileSpaceAndLocks } from './file-system-space.ts'
import type { TestApi } from './test-api.ts'

/** What one test works on. */
export interface FileSystemUnderTest {
  readonly fs: FileSystem
  /** An existing, empty folder of this test's own, without a `/` at the end. With `powerCut`, its own name is certain. */
  readonly root: string
  dispose(): Promise<void>
  /**
   * The disk as it may be after a power cut now, by the same paths; `fs` goes on unharmed. Every call may draw another
   * outcome. Absent: no power can be cut, and what is durable when is not tested.
   */
  powerCut?(): Promise<FileSystem>
}

export interface FileSystemComplianceOptions {
  /** Called once a test. */
  create(): Promise<FileSystemUnderTest>
  /** Nobody else uses the disk, so that `diskSpace` before and after a call can be compared. Absent: somebody may. */
  readonly ownDisk?: boolean
  /** What `create` gives can cut the power. Absent: it cannot. */
  readonly powerCuts?: boolean
}

/**
 * What every {@link FileSystem} must do, wrappers included: bytes, names, sizes, locks, errors with their evidence, and,
 * where the fixture can cut the power, what must be there after it.
 */
export function fileSystemCompliance(t: TestApi, options: FileSystemComplianceOptions): void {
  t.describe('file system compliance', () => {
    const onDisk: OnDisk = (name, body) => {
      t.it(name, async () => {
        const { fs, root, dispose, powerCut } = await options.create()
        try {
          await body({ fs, root, at: (path) => `${root}/${path}`, powerCut })
        } finally {
          await dispose()
        }
      })
    }
    fileBytes(t, onDisk)
    fileNames(t, onDisk)
    fileSpaceAndLocks(t, onDisk, options.ownDisk ?? false)
    if (options.powerCuts ?? false) filePowerCuts(t, onDisk)
  })
}
