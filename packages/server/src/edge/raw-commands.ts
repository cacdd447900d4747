import { chain, type MaybePromise } from '@stratakv/core'
import type * as errorpb from '@stratakv/proto/errorpb'
import * as kvrpcpb from '@stratakv/proto/kvrpcpb'
import type { RawPair, RawStore } from '@stratakv/storage'
import { answering, type Failures, type ReportIncident, textFailures } from './answer.ts'
import { keyErrorToMessage } from './key-error-message.ts'
import { requestContext } from './request-context.ts'

/** A raw response that is a list of pairs: TiKV puts the error into one pair without a key. */
function pairFailures<Res extends { regionError: errorpb.Error | undefined }>(
  empty: () => Res,
  list: 'kvs' | 'pairs',
): Failures<Res> {
  return {
    region: (regionError) => ({ ...empty(), regionError }),
    command: (error) => ({ ...empty(), [list]: [kvrpcpb.KvPair.create({ error: keyErrorToMessage(error) })] }),
  }
}

const getFailures = textFailures(() => kvrpcpb.RawGetResponse.create())
const putFailures = textFailures(() => kvrpcpb.RawPutResponse.create())
const batchPutFailures = textFailures(() => kvrpcpb.RawBatchPutResponse.create())
const deleteFailures = textFailures(() => kvrpcpb.RawDeleteResponse.create())
const batchDeleteFailures = textFailures(() => kvrpcpb.RawBatchDeleteResponse.create())
const deleteRangeFailures = textFailures(() => kvrpcpb.RawDeleteRangeResponse.create())
const casFailures = textFailures(() => kvrpcpb.RawCASResponse.create())
const ttlFailures = textFailures(() => kvrpcpb.RawGetKeyTTLResponse.create())
const checksumFailures = textFailures(() => kvrpcpb.RawChecksumResponse.create())
const batchGetFailures = pairFailures(() => kvrpcpb.RawBatchGetResponse.create(), 'pairs')
const scanFailures = pairFailures(() => kvrpcpb.RawScanResponse.create(), 'kvs')
const batchScanFailures = pairFailures(() => kvrpcpb.RawBatchScanResponse.create(), 'kvs')

function pairsToMessages(pairs: readonly RawPair[]): kvrpcpb.KvPair[] {
  return pairs.map(({ key, value }) => kvrpcpb.KvPair.create({ key, value }))
}

