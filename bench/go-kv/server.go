package main

import "context"

// Server is what both sides can do. A missing key is an error: a miss must never count as a fast success.
type Server interface {
	Get(ctx context.Context, key []byte) ([]byte, error)
	Put(ctx context.Context, key, value []byte) error
	// Store writes a key so that ReadModifyWrite finds it.
	Store(ctx context.Context, key, value []byte) error
	// ReadModifyWrite reads a key and writes value to it in one transaction, again and again until no other
	// transaction came between. It returns how often it had to begin anew.
	ReadModifyWrite(ctx context.Context, key, value []byte) (retries int, err error)
	// BatchGet reads many keys in one call. A missing key is an error.
	BatchGet(ctx context.Context, keys [][]byte) ([][]byte, error)
	// StoreTwo writes value to both keys in one transaction, again and again until no other came between.
	StoreTwo(ctx context.Context, first, second, value []byte) (retries int, err error)
	// MeanBatchSize is the mean number of requests in one message to the server, so far.
	MeanBatchSize() float64
	Close()
}
