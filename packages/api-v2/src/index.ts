/**
 * Key and value formats of TiKV's API versions, and which requests each takes.
 *
 * @packageDocumentation
 * @example
 * const version = v1()
 * version.checkKeys(0, 'raw', 'raw_put', [key])
 * const stored = version.encodeRawValue(value, 0)
 */
export { requestVersionName } from './request-version.ts'
export { v1 } from './v1.ts'
