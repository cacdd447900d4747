import { type FileSystem, parentDirectory } from '@stratakv/core'

/** Makes the folder and its missing parents, with names that survive a power cut. */
export async function createDurableDirectory(fs: FileSystem, directory: string): Promise<void> {
  const missing: string[] = []
  for (let path = directory; path !== '.' && (await fs.stat(path)) === undefined; path = parentDirectory(path))
    missing.push(path)
  await fs.createDirectory(directory)
  for (const path of missing.reverse()) await fs.syncDirectory(parentDirectory(path))
}
