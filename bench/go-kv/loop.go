package main

import (
	"context"
	"fmt"
	"math/rand"
	"slices"
	"sync"
	"sync/atomic"
	"syscall"
	"time"
)

// Result is one line of output.
type Result struct {
	OpsPerSecond  float64 `json:"opsPerSecond"`
	Operations    int     `json:"operations"`
	Retries       int     `json:"retries"`
	P50Ms         float64 `json:"p50Ms"`
	P99Ms         float64 `json:"p99Ms"`
	MeanBatchSize float64 `json:"meanBatchSize"`
	// CPUSeconds is what this process used while it drove, user and system, all its threads.
	CPUSeconds float64 `json:"cpuSeconds"`
}

// Keys of one batch-get.
const batchKeys = 100

func keyOf(index int) []byte {
	return fmt.Appendf(nil, "bench%011d", index)
}

// runLoop keeps o.callers operations in flight until the time is over, or a load has written every record.
func runLoop(ctx context.Context, o options, server Server) (Result, error) {
	run, isLoad, err := operationOf(o, server)
	if err != nil {
		return Result{}, err
	}
	var next, ticket, retries atomic.Int64
	latencies := make([][]time.Duration, o.callers)
	errs := make([]error, o.callers)
	var callers sync.WaitGroup
	cpuBefore := cpuSeconds()
	start := time.Now()
	for caller := range o.callers {
		callers.Go(func() {
			random := rand.New(rand.NewSource(o.seed*1_000_003 + int64(caller)))
			value := make([]byte, o.valueSize)
			random.Read(value)
			for {
				index := random.Intn(o.records)
				if isLoad {
					index = int(next.Add(1)) - 1
				}
				if (isLoad && index >= o.records) || (!isLoad && time.Since(start) >= o.duration) {
					return
				}
				began := time.Now()
				if o.rate > 0 && !isLoad {
					// An operation that could not start when it should have has waited since then: that counts.
					began = start.Add(time.Duration(float64(ticket.Add(1)-1) / o.rate * float64(time.Second)))
					time.Sleep(time.Until(began))
				}
				again, err := run(ctx, index, value)
				if err != nil {
					errs[caller] = fmt.Errorf("%s of %s: %w", o.operation, keyOf(index), err)
					return
				}
				retries.Add(int64(again))
				latencies[caller] = append(latencies[caller], time.Since(began))
			}
		})
	}
	callers.Wait()
	elapsed := time.Since(start)
	cpu := cpuSeconds() - cpuBefore
	for _, err := range errs {
		if err != nil {
			return Result{}, err
		}
	}
	all := slices.Concat(latencies...)
	if len(all) == 0 {
		return Result{}, fmt.Errorf("no operation finished in %v", elapsed)
	}
	slices.Sort(all)
	return Result{
		OpsPerSecond:  float64(len(all)) / elapsed.Seconds(),
		Operations:    len(all),
		Retries:       int(retries.Load()),
		P50Ms:         milliseconds(all[len(all)/2]),
		P99Ms:         milliseconds(all[len(all)*99/100]),
		MeanBatchSize: server.MeanBatchSize(),
		CPUSeconds:    cpu,
	}, nil
}

type operation func(ctx context.Context, index int, value []byte) (retries int, err error)

func operationOf(o options, server Server) (run operation, isLoad bool, err error) {
	put := func(ctx context.Context, index int, value []byte) (int, error) {
		return 0, server.Put(ctx, keyOf(index), value)
	}
	switch o.operation {
	case "load":
		return put, true, nil
	case "raw-put":
		return put, false, nil
	case "raw-get":
		return func(ctx context.Context, index int, value []byte) (int, error) {
			found, err := server.Get(ctx, keyOf(index))
			if err == nil {
				err = checkSize(found, value)
			}
			return 0, err
		}, false, nil
	case "raw-batch-get":
		return func(ctx context.Context, index int, value []byte) (int, error) {
			keys := make([][]byte, batchKeys)
			for at := range keys {
				keys[at] = keyOf((index + at) % o.records)
			}
			found, err := server.BatchGet(ctx, keys)
			for at := 0; err == nil && at < len(keys); at++ {
				err = checkSize(found[at], value)
			}
			return 0, err
		}, false, nil
	case "txn-load":
		return func(ctx context.Context, index int, value []byte) (int, error) {
			return 0, server.Store(ctx, keyOf(index), value)
		}, true, nil
	case "txn-rmw":
		return func(ctx context.Context, index int, value []byte) (int, error) {
			return server.ReadModifyWrite(ctx, keyOf(index), value)
		}, false, nil
	case "txn-two":
		return func(ctx context.Context, index int, value []byte) (int, error) {
			return server.StoreTwo(ctx, keyOf(index), keyOf((index+o.records/2)%o.records), value)
		}, false, nil
	default:
		return nil, false, fmt.Errorf("unknown operation %q", o.operation)
	}
}

func checkSize(found, stored []byte) error {
	if len(found) != len(stored) {
		return fmt.Errorf("a value of %d bytes came back, %d were stored", len(found), len(stored))
	}
	return nil
}

func cpuSeconds() float64 {
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		return 0
	}
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano()).Seconds()
}

func milliseconds(d time.Duration) float64 {
	return float64(d.Microseconds()) / 1000
}
