// Package txnapi checks optimistic transactions as an application sees them through txnkv.
package txnapi

import (
	"context"
	"fmt"

	tikverr "github.com/tikv/client-go/v2/error"
	"github.com/tikv/client-go/v2/txnkv"
	"github.com/tikv/client-go/v2/txnkv/transaction"
	"stratakv/conformance/go-suite/check"
	"stratakv/conformance/go-suite/revision"
)

// Run drives transactions against the cluster behind the placement driver pd.
func Run(pd string, rev revision.Revision) int {
	var list check.List
	client, err := txnkv.NewClient([]string{pd})
	list.Run("connect", func(context.Context) error { return err })
	if err != nil {
		return list.ExitCode()
	}
	defer client.Close()
	s := suite{client: client, rev: rev}
	list.Run("timestamps-grow", s.timestampsGrow)
	list.Run("set-get", s.setGet)
	list.Run("missing-key", s.missingKey)
	list.Run("read-own-writes", s.readOwnWrites)
	list.Run("batch-get", s.batchGet)
	list.Run("delete", s.delete)
	list.Run("rollback", s.rollback)
	list.Run("value-sizes", s.valueSizes)
	list.Run("binary-keys", s.binaryKeys)
	list.Run("commit-modes", s.commitModes)
	list.Run("snapshot-at-old-timestamp", s.oldSnapshot)
	list.Run("write-conflict-and-retry", s.writeConflict)
	list.Run("insert-if-absent", s.insertIfAbsent)
	list.Run("scan", s.scan)
	list.Run("scan-merges-own-writes", s.scanOwnWrites)
	list.Run("scan-key-only", s.scanKeyOnly)
	list.Run("reverse-scan", s.reverseScan)
	list.Run("large-transaction", s.largeTransaction)
	list.Run("reader-below-lock", s.readerBelowLock)
	list.Run("reader-passes-living-lock", s.readerPassesLivingLock)
	list.Run("dead-before-commit-is-rolled-back", s.deadBeforeCommit)
	list.Run("dead-after-primary-is-committed", s.deadAfterPrimary)
	list.Run("dead-async-commit-is-committed", s.deadAsyncCommit)
	list.Run("dead-half-way-in-async-commit-is-rolled-back", s.deadHalfWayInAsyncCommit)
	list.Run("one-phase-commit", s.onePhase)
	list.Run("dead-with-many-locks-scan", s.deadWithManyLocks)
	list.Run("heartbeat-keeps-a-lock-alive", s.heartbeat)
	return list.ExitCode()
}

type suite struct {
	client *txnkv.Client
	rev    revision.Revision
}

// key keeps each check in a range of its own.
func key(area string, i int) []byte { return fmt.Appendf(nil, "txn/%s/%06d", area, i) }

// after is the end of a check's range.
func after(area string) []byte { return fmt.Appendf(nil, "txn/%s0", area) }

func value(i int) []byte { return fmt.Appendf(nil, "value of %d", i) }

// write commits what body does in one transaction.
func (s suite) write(ctx context.Context, body func(txn *transaction.KVTxn) error) error {
	txn, err := s.client.Begin()
	if err != nil {
		return err
	}
	if err := body(txn); err != nil {
		return check.First(err, txn.Rollback())
	}
	return txn.Commit(ctx)
}

func (s suite) set(ctx context.Context, key, value []byte) error {
	return s.write(ctx, func(txn *transaction.KVTxn) error { return txn.Set(key, value) })
}

// fill commits count keys in one transaction and returns them with their values, in order.
func (s suite) fill(ctx context.Context, area string, count int) (keys, values [][]byte, err error) {
	for i := range count {
		keys = append(keys, key(area, i))
		values = append(values, value(i))
	}
	return keys, values, s.write(ctx, func(txn *transaction.KVTxn) error {
		for i := range keys {
			if err := txn.Set(keys[i], values[i]); err != nil {
				return err
			}
		}
		return nil
	})
}

// readsAs reads in a transaction of its own.
func (s suite) readsAs(ctx context.Context, key, want []byte) error {
	txn, err := s.client.Begin()
	if err != nil {
		return err
	}
	got, err := s.rev.Get(ctx, txn, key)
	if err != nil {
		return fmt.Errorf("get %q: %w", key, err)
	}
	return check.First(check.Bytes(fmt.Sprintf("get %q", key), want, got), txn.Rollback())
}

// isAbsent reads in a transaction of its own.
func (s suite) isAbsent(ctx context.Context, key []byte) error {
	txn, err := s.client.Begin()
	if err != nil {
		return err
	}
	return check.First(s.isAbsentIn(ctx, txn, key), txn.Rollback())
}

func (s suite) isAbsentIn(ctx context.Context, txn *transaction.KVTxn, key []byte) error {
	got, err := s.rev.Get(ctx, txn, key)
	if err == nil {
		return fmt.Errorf("get %q: want nothing, got %d bytes", key, len(got))
	}
	if !tikverr.IsErrNotFound(err) {
		return fmt.Errorf("get %q: %w", key, err)
	}
	return nil
}
