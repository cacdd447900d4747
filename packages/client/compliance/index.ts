/**
 * What the client must do over every transport and on every server, as one call in a test file.
 *
 * @packageDocumentation
 */
export {
  type RawClientCasesOptions,
  type RawClientFixture,
  type RawClientSupports,
  rawClientCases,
} from './raw-cases.ts'
export { type TxnClientCasesOptions, type TxnClientFixture, txnClientCases } from './txn-cases.ts'
