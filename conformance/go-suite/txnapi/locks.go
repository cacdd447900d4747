package txnapi

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/pingcap/kvproto/pkg/kvrpcpb"
	"stratakv/conformance/go-suite/check"
)

const (
	// short is a lifetime that a check waits out.
	short = 400 * time.Millisecond
	// long is a lifetime that no check waits out: reading through such a lock must not depend on it.
	long = 10 * time.Minute
)

func (s suite) readerBelowLock(ctx context.Context) error {
	keys, values, err := s.fill(ctx, "below", 2)
	if err != nil {
		return err
	}
	before, err := s.client.GetTimestamp(ctx)
	if err != nil {
		return err
	}
	txn, err := s.abandon(ctx, "below", 2)
	if err := check.First(err, txn.prewrite(ctx, long)); err != nil {
		return err
	}
	got, err := s.rev.SnapshotGet(ctx, s.client.GetSnapshot(before), keys[1])
	return check.First(err, check.Bytes("value below the lock", values[1], got), txn.finish(ctx))
}

// finish commits an abandoned transaction after all, with a timestamp of now.
func (txn *abandoned) finish(ctx context.Context) error {
	commitTS, err := txn.s.client.GetTimestamp(ctx)
	if err != nil {
		return err
	}
	refused, err := txn.commit(ctx, commitTS, txn.keys...)
	if err == nil && refused != nil {
		err = fmt.Errorf("commit: %v", refused)
	}
	return err
}

// readerPassesLivingLock: the reader pushes the commit of a living transaction above its own timestamp and reads on.
func (s suite) readerPassesLivingLock(ctx context.Context) error {
	keys, values, err := s.fill(ctx, "pass", 2)
	if err != nil {
		return err
	}
	txn, err := s.abandon(ctx, "pass", 2)
	if err := check.First(err, txn.prewrite(ctx, long)); err != nil {
		return err
	}
	tooEarly, err := s.client.GetTimestamp(ctx)
	if err := check.First(err,
		s.readsAs(ctx, keys[0], values[0]),
		s.readsAs(ctx, keys[1], values[1])); err != nil {
		return err
	}
	refused, err := txn.commit(ctx, tooEarly, txn.keys...)
	if err != nil {
		return err
	}
	if refused.GetCommitTsExpired() == nil {
		return fmt.Errorf("a commit below a reader: want commit_ts_expired, got %v", refused)
	}
	return check.First(txn.finish(ctx), s.readsAs(ctx, keys[1], txn.values[1]))
}

func (s suite) deadBeforeCommit(ctx context.Context) error {
	keys, values, err := s.fill(ctx, "dead", 2)
	if err != nil {
		return err
	}
	txn, err := s.abandon(ctx, "dead", 2)
	if err := check.First(err, txn.prewrite(ctx, short)); err != nil {
		return err
	}
	time.Sleep(2 * short)
	if err := check.First(
		s.readsAs(ctx, keys[1], values[1]),
		s.readsAs(ctx, keys[0], values[0])); err != nil {
		return err
	}
	commitTS, err := s.client.GetTimestamp(ctx)
	if err != nil {
		return err
	}
	refused, err := txn.commit(ctx, commitTS, txn.keys[0])
	if err != nil {
		return err
	}
	if refused == nil {
		return errors.New("a transaction that was rolled back could commit")
	}
	return check.First(s.set(ctx, keys[0], value(7)), s.readsAs(ctx, keys[0], value(7)))
}

func (s suite) deadAfterPrimary(ctx context.Context) error {
	if _, _, err := s.fill(ctx, "primary", 3); err != nil {
		return err
	}
	txn, err := s.abandon(ctx, "primary", 3)
	if err := check.First(err, txn.prewrite(ctx, long)); err != nil {
		return err
	}
	commitTS, err := s.client.GetTimestamp(ctx)
	if err != nil {
		return err
	}
	refused, err := txn.commit(ctx, commitTS, txn.keys[0])
	if err != nil || refused != nil {
		return fmt.Errorf("commit of the primary: %v, %v", refused, err)
	}
	return check.First(
		s.readsAs(ctx, txn.keys[2], txn.values[2]),
		s.readsAs(ctx, txn.keys[1], txn.values[1]),
		s.readsAs(ctx, txn.keys[0], txn.values[0]),
	)
}

