// The conformance programs on the newest client-go.
package main

import (
	"context"

	"github.com/tikv/client-go/v2/txnkv/transaction"
	"github.com/tikv/client-go/v2/txnkv/txnsnapshot"
	"stratakv/conformance/go-suite/command"
	"stratakv/conformance/go-suite/revision"
)

func main() {
	command.Main(revision.Revision{
		Name:               "client-go-head",
		PutsEmptyRawValues: true,
		Get: func(ctx context.Context, txn *transaction.KVTxn, key []byte) ([]byte, error) {
			entry, err := txn.Get(ctx, key)
			return entry.Value, err
		},
		BatchGet: func(ctx context.Context, txn *transaction.KVTxn, keys [][]byte) (map[string][]byte, error) {
			entries, err := txn.BatchGet(ctx, keys)
			if err != nil {
				return nil, err
			}
			values := make(map[string][]byte, len(entries))
			for key, entry := range entries {
				values[key] = entry.Value
			}
			return values, nil
		},
		SnapshotGet: func(ctx context.Context, snapshot *txnsnapshot.KVSnapshot, key []byte) ([]byte, error) {
			entry, err := snapshot.Get(ctx, key)
			return entry.Value, err
		},
		IterReverse: func(txn *transaction.KVTxn, end []byte) (revision.Iterator, error) {
			return txn.IterReverse(end, nil)
		},
	})
}
