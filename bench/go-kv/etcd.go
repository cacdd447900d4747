package main

import (
	"context"
	"fmt"
	"strings"
	"time"

	clientv3 "go.etcd.io/etcd/client/v3"
)

type etcd struct {
	client *clientv3.Client
}

func connectEtcd(address string) (Server, error) {
	client, err := clientv3.New(clientv3.Config{Endpoints: strings.Split(address, ","), DialTimeout: 5 * time.Second})
	if err != nil {
		return nil, err
	}
	return &etcd{client: client}, nil
}

func (e *etcd) Get(ctx context.Context, key []byte) ([]byte, error) {
	answer, err := e.client.Get(ctx, string(key))
	if err != nil {
		return nil, err
	}
	if len(answer.Kvs) == 0 {
		return nil, fmt.Errorf("key not found")
	}
	return answer.Kvs[0].Value, nil
}

func (e *etcd) Put(ctx context.Context, key, value []byte) error {
	_, err := e.client.Put(ctx, string(key), string(value))
	return err
}

func (e *etcd) Store(ctx context.Context, key, value []byte) error {
	return e.Put(ctx, key, value)
}

func (e *etcd) ReadModifyWrite(ctx context.Context, key, value []byte) (int, error) {
	for retries := 0; ; retries++ {
		read, err := e.client.Get(ctx, string(key))
		if err != nil {
			return retries, err
		}
		if len(read.Kvs) == 0 {
			return retries, fmt.Errorf("key not found")
		}
		unchanged := clientv3.Compare(clientv3.ModRevision(string(key)), "=", read.Kvs[0].ModRevision)
		answer, err := e.client.Txn(ctx).If(unchanged).Then(clientv3.OpPut(string(key), string(value))).Commit()
		if err != nil {
			return retries, err
		}
		if answer.Succeeded {
			return retries, nil
		}
	}
}

// BatchGet is one etcd transaction of reads.
func (e *etcd) BatchGet(ctx context.Context, keys [][]byte) ([][]byte, error) {
	reads := make([]clientv3.Op, len(keys))
	for at, key := range keys {
		reads[at] = clientv3.OpGet(string(key))
	}
	answer, err := e.client.Txn(ctx).Then(reads...).Commit()
	if err != nil {
		return nil, err
	}
	values := make([][]byte, len(keys))
	for at, response := range answer.Responses {
		kvs := response.GetResponseRange().Kvs
		if len(kvs) == 0 {
			return nil, fmt.Errorf("key %s not found", keys[at])
		}
		values[at] = kvs[0].Value
	}
	return values, nil
}

func (e *etcd) StoreTwo(ctx context.Context, first, second, value []byte) (int, error) {
	_, err := e.client.Txn(ctx).Then(
		clientv3.OpPut(string(first), string(value)),
		clientv3.OpPut(string(second), string(value)),
	).Commit()
	return 0, err
}

// MeanBatchSize is 1: every etcd operation is a call of its own.
func (e *etcd) MeanBatchSize() float64 {
	return 1
}

func (e *etcd) Close() {
	e.client.Close()
}
