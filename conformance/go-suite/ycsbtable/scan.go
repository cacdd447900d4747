package ycsbtable

import (
	"bytes"
	"context"
	"fmt"

	"github.com/tikv/client-go/v2/rawkv"
	"github.com/tikv/client-go/v2/txnkv"
	"stratakv/conformance/go-suite/check"
)

// page is how many rows of a raw scan are asked for at once: about 1 MiB.
const page = 1000

// Run checks the table in mode "raw" or "txn".
func Run(pd, mode string, shape Shape) int {
	var list check.List
	list.Run("every-row", func(ctx context.Context) error { return verify(ctx, pd, mode, shape) })
	return list.ExitCode()
}

func verify(ctx context.Context, pd, mode string, shape Shape) error {
	expected := make(map[string]bool, shape.RecordCount)
	for record := range shape.RecordCount {
		expected[rowName(record)] = true
	}
	if len(expected) != shape.RecordCount {
		return fmt.Errorf("%d records have only %d names", shape.RecordCount, len(expected))
	}
	prefix := []byte(shape.Table + ":")
	end := append(bytes.Clone(prefix[:len(prefix)-1]), prefix[len(prefix)-1]+1)
	rows := 0
	var previous []byte
	each := func(key, row []byte) error {
		if previous != nil && bytes.Compare(previous, key) >= 0 {
			return fmt.Errorf("scan gave %q after %q", key, previous)
		}
		previous = bytes.Clone(key)
		name := string(key[len(prefix):])
		if !expected[name] {
			return fmt.Errorf("row %q should not be there", key)
		}
		rows++
		if err := checkRow(shape, name, row); err != nil {
			return fmt.Errorf("row %q: %w", key, err)
		}
		return nil
	}
	scan := scanRaw
	if mode == "txn" {
		scan = scanTxn
	}
	if err := scan(ctx, pd, prefix, end, each); err != nil {
		return err
	}
	fmt.Printf("note every-row: %d rows of %d fields, %d bytes each\n", rows, shape.FieldCount, shape.FieldBytes)
	return check.Equal("rows", shape.RecordCount, rows)
}

func scanRaw(ctx context.Context, pd string, start, end []byte, each func(key, row []byte) error) error {
	client, err := rawkv.NewClientWithOpts(ctx, []string{pd})
	if err != nil {
		return err
	}
	defer client.Close()
	for {
		keys, rows, err := client.Scan(ctx, start, end, page)
		if err != nil {
			return err
		}
		for i := range keys {
			if err := each(keys[i], rows[i]); err != nil {
				return err
			}
		}
		if len(keys) < page {
			return nil
		}
		start = append(bytes.Clone(keys[len(keys)-1]), 0)
	}
}

func scanTxn(ctx context.Context, pd string, start, end []byte, each func(key, row []byte) error) error {
	client, err := txnkv.NewClient([]string{pd})
	if err != nil {
		return err
	}
	defer client.Close()
	txn, err := client.Begin()
	if err != nil {
		return err
	}
	defer txn.Rollback()
	found, err := txn.Iter(start, end)
	if err != nil {
		return err
	}
	defer found.Close()
	for found.Valid() {
		if err := each(found.Key(), found.Value()); err != nil {
			return err
		}
		if err := found.Next(); err != nil {
			return err
		}
	}
	return nil
}
