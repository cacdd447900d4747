// Command go-kv drives one key-value server with a closed loop of callers, or at an offered load, and prints what it saw as one JSON object.
// The same program, with the same keys and values, drives StrataKV through client-go and etcd through clientv3.
package main

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"time"
)

type options struct {
	target    string
	address   string
	operation string
	callers   int
	duration  time.Duration
	warmup    time.Duration
	records   int
	valueSize int
	seed      int64
	rate      float64
}

func main() {
	var o options
	flag.StringVar(&o.target, "target", "", "stratakv or etcd")
	flag.StringVar(&o.address, "address", "", "host:port of the placement driver, or of etcd")
	flag.StringVar(&o.operation, "operation", "", "load, raw-get, raw-put, raw-batch-get, txn-load, txn-rmw or txn-two")
	flag.IntVar(&o.callers, "callers", 32, "callers, each with one operation in flight")
	flag.DurationVar(&o.duration, "duration", 5*time.Second, "how long to drive; a load ends with its records")
	flag.DurationVar(&o.warmup, "warmup", 0, "how long to drive before anything is counted")
	flag.IntVar(&o.records, "records", 10000, "distinct keys")
	flag.IntVar(&o.valueSize, "value-size", 1024, "bytes of a value")
	flag.Float64Var(&o.rate, "rate", 0, "operations a second that are offered, all callers together; latency counts from when each should have started; 0 = as many as the callers manage")
	flag.Int64Var(&o.seed, "seed", 1, "seed of keys and values")
	flag.Parse()
	if err := drive(context.Background(), o); err != nil {
		fmt.Fprintln(os.Stderr, "go-kv:", err)
		os.Exit(1)
	}
}

func drive(ctx context.Context, o options) error {
	server, err := connect(ctx, o.target, o.address)
	if err != nil {
		return fmt.Errorf("connect to %s at %s: %w", o.target, o.address, err)
	}
	defer server.Close()
	if o.warmup > 0 {
		warmup := o
		warmup.duration = o.warmup
		if _, err := runLoop(ctx, warmup, server); err != nil {
			return err
		}
	}
	result, err := runLoop(ctx, o, server)
	if err != nil {
		return err
	}
	return json.NewEncoder(os.Stdout).Encode(result)
}

func connect(ctx context.Context, target, address string) (Server, error) {
	switch target {
	case "stratakv":
		return connectStrata(ctx, address)
	case "etcd":
		return connectEtcd(address)
	default:
		return nil, fmt.Errorf("unknown target %q", target)
	}
}
