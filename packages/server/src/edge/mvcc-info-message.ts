import type { KeyHistory, WriteKind } from '@stratakv/mvcc'
import * as kvrpcpb from '@stratakv/proto/kvrpcpb'
import { opOfLock } from './key-error-message.ts'

const opOfWrite: Record<WriteKind, kvrpcpb.Op> = {
  put: kvrpcpb.Op.Put,
  delete: kvrpcpb.Op.Del,
  lock: kvrpcpb.Op.Lock,
  rollback: kvrpcpb.Op.Rollback,
}

/** All that is stored about a key. Fields that came after 6.1 are filled where the record has them. */
export function mvccInfoToMessage({ lock, writes, values }: KeyHistory): kvrpcpb.MvccInfo {
  return kvrpcpb.MvccInfo.create({
    ...(lock === undefined
      ? {}
      : {
          lock: kvrpcpb.MvccLock.create({
            type: opOfLock[lock.kind],
            startTs: lock.startTs,
            primary: lock.primary,
            ...(lock.shortValue === undefined ? {} : { shortValue: lock.shortValue }),
          }),
        }),
    writes: writes.map(({ commitTs, write }) =>
      kvrpcpb.MvccWrite.create({
        type: opOfWrite[write.kind],
        startTs: write.startTs,
        commitTs,
        ...(write.shortValue === undefined ? {} : { shortValue: write.shortValue }),
      }),
    ),
    values: values.map(({ startTs, value }) => kvrpcpb.MvccValue.create({ startTs, value })),
  })
}
