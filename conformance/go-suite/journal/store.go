package journal

import (
	"bytes"
	"context"
	"fmt"

	"github.com/tikv/client-go/v2/rawkv"
	"github.com/tikv/client-go/v2/txnkv"
)

// store is the little that writer and checker need of either API.
type store interface {
	put(ctx context.Context, key string, value []byte) error
	// each calls visit for every key with the prefix, in order.
	each(ctx context.Context, prefix string, visit func(key string, value []byte) error) error
	close()
}

func open(pd, mode string) (store, error) {
	switch mode {
	case "raw":
		client, err := rawkv.NewClientWithOpts(context.Background(), []string{pd})
		return rawStore{client}, err
	case "txn":
		client, err := txnkv.NewClient([]string{pd})
		return txnStore{client}, err
	}
	return nil, fmt.Errorf("no mode %q: raw, txn", mode)
}

type rawStore struct{ client *rawkv.Client }

func (s rawStore) put(ctx context.Context, key string, value []byte) error {
	return s.client.Put(ctx, []byte(key), value)
}

func (s rawStore) each(ctx context.Context, prefix string, visit func(key string, value []byte) error) error {
	const page = 1000
	start := []byte(prefix)
	for {
		keys, values, err := s.client.Scan(ctx, start, endOf(prefix), page)
		if err != nil {
			return err
		}
		for i := range keys {
			if err := visit(string(keys[i]), values[i]); err != nil {
				return err
			}
		}
		if len(keys) < page {
			return nil
		}
		start = append(bytes.Clone(keys[len(keys)-1]), 0)
	}
}

func (s rawStore) close() { s.client.Close() }

type txnStore struct{ client *txnkv.Client }

func (s txnStore) put(ctx context.Context, key string, value []byte) error {
	txn, err := s.client.Begin()
	if err != nil {
		return err
	}
	if err := txn.Set([]byte(key), value); err != nil {
		return err
	}
	return txn.Commit(ctx)
}

func (s txnStore) each(_ context.Context, prefix string, visit func(key string, value []byte) error) error {
	txn, err := s.client.Begin()
	if err != nil {
		return err
	}
	defer txn.Rollback()
	found, err := txn.Iter([]byte(prefix), endOf(prefix))
	if err != nil {
		return err
	}
	defer found.Close()
	for found.Valid() {
		if err := visit(string(found.Key()), found.Value()); err != nil {
			return err
		}
		if err := found.Next(); err != nil {
			return err
		}
	}
	return nil
}

func (s txnStore) close() { s.client.Close() }

// endOf is the first key after all that start with prefix.
func endOf(prefix string) []byte {
	end := []byte(prefix)
	end[len(end)-1]++
	return end
}
