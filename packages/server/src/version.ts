/**
 * The version of this package. A constant rather than read from package.json, which a bundler leaves behind; a test compares
 * the two.
 */
export const productVersion = '0.0.0'
