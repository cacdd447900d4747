package txnapi

import (
	"bytes"
	"context"
	"errors"
	"fmt"

	tikverr "github.com/tikv/client-go/v2/error"
	"github.com/tikv/client-go/v2/kv"
	"github.com/tikv/client-go/v2/txnkv/transaction"
	"stratakv/conformance/go-suite/check"
)

func (s suite) timestampsGrow(ctx context.Context) error {
	var previous uint64
	for range 1000 {
		next, err := s.client.GetTimestamp(ctx)
		if err != nil {
			return err
		}
		if next <= previous {
			return fmt.Errorf("timestamp %d after %d", next, previous)
		}
		previous = next
	}
	return nil
}

func (s suite) setGet(ctx context.Context) error {
	return check.First(s.set(ctx, key("set", 1), value(1)), s.readsAs(ctx, key("set", 1), value(1)))
}

func (s suite) missingKey(ctx context.Context) error {
	return s.isAbsent(ctx, key("missing", 1))
}

func (s suite) readOwnWrites(ctx context.Context) error {
	if err := s.set(ctx, key("own", 1), value(1)); err != nil {
		return err
	}
	return s.write(ctx, func(txn *transaction.KVTxn) error {
		if err := check.First(txn.Set(key("own", 2), value(2)), txn.Delete(key("own", 1))); err != nil {
			return err
		}
		got, err := s.rev.Get(ctx, txn, key("own", 2))
		return check.First(err, check.Bytes("own write", value(2), got), s.isAbsentIn(ctx, txn, key("own", 1)))
	})
}

func (s suite) batchGet(ctx context.Context) error {
	keys, values, err := s.fill(ctx, "batch", 600)
	if err != nil {
		return err
	}
	txn, err := s.client.Begin()
	if err != nil {
		return err
	}
	got, err := s.rev.BatchGet(ctx, txn, append(keys, key("batch", 9999)))
	if err := check.First(err, check.Equal("found", len(keys), len(got))); err != nil {
		return err
	}
	for i := range keys {
		if err := check.Bytes(string(keys[i]), values[i], got[string(keys[i])]); err != nil {
			return err
		}
	}
	return txn.Rollback()
}

func (s suite) delete(ctx context.Context) error {
	name := key("delete", 1)
	remove := func(txn *transaction.KVTxn) error { return txn.Delete(name) }
	return check.First(
		s.set(ctx, name, value(1)),
		s.write(ctx, remove),
		s.isAbsent(ctx, name),
		// Deleting what is not there is no error.
		s.write(ctx, remove),
		s.set(ctx, name, value(2)),
		s.readsAs(ctx, name, value(2)),
	)
}

func (s suite) rollback(ctx context.Context) error {
	txn, err := s.client.Begin()
	if err != nil {
		return err
	}
	return check.First(
		txn.Set(key("rollback", 1), value(1)),
		txn.Rollback(),
		s.isAbsent(ctx, key("rollback", 1)),
	)
}

// valueSizes goes round the border of 255 bytes, beyond which a value leaves the lock record.
func (s suite) valueSizes(ctx context.Context) error {
	for i, size := range []int{1, 2, 254, 255, 256, 257, 4096, 1 << 16, 1 << 20} {
		content := bytes.Repeat([]byte{byte('a' + i)}, size)
		if err := check.First(
			s.set(ctx, key("sizes", i), content),
			s.readsAs(ctx, key("sizes", i), content)); err != nil {
			return fmt.Errorf("%d bytes: %w", size, err)
		}
	}
	return nil
}

// binaryKeys goes round the border of 8 bytes, the group length of encoded keys.
func (s suite) binaryKeys(ctx context.Context) error {
	keys := [][]byte{{0}, {0, 0}, {0, 0xff}, {0x80}, {0xff}, {0xff, 0}}
	for length := 7; length <= 17; length++ {
		keys = append(keys, bytes.Repeat([]byte{0xf7}, length))
	}
	if err := s.write(ctx, func(txn *transaction.KVTxn) error {
		for i, key := range keys {
			if err := txn.Set(key, value(i)); err != nil {
				return err
			}
		}
		return nil
	}); err != nil {
		return err
	}
	for i, key := range keys {
		if err := s.readsAs(ctx, key, value(i)); err != nil {
			return err
		}
	}
	return s.write(ctx, func(txn *transaction.KVTxn) error {
		for _, key := range keys {
			if err := txn.Delete(key); err != nil {
				return err
			}
		}
		return nil
	})
}