/** The raw commands of tikvpb.Tikv: messages in, messages out. */
export function rawCommands(raw: RawStore, report: ReportIncident) {
  const answer = answering(report)
  return {
    rawGet: (request: kvrpcpb.RawGetRequest): MaybePromise<kvrpcpb.RawGetResponse> =>
      answer(getFailures, () =>
        chain(raw.get({ context: requestContext(request.context), cf: request.cf, key: request.key }), (value) =>
          value === undefined
            ? kvrpcpb.RawGetResponse.create({ notFound: true })
            : kvrpcpb.RawGetResponse.create({ value }),
        ),
      ),

    rawBatchGet: (request: kvrpcpb.RawBatchGetRequest): MaybePromise<kvrpcpb.RawBatchGetResponse> =>
      answer(batchGetFailures, () =>
        chain(raw.batchGet({ context: requestContext(request.context), cf: request.cf, keys: request.keys }), (pairs) =>
          kvrpcpb.RawBatchGetResponse.create({ pairs: pairsToMessages(pairs) }),
        ),
      ),

    rawPut: (request: kvrpcpb.RawPutRequest): MaybePromise<kvrpcpb.RawPutResponse> =>
      answer(putFailures, () =>
        chain(
          raw.put({
            context: requestContext(request.context),
            cf: request.cf,
            key: request.key,
            value: request.value,
            ttlSeconds: request.ttl,
            forCas: request.forCas,
          }),
          () => kvrpcpb.RawPutResponse.create(),
        ),
      ),

    rawBatchPut: (request: kvrpcpb.RawBatchPutRequest): MaybePromise<kvrpcpb.RawBatchPutResponse> =>
      answer(batchPutFailures, () =>
        chain(
          raw.batchPut({
            context: requestContext(request.context),
            cf: request.cf,
            pairs: request.pairs,
            ttlsSeconds: ttlsOf(request),
            forCas: request.forCas,
          }),
          () => kvrpcpb.RawBatchPutResponse.create(),
        ),
      ),

    rawDelete: (request: kvrpcpb.RawDeleteRequest): MaybePromise<kvrpcpb.RawDeleteResponse> =>
      answer(deleteFailures, () =>
        chain(
          raw.delete({
            context: requestContext(request.context),
            cf: request.cf,
            key: request.key,
            forCas: request.forCas,
          }),
          () => kvrpcpb.RawDeleteResponse.create(),
        ),
      ),

    rawBatchDelete: (request: kvrpcpb.RawBatchDeleteRequest): MaybePromise<kvrpcpb.RawBatchDeleteResponse> =>
      answer(batchDeleteFailures, () =>
        chain(
          raw.batchDelete({
            context: requestContext(request.context),
            cf: request.cf,
            keys: request.keys,
            forCas: request.forCas,
          }),
          () => kvrpcpb.RawBatchDeleteResponse.create(),
        ),
      ),

    rawScan: (request: kvrpcpb.RawScanRequest): MaybePromise<kvrpcpb.RawScanResponse> =>
      answer(scanFailures, () =>
        chain(
          raw.scan({
            context: requestContext(request.context),
            cf: request.cf,
            startKey: request.startKey,
            endKey: request.endKey,
            limitCount: request.limit,
            keyOnly: request.keyOnly,
            reverse: request.reverse,
          }),
          (pairs) => kvrpcpb.RawScanResponse.create({ kvs: pairsToMessages(pairs) }),
        ),
      ),

    rawBatchScan: (request: kvrpcpb.RawBatchScanRequest): MaybePromise<kvrpcpb.RawBatchScanResponse> =>
      answer(batchScanFailures, () =>
        chain(
          raw.batchScan({
            context: requestContext(request.context),
            cf: request.cf,
            ranges: request.ranges.map(({ startKey, endKey }) => ({ start: startKey, end: endKey })),
            eachLimitCount: request.eachLimit,
            keyOnly: request.keyOnly,
            reverse: request.reverse,
          }),
          (pairs) => kvrpcpb.RawBatchScanResponse.create({ kvs: pairsToMessages(pairs) }),
        ),
      ),

    rawDeleteRange: (request: kvrpcpb.RawDeleteRangeRequest): MaybePromise<kvrpcpb.RawDeleteRangeResponse> =>
      answer(deleteRangeFailures, () =>
        chain(
          raw.deleteRange({
            context: requestContext(request.context),
            cf: request.cf,
            startKey: request.startKey,
            endKey: request.endKey,
          }),
          () => kvrpcpb.RawDeleteRangeResponse.create(),
        ),
      ),

    rawCompareAndSwap: (request: kvrpcpb.RawCASRequest): MaybePromise<kvrpcpb.RawCASResponse> =>
      answer(casFailures, () =>
        chain(
          raw.compareAndSwap({
            context: requestContext(request.context),
            cf: request.cf,
            key: request.key,
            value: request.value,
            previousValue: request.previousNotExist ? undefined : request.previousValue,
            ttlSeconds: request.ttl,
          }),
          ({ succeeded, previousValue }) =>
            previousValue === undefined
              ? kvrpcpb.RawCASResponse.create({ succeed: succeeded, previousNotExist: true })
              : kvrpcpb.RawCASResponse.create({ succeed: succeeded, previousValue }),
        ),
      ),

    rawGetKeyTTL: (request: kvrpcpb.RawGetKeyTTLRequest): MaybePromise<kvrpcpb.RawGetKeyTTLResponse> =>
      answer(ttlFailures, () =>
        chain(raw.getKeyTtl({ context: requestContext(request.context), cf: request.cf, key: request.key }), (ttl) =>
          ttl === undefined
            ? kvrpcpb.RawGetKeyTTLResponse.create({ notFound: true })
            : kvrpcpb.RawGetKeyTTLResponse.create({ ttl }),
        ),
      ),

    rawChecksum: (request: kvrpcpb.RawChecksumRequest): MaybePromise<kvrpcpb.RawChecksumResponse> =>
      answer(checksumFailures, () =>
        chain(
          raw.checksum({
            context: requestContext(request.context),
            ranges: request.ranges.map(({ startKey, endKey }) => ({ start: startKey, end: endKey })),
          }),
          ({ checksum, totalKvCount, totalBytes }) =>
            kvrpcpb.RawChecksumResponse.create({ checksum, totalKvs: totalKvCount, totalBytes }),
        ),
      ),
  }
}

/** Clients of before `ttls` send one `ttl` for all pairs. */
function ttlsOf(request: kvrpcpb.RawBatchPutRequest): number[] {
  if (request.ttls.length > 0) return request.ttls
  return request.ttl === 0 ? [] : [request.ttl]
}
