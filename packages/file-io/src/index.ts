/**
 * The FileSystem seam on `node:fs`: positioned and vectored writes, fdatasync, folder fsync, and a lock that the kernel
 * gives back however its holder dies. It adds no cache and no policy.
 *
 * @packageDocumentation
 */
export { createNodeFileSystem } from './node-file-system.ts'
