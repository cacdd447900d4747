/** A number of bytes, made by {@link bytes}, {@link KiB}, {@link MiB} or {@link GiB}. */
export type ByteCount = number & { readonly brand?: 'ByteCount' }

export const bytes = (count: number): ByteCount => count
export const KiB = (count: number): ByteCount => count * 1024
export const MiB = (count: number): ByteCount => count * 1024 ** 2
export const GiB = (count: number): ByteCount => count * 1024 ** 3
