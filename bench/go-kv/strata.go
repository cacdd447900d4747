package main

import (
	"context"
	"fmt"

	"github.com/pingcap/log"
	"github.com/prometheus/client_golang/prometheus"
	tikverr "github.com/tikv/client-go/v2/error"
	"github.com/tikv/client-go/v2/metrics"
	"github.com/tikv/client-go/v2/rawkv"
	"github.com/tikv/client-go/v2/txnkv"
)

// strata is any TiKV-compatible cluster, through client-go. Raw and transactional keys must not meet in one server:
// a benchmark uses one kind or the other.
type strata struct {
	raw     *rawkv.Client
	txn     *txnkv.Client
	batches *prometheus.Registry
}

func connectStrata(ctx context.Context, address string) (Server, error) {
	logger, properties, err := log.InitLogger(&log.Config{Level: "error"})
	if err != nil {
		return nil, err
	}
	log.ReplaceGlobals(logger, properties)
	raw, err := rawkv.NewClientWithOpts(ctx, []string{address})
	if err != nil {
		return nil, err
	}
	txn, err := txnkv.NewClient([]string{address})
	if err != nil {
		return nil, err
	}
	batches := prometheus.NewRegistry()
	batches.MustRegister(metrics.TiKVBatchRequests)
	return &strata{raw: raw, txn: txn, batches: batches}, nil
}

func (s *strata) Get(ctx context.Context, key []byte) ([]byte, error) {
	return s.raw.Get(ctx, key)
}

func (s *strata) Put(ctx context.Context, key, value []byte) error {
	return s.raw.Put(ctx, key, value)
}

func (s *strata) Store(ctx context.Context, key, value []byte) error {
	txn, err := s.txn.Begin()
	if err != nil {
		return err
	}
	if err := txn.Set(key, value); err != nil {
		return err
	}
	return txn.Commit(ctx)
}

func (s *strata) ReadModifyWrite(ctx context.Context, key, value []byte) (int, error) {
	for retries := 0; ; retries++ {
		txn, err := s.txn.Begin()
		if err != nil {
			return retries, err
		}
		if _, err := txn.Get(ctx, key); err != nil {
			return retries, err
		}
		if err := txn.Set(key, value); err != nil {
			return retries, err
		}
		err = txn.Commit(ctx)
		if err == nil {
			return retries, nil
		}
		if !tikverr.IsErrWriteConflict(err) {
			return retries, err
		}
	}
}

func (s *strata) BatchGet(ctx context.Context, keys [][]byte) ([][]byte, error) {
	values, err := s.raw.BatchGet(ctx, keys)
	if err != nil {
		return nil, err
	}
	for at, value := range values {
		if value == nil {
			return nil, fmt.Errorf("key %s not found", keys[at])
		}
	}
	return values, nil
}

func (s *strata) StoreTwo(ctx context.Context, first, second, value []byte) (int, error) {
	for retries := 0; ; retries++ {
		txn, err := s.txn.Begin()
		if err != nil {
			return retries, err
		}
		if err := txn.Set(first, value); err != nil {
			return retries, err
		}
		if err := txn.Set(second, value); err != nil {
			return retries, err
		}
		err = txn.Commit(ctx)
		if err == nil {
			return retries, nil
		}
		if !tikverr.IsErrWriteConflict(err) {
			return retries, err
		}
	}
}

func (s *strata) MeanBatchSize() float64 {
	families, err := s.batches.Gather()
	if err != nil {
		return 0
	}
	var sum float64
	var count uint64
	for _, family := range families {
		for _, metric := range family.GetMetric() {
			sum += metric.GetHistogram().GetSampleSum()
			count += metric.GetHistogram().GetSampleCount()
		}
	}
	if count == 0 {
		return 0
	}
	return sum / float64(count)
}

func (s *strata) Close() {
	s.raw.Close()
	s.txn.Close()
}
