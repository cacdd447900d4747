/**
 * The FileSystem seam in Rust: a write and its fdatasync as one call on threads of its own, space that is really reserved,
 * and on Linux also past the page cache (O_DIRECT) or through io_uring. Optional: where the binary is not there, nothing breaks.
 *
 * @packageDocumentation
 */
export { NativePanicError, NativeUnavailableError } from './errors.ts'
export {
  findNativeFileSystem,
  type NativeBackend,
  type NativeFileSystem,
  type NativeFileSystemOptions,
  openNativeFileSystem,
} from './native-file-system.ts'