// deadAsyncCommit: with every key prewritten the transaction counts as committed, although nobody said so.
func (s suite) deadAsyncCommit(ctx context.Context) error {
	txn, err := s.abandon(ctx, "async", 4)
	if err != nil {
		return err
	}
	answer, err := txn.prewriteAs(ctx, short, func(request *kvrpcpb.PrewriteRequest) {
		request.UseAsyncCommit = true
		request.Secondaries = txn.keys[1:]
	})
	if err != nil {
		return err
	}
	if answer.MinCommitTs == 0 {
		return errors.New("the server declines async commit")
	}
	time.Sleep(2 * short)
	for i := len(txn.keys) - 1; i >= 0; i-- {
		if err := s.readsAs(ctx, txn.keys[i], txn.values[i]); err != nil {
			return err
		}
	}
	return nil
}

// deadHalfWayInAsyncCommit: a secondary that was never prewritten decides against the transaction.
func (s suite) deadHalfWayInAsyncCommit(ctx context.Context) error {
	txn, err := s.abandon(ctx, "async-half", 4)
	if err != nil {
		return err
	}
	missing := txn.keys[3]
	txn.keys, txn.values = txn.keys[:3], txn.values[:3]
	answer, err := txn.prewriteAs(ctx, short, func(request *kvrpcpb.PrewriteRequest) {
		request.UseAsyncCommit = true
		request.Secondaries = append(append([][]byte{}, txn.keys[1:]...), missing)
	})
	if err != nil {
		return err
	}
	if answer.MinCommitTs == 0 {
		return errors.New("the server declines async commit")
	}
	time.Sleep(2 * short)
	for i := len(txn.keys) - 1; i >= 0; i-- {
		if err := s.isAbsent(ctx, txn.keys[i]); err != nil {
			return err
		}
	}
	return check.First(s.isAbsent(ctx, missing), s.set(ctx, missing, value(1)), s.readsAs(ctx, missing, value(1)))
}

// onePhase: a transaction committed by its only request.
func (s suite) onePhase(ctx context.Context) error {
	txn, err := s.abandon(ctx, "one-phase", 3)
	if err != nil {
		return err
	}
	answer, err := txn.prewriteAs(ctx, short, func(request *kvrpcpb.PrewriteRequest) { request.TryOnePc = true })
	if err != nil {
		return err
	}
	if answer.OnePcCommitTs == 0 {
		return errors.New("the server declines one-phase commit")
	}
	for i := range txn.keys {
		if err := s.readsAs(ctx, txn.keys[i], txn.values[i]); err != nil {
			return err
		}
	}
	return nil
}

func (s suite) deadWithManyLocks(ctx context.Context) error {
	const count = 600
	keys, values, err := s.fill(ctx, "many", count)
	if err != nil {
		return err
	}
	txn, err := s.abandon(ctx, "many", count)
	if err := check.First(err, txn.prewrite(ctx, short)); err != nil {
		return err
	}
	time.Sleep(2 * short)
	reader, err := s.client.Begin()
	if err != nil {
		return err
	}
	found, err := reader.Iter(keys[0], after("many"))
	if err != nil {
		return err
	}
	gotKeys, gotValues, err := drain(found, always)
	return check.First(err,
		check.All("keys", keys, gotKeys),
		check.All("values", values, gotValues),
		reader.Rollback())
}

func (s suite) heartbeat(ctx context.Context) error {
	txn, err := s.abandon(ctx, "heartbeat", 2)
	if err := check.First(err, txn.prewrite(ctx, short)); err != nil {
		return err
	}
	for _, step := range []struct{ advised, want time.Duration }{{long, long}, {short, long}} {
		got, err := txn.heartbeat(ctx, step.advised)
		if err := check.First(err, check.Equal("lifetime", step.want, got)); err != nil {
			return err
		}
	}
	time.Sleep(2 * short)
	now, err := s.client.GetTimestamp(ctx)
	if err != nil {
		return err
	}
	status, err := txn.status(ctx, now)
	if err != nil {
		return err
	}
	if status.Error != nil || status.LockTtl == 0 {
		return fmt.Errorf("a lock kept alive is gone: %v", status)
	}
	return check.First(txn.finish(ctx), s.readsAs(ctx, txn.keys[1], txn.values[1]))
}
