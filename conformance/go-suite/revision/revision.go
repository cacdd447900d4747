// Package revision names what the July 2022 and the newest client-go spell differently. Everything else in this
// module compiles against both: each program's go.mod decides which one it gets.
package revision

import (
	"context"

	"github.com/tikv/client-go/v2/txnkv/transaction"
	"github.com/tikv/client-go/v2/txnkv/txnsnapshot"
)

// Iterator is what both revisions return from a scan.
type Iterator interface {
	Valid() bool
	Key() []byte
	Value() []byte
	Next() error
	Close()
}

// Revision is one client-go.
type Revision struct {
	// Name is printed, and chosen by the program.
	Name string
	// PutsEmptyRawValues says whether rawkv sends an empty value or refuses it itself.
	PutsEmptyRawValues bool

	Get         func(ctx context.Context, txn *transaction.KVTxn, key []byte) ([]byte, error)
	BatchGet    func(ctx context.Context, txn *transaction.KVTxn, keys [][]byte) (map[string][]byte, error)
	SnapshotGet func(ctx context.Context, snapshot *txnsnapshot.KVSnapshot, key []byte) ([]byte, error)
	// IterReverse walks down from the largest key below end. It has no lower bound: the caller stops.
	IterReverse func(txn *transaction.KVTxn, end []byte) (Iterator, error)
}
