package txnapi

import (
	"bytes"
	"context"

	"github.com/tikv/client-go/v2/txnkv/transaction"
	"stratakv/conformance/go-suite/check"
	"stratakv/conformance/go-suite/revision"
)

// scanned is more than two pages of 256 keys, so that scans are continued.
const scanned = 700

// drain collects an iterator until its end or until more says no.
func drain(found revision.Iterator, more func(key []byte) bool) (keys, values [][]byte, err error) {
	defer found.Close()
	for found.Valid() && more(found.Key()) {
		keys = append(keys, bytes.Clone(found.Key()))
		values = append(values, bytes.Clone(found.Value()))
		if err := found.Next(); err != nil {
			return nil, nil, err
		}
	}
	return keys, values, nil
}

func always([]byte) bool { return true }

func (s suite) scan(ctx context.Context) error {
	keys, values, err := s.fill(ctx, "scan", scanned)
	if err != nil {
		return err
	}
	txn, err := s.client.Begin()
	if err != nil {
		return err
	}
	defer txn.Rollback()
	for _, bounds := range [][2]int{{0, scanned}, {10, 600}, {255, 257}, {5, 5}, {699, 700}} {
		end := after("scan")
		if bounds[1] < scanned {
			end = keys[bounds[1]]
		}
		found, err := txn.Iter(keys[bounds[0]], end)
		if err != nil {
			return err
		}
		gotKeys, gotValues, err := drain(found, always)
		if err := check.First(err,
			check.All("keys", keys[bounds[0]:bounds[1]], gotKeys),
			check.All("values", values[bounds[0]:bounds[1]], gotValues)); err != nil {
			return err
		}
	}
	return nil
}

func (s suite) scanOwnWrites(ctx context.Context) error {
	keys, values, err := s.fill(ctx, "merge", 6)
	if err != nil {
		return err
	}
	return s.write(ctx, func(txn *transaction.KVTxn) error {
		if err := check.First(
			txn.Delete(keys[1]),
			txn.Set(keys[3], []byte("own")),
			txn.Set(key("merge", 9), []byte("new"))); err != nil {
			return err
		}
		found, err := txn.Iter(keys[0], after("merge"))
		if err != nil {
			return err
		}
		gotKeys, gotValues, err := drain(found, always)
		return check.First(err,
			check.All("keys", [][]byte{keys[0], keys[2], keys[3], keys[4], keys[5], key("merge", 9)}, gotKeys),
			check.All("values",
				[][]byte{values[0], values[2], []byte("own"), values[4], values[5], []byte("new")}, gotValues))
	})
}

func (s suite) scanKeyOnly(ctx context.Context) error {
	keys, _, err := s.fill(ctx, "key-only", 300)
	if err != nil {
		return err
	}
	stamp, err := s.client.GetTimestamp(ctx)
	if err != nil {
		return err
	}
	snapshot := s.client.GetSnapshot(stamp)
	snapshot.SetKeyOnly(true)
	found, err := snapshot.Iter(keys[0], after("key-only"))
	if err != nil {
		return err
	}
	gotKeys, gotValues, err := drain(found, always)
	return check.First(err,
		check.All("keys", keys, gotKeys),
		check.All("values", make([][]byte, len(keys)), gotValues))
}

func (s suite) reverseScan(ctx context.Context) error {
	keys, _, err := s.fill(ctx, "reverse", scanned)
	if err != nil {
		return err
	}
	txn, err := s.client.Begin()
	if err != nil {
		return err
	}
	defer txn.Rollback()
	found, err := s.rev.IterReverse(txn, keys[690])
	if err != nil {
		return err
	}
	got, values, err := drain(found, func(key []byte) bool { return bytes.Compare(key, keys[5]) >= 0 })
	if err := check.First(err, check.Equal("length", 685, len(got))); err != nil {
		return err
	}
	for i := range got {
		if err := check.First(
			check.Bytes("key", keys[689-i], got[i]),
			check.Bytes("value", value(689-i), values[i])); err != nil {
			return err
		}
	}
	return nil
}
