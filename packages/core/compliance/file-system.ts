import type { FileSystem } from '../src/file-system.ts'
import { fileBytes } from './file-system-bytes.ts'
import type { OnDisk } from './file-system-fixture.ts'
import { fileNames } from './file-system-names.ts'
import { fileSpaceAndLocks } from './file-system-space.ts'
import type { TestApi } from './test-api.ts'

/** What one test works on. */
export interface FileSystemUnderTest {
  readonly fs: FileSystem
  /** An existing, empty folder of this test's own, without a `/` at the end. */
  readonly root: string
  dispose(): Promise<void>
}

export interface FileSystemComplianceOptions {
  /** Called once a test. */
  create(): Promise<FileSystemUnderTest>
  /** Nobody else uses the disk, so that `diskSpace` before and after a call can be compared. Absent: somebody may. */
  readonly ownDisk?: boolean
}

/**
 * What every {@link FileSystem} must do, wrappers included, as far as it shows without a power cut: bytes, names, sizes,
 * locks, and errors with their evidence.
 */
export function fileSystemCompliance(t: TestApi, options: FileSystemComplianceOptions): void {
  t.describe('file system compliance', () => {
    const onDisk: OnDisk = (name, body) => {
      t.it(name, async () => {
        const { fs, root, dispose } = await options.create()
        try {
          await body({ fs, root, at: (path) => `${root}/${path}` })
        } finally {
          await dispose()
        }
      })
    }
    fileBytes(t, onDisk)
    fileNames(t, onDisk)
    fileSpaceAndLocks(t, onDisk, options.ownDisk ?? false)
  })
}