func (s suite) commitModes(ctx context.Context) error {
	for i, mode := range []struct {
		name               string
		asyncCommit, onePC bool
	}{{"two-phase", false, false}, {"async-commit", true, false}, {"one-phase", false, true}, {"both", true, true}} {
		if err := s.write(ctx, func(txn *transaction.KVTxn) error {
			txn.SetEnableAsyncCommit(mode.asyncCommit)
			txn.SetEnable1PC(mode.onePC)
			return check.First(txn.Set(key("modes", 2*i), value(i)), txn.Set(key("modes", 2*i+1), value(i)))
		}); err != nil {
			return fmt.Errorf("%s: %w", mode.name, err)
		}
		if err := check.First(
			s.readsAs(ctx, key("modes", 2*i), value(i)),
			s.readsAs(ctx, key("modes", 2*i+1), value(i))); err != nil {
			return fmt.Errorf("%s: %w", mode.name, err)
		}
	}
	return nil
}

func (s suite) oldSnapshot(ctx context.Context) error {
	name := key("snapshot", 1)
	var stamps []uint64
	for i := range 5 {
		stamp, err := s.client.GetTimestamp(ctx)
		if err != nil {
			return err
		}
		stamps = append(stamps, stamp)
		if err := s.set(ctx, name, value(i)); err != nil {
			return err
		}
	}
	for i, stamp := range stamps {
		got, err := s.rev.SnapshotGet(ctx, s.client.GetSnapshot(stamp), name)
		if i == 0 {
			if !tikverr.IsErrNotFound(err) {
				return fmt.Errorf("before the first write: want not found, got %q, %v", got, err)
			}
			continue
		}
		if err := check.First(err, check.Bytes(fmt.Sprintf("before write %d", i), value(i-1), got)); err != nil {
			return err
		}
	}
	return nil
}

func (s suite) writeConflict(ctx context.Context) error {
	name := key("conflict", 1)
	for _, onePhase := range []bool{false, true} {
		first, err := s.client.Begin()
		if err != nil {
			return err
		}
		first.SetEnable1PC(onePhase)
		if err := check.First(s.set(ctx, name, value(1)), first.Set(name, value(2))); err != nil {
			return err
		}
		if err := first.Commit(ctx); !tikverr.IsErrWriteConflict(err) {
			return fmt.Errorf("one-phase %t: want a write conflict, got %v", onePhase, err)
		}
		if err := check.First(
			s.readsAs(ctx, name, value(1)),
			s.set(ctx, name, value(3)),
			s.readsAs(ctx, name, value(3))); err != nil {
			return err
		}
	}
	return nil
}

func (s suite) insertIfAbsent(ctx context.Context) error {
	name := key("insert", 1)
	insert := func(content []byte) error {
		return s.write(ctx, func(txn *transaction.KVTxn) error {
			return txn.GetMemBuffer().SetWithFlags(name, content, kv.SetPresumeKeyNotExists)
		})
	}
	if err := check.First(insert(value(1)), s.readsAs(ctx, name, value(1))); err != nil {
		return err
	}
	if err := insert(value(2)); !tikverr.IsErrKeyExist(err) {
		return fmt.Errorf("inserting an existing key: want already-exists, got %v", err)
	}
	return check.First(
		s.readsAs(ctx, name, value(1)),
		s.write(ctx, func(txn *transaction.KVTxn) error { return txn.Delete(name) }),
		insert(value(3)),
		s.readsAs(ctx, name, value(3)),
	)
}

// largeTransaction has many prewrite and commit batches, so secondaries are committed in the background.
func (s suite) largeTransaction(ctx context.Context) error {
	const count = 5000
	content := bytes.Repeat([]byte{'c'}, 300)
	if err := s.write(ctx, func(txn *transaction.KVTxn) error {
		for i := range count {
			if err := txn.Set(key("large", i), append(value(i), content...)); err != nil {
				return err
			}
		}
		return nil
	}); err != nil {
		return err
	}
	txn, err := s.client.Begin()
	if err != nil {
		return err
	}
	found, err := txn.Iter(key("large", 0), after("large"))
	if err != nil {
		return err
	}
	defer found.Close()
	for i := range count {
		if !found.Valid() {
			return fmt.Errorf("scan ended after %d of %d keys", i, count)
		}
		if err := check.First(
			check.Bytes("key", key("large", i), found.Key()),
			check.Bytes("value", append(value(i), content...), found.Value()),
			found.Next()); err != nil {
			return err
		}
	}
	if found.Valid() {
		return errors.New("more keys than were written")
	}
	return txn.Rollback()
}
