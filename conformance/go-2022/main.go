// The conformance programs on the client-go of July 2022, the one that go-ycsb pins.
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
		Name: "client-go-2022",
		Get: func(ctx context.Context, txn *transaction.KVTxn, key []byte) ([]byte, error) {
			return txn.Get(ctx, key)
		},
		BatchGet: func(ctx context.Context, txn *transaction.KVTxn, keys [][]byte) (map[string][]byte, error) {
			return txn.BatchGet(ctx, keys)
		},
		SnapshotGet: func(ctx context.Context, snapshot *txnsnapshot.KVSnapshot, key []byte) ([]byte, error) {
			return snapshot.Get(ctx, key)
		},
		IterReverse: func(txn *transaction.KVTxn, end []byte) (revision.Iterator, error) {
			return txn.IterReverse(end)
		},
	})
}
