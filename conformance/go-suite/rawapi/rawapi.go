// Package rawapi checks the raw API as an application sees it through rawkv.
package rawapi

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"hash/crc64"
	"sync"

	"github.com/tikv/client-go/v2/rawkv"
	"stratakv/conformance/go-suite/check"
	"stratakv/conformance/go-suite/revision"
)

const (
	// maxKeyBytes is storage.max-key-size, which a raw key may reach but not pass.
	maxKeyBytes = 8192
	// manyKeys is more than one rawkv batch (512 keys) and more than one batch by size (16 KiB).
	manyKeys = 1200
)

// Run calls every raw method against the cluster behind the placement driver pd.
func Run(pd string, rev revision.Revision) int {
	var list check.List
	client, err := rawkv.NewClientWithOpts(context.Background(), []string{pd})
	list.Run("connect", func(context.Context) error { return err })
	if err != nil {
		return list.ExitCode()
	}
	defer client.Close()
	s := suite{client: client, rev: rev}
	list.Run("put-get", s.putGet)
	list.Run("missing-key", s.missingKey)
	list.Run("overwrite", s.overwrite)
	list.Run("delete", s.delete)
	list.Run("binary-keys", s.binaryKeys)
	list.Run("big-values", s.bigValues)
	list.Run("empty-value", s.emptyValue)
	list.Run("longest-key", s.longestKey)
	list.Run("batch-put-get", s.batchPutGet)
	list.Run("batch-delete", s.batchDelete)
	list.Run("scan", s.scan)
	list.Run("scan-limits", s.scanLimits)
	list.Run("scan-key-only", s.scanKeyOnly)
	list.Run("reverse-scan", s.reverseScan)
	list.Run("delete-range", s.deleteRange)
	list.Run("column-family", s.columnFamily)
	list.Run("ttl-is-refused", s.ttlIsRefused)
	list.Run("checksum", s.checksum)
	list.Run("compare-and-swap", s.compareAndSwap)
	list.Run("compare-and-swap-contended", s.compareAndSwapContended)
	list.Run("many-callers", s.manyCallers)
	return list.ExitCode()
}

type suite struct {
	client *rawkv.Client
	rev    revision.Revision
}

// key keeps each check in a range of its own.
func key(area string, i int) []byte { return fmt.Appendf(nil, "raw/%s/%06d", area, i) }

// after is the end of a check's range.
func after(area string) []byte { return fmt.Appendf(nil, "raw/%s0", area) }

func value(i int) []byte { return fmt.Appendf(nil, "value of %d", i) }

// fill writes count keys and returns them with their values, in order.
func (s suite) fill(ctx context.Context, area string, count int) (keys, values [][]byte, err error) {
	for i := range count {
		keys = append(keys, key(area, i))
		values = append(values, value(i))
	}
	return keys, values, s.client.BatchPut(ctx, keys, values)
}

func (s suite) readsAs(ctx context.Context, key, want []byte) error {
	got, err := s.client.Get(ctx, key)
	if err != nil {
		return err
	}
	if got == nil {
		return fmt.Errorf("get %q: not found", key)
	}
	return check.Bytes(fmt.Sprintf("get %q", key), want, got)
}

func (s suite) isAbsent(ctx context.Context, key []byte) error {
	got, err := s.client.Get(ctx, key)
	if err != nil {
		return err
	}
	if got != nil {
		return fmt.Errorf("get %q: want nothing, got %d bytes", key, len(got))
	}
	return nil
}

func (s suite) putGet(ctx context.Context) error {
	return check.First(
		s.client.Put(ctx, key("put", 1), value(1)),
		s.readsAs(ctx, key("put", 1), value(1)),
	)
}

func (s suite) missingKey(ctx context.Context) error {
	return s.isAbsent(ctx, key("missing", 1))
}

func (s suite) overwrite(ctx context.Context) error {
	for i := range 3 {
		if err := s.client.Put(ctx, key("overwrite", 1), value(i)); err != nil {
			return err
		}
		if err := s.readsAs(ctx, key("overwrite", 1), value(i)); err != nil {
			return err
		}
	}
	return nil
}

func (s suite) delete(ctx context.Context) error {
	return check.First(
		s.client.Put(ctx, key("delete", 1), value(1)),
		s.client.Delete(ctx, key("delete", 1)),
		s.isAbsent(ctx, key("delete", 1)),
		// Deleting what is not there is no error.
		s.client.Delete(ctx, key("delete", 1)),
	)
}

func (s suite) binaryKeys(ctx context.Context) error {
	keys := [][]byte{{0}, {0, 0}, {0, 0xff}, {0x7a}, {0x80}, {0xff}, {0xff, 0}, {0xff, 0xff, 0xff}}
	for length := 7; length <= 17; length++ {
		keys = append(keys, bytes.Repeat([]byte{0xf7}, length))
	}
	for i, key := range keys {
		if err := s.client.Put(ctx, key, value(i)); err != nil {
			return fmt.Errorf("put %x: %w", key, err)
		}
	}
	for i, key := range keys {
		if err := s.readsAs(ctx, key, value(i)); err != nil {
			return err
		}
	}
	return s.client.BatchDelete(ctx, keys)
}

func (s suite) bigValues(ctx context.Context) error {
	for i, size := range []int{255, 256, 4096, 1 << 16, 1 << 20, 4 << 20} {
		big := bytes.Repeat([]byte{byte('a' + i)}, size)
		if err := s.client.Put(ctx, key("big", i), big); err != nil {
			return fmt.Errorf("put of %d bytes: %w", size, err)
		}
		if err := s.readsAs(ctx, key("big", i), big); err != nil {
			return err
		}
	}
	return s.client.DeleteRange(ctx, key("big", 0), after("big"))
}

func (s suite) emptyValue(ctx context.Context) error {
	err := s.client.Put(ctx, key("empty", 1), nil)
	if !s.rev.PutsEmptyRawValues {
		if err == nil {
			return errors.New("this client refuses an empty value, yet it was put")
		}
		return nil
	}
	if err != nil {
		return err
	}
	if err := s.readsAs(ctx, key("empty", 1), nil); err != nil {
		return err
	}
	keys, values, err := s.client.Scan(ctx, key("empty", 0), after("empty"), 10)
	return check.First(err,
		check.All("scanned keys", [][]byte{key("empty", 1)}, keys),
		check.All("scanned values", [][]byte{nil}, values))
}

func (s suite) longestKey(ctx context.Context) error {
	longest := append([]byte("raw/long/"), bytes.Repeat([]byte{'k'}, maxKeyBytes-9)...)
	if err := check.First(s.client.Put(ctx, longest, value(1)), s.readsAs(ctx, longest, value(1))); err != nil {
		return err
	}
	if err := s.client.Put(ctx, append(longest, 'k'), value(1)); err == nil {
		return fmt.Errorf("a key of %d bytes was taken", maxKeyBytes+1)
	}
	return nil
}

func (s suite) batchPutGet(ctx context.Context) error {
	keys, values, err := s.fill(ctx, "batch", manyKeys)
	if err != nil {
		return err
	}
	asked := append([][]byte{key("batch", manyKeys+1)}, keys...)
	got, err := s.client.BatchGet(ctx, asked)
	if err != nil {
		return err
	}
	if got[0] != nil {
		return errors.New("a missing key came back with a value")
	}
	return check.All("batch get", values, got[1:])
}

func (s suite) batchDelete(ctx context.Context) error {
	keys, _, err := s.fill(ctx, "batch-delete", manyKeys)
	if err != nil {
		return err
	}
	if err := s.client.BatchDelete(ctx, keys[1:]); err != nil {
		return err
	}
	left, _, err := s.client.Scan(ctx, key("batch-delete", 0), after("batch-delete"), manyKeys)
	return check.First(err, check.All("keys left", keys[:1], left))
}

func (s suite) scan(ctx context.Context) error {
	keys, values, err := s.fill(ctx, "scan", manyKeys)
	if err != nil {
		return err
	}
	gotKeys, gotValues, err := s.client.Scan(ctx, key("scan", 10), key("scan", 1100), manyKeys)
	return check.First(err,
		check.All("keys", keys[10:1100], gotKeys),
		check.All("values", values[10:1100], gotValues))
}

func (s suite) scanLimits(ctx context.Context) error {
	keys, _, err := s.fill(ctx, "scan-limits", 20)
	if err != nil {
		return err
	}
	for _, limit := range []int{0, 1, 7, 20, 10240} {
		got, _, err := s.client.Scan(ctx, key("scan-limits", 0), after("scan-limits"), limit)
		if err := check.First(err, check.All(fmt.Sprintf("limit %d", limit), keys[:min(limit, 20)], got)); err != nil {
			return err
		}
	}
	// An open end reaches past this check's keys, so only the start of the answer is known.
	got, _, err := s.client.Scan(ctx, key("scan-limits", 18), nil, 2)
	if err := check.First(err, check.All("open end", keys[18:], got)); err != nil {
		return err
	}
	got, _, err = s.client.Scan(ctx, key("scan-limits", 5), key("scan-limits", 5), 10)
	return check.First(err, check.Equal("empty range", 0, len(got)))
}

func (s suite) scanKeyOnly(ctx context.Context) error {
	keys, _, err := s.fill(ctx, "key-only", 20)
	if err != nil {
		return err
	}
	gotKeys, gotValues, err := s.client.Scan(ctx, key("key-only", 0), after("key-only"), 100, rawkv.ScanKeyOnly())
	return check.First(err,
		check.All("keys", keys, gotKeys),
		check.All("values", make([][]byte, 20), gotValues))
}

func (s suite) reverseScan(ctx context.Context) error {
	keys, _, err := s.fill(ctx, "reverse", 300)
	if err != nil {
		return err
	}
	got, values, err := s.client.ReverseScan(ctx, key("reverse", 290), key("reverse", 10), 1000)
	if err := check.First(err, check.Equal("length", 280, len(got))); err != nil {
		return err
	}
	for i := range got {
		if err := check.First(
			check.Bytes("key", keys[289-i], got[i]),
			check.Bytes("value", value(289-i), values[i])); err != nil {
			return err
		}
	}
	got, _, err = s.client.ReverseScan(ctx, key("reverse", 290), key("reverse", 10), 3)
	return check.First(err, check.All("limit 3", [][]byte{keys[289], keys[288], keys[287]}, got))
}

func (s suite) deleteRange(ctx context.Context) error {
	keys, _, err := s.fill(ctx, "delete-range", manyKeys)
	if err != nil {
		return err
	}
	if err := s.client.DeleteRange(ctx, keys[100], keys[1100]); err != nil {
		return err
	}
	left, _, err := s.client.Scan(ctx, keys[0], after("delete-range"), manyKeys)
	return check.First(err, check.All("keys left", append(keys[:100:100], keys[1100:]...), left))
}

func (s suite) columnFamily(ctx context.Context) error {
	inDefault := rawkv.SetColumnFamily("default")
	inWrite := rawkv.SetColumnFamily("write")
	if err := check.First(
		s.client.Put(ctx, key("cf", 1), value(1), inDefault),
		// The default column family is the one without a name.
		s.readsAs(ctx, key("cf", 1), value(1)),
		s.client.Put(ctx, key("cf", 1), value(2), inWrite),
		s.readsAs(ctx, key("cf", 1), value(1))); err != nil {
		return err
	}
	got, err := s.client.Get(ctx, key("cf", 1), inWrite)
	if err := check.First(err, check.Bytes("write column family", value(2), got)); err != nil {
		return err
	}
	if err := s.client.Put(ctx, key("cf", 1), value(3), rawkv.SetColumnFamily("nowhere")); err == nil {
		return errors.New("a put into an unknown column family was taken")
	}
	return s.client.Delete(ctx, key("cf", 1), inWrite)
}

func (s suite) ttlIsRefused(ctx context.Context) error {
	if err := s.client.PutWithTTL(ctx, key("ttl", 1), value(1), 100); err == nil {
		return errors.New("API V1 without ttl took a value that should expire")
	}
	return s.isAbsent(ctx, key("ttl", 1))
}

func (s suite) checksum(ctx context.Context) error {
	keys, values, err := s.fill(ctx, "checksum", 500)
	if err != nil {
		return err
	}
	var want rawkv.RawChecksum
	table := crc64.MakeTable(crc64.ECMA)
	for i := range keys {
		want.Crc64Xor ^= crc64.Checksum(append(append([]byte{}, keys[i]...), values[i]...), table)
		want.TotalKvs++
		want.TotalBytes += uint64(len(keys[i]) + len(values[i]))
	}
	got, err := s.client.Checksum(ctx, keys[0], after("checksum"))
	return check.First(err, check.Equal("checksum", want, got))
}

func (s suite) compareAndSwap(ctx context.Context) error {
	// From here on every write of this client respects compare-and-swap.
	atomic := s.client.SetAtomicForCAS(true)
	defer s.client.SetAtomicForCAS(false)
	name := key("cas", 1)
	step := func(previous, next []byte, wantSwapped bool, wantPrevious []byte) error {
		got, swapped, err := atomic.CompareAndSwap(ctx, name, previous, next)
		what := fmt.Sprintf("swap %q for %q", previous, next)
		return check.First(err, check.Equal(what, wantSwapped, swapped), check.Bytes(what+", previous", wantPrevious, got))
	}
	return check.First(
		atomic.Delete(ctx, name),
		step([]byte("a"), []byte("b"), false, nil),
		s.isAbsent(ctx, name),
		step(nil, []byte("a"), true, nil),
		step(nil, []byte("b"), false, []byte("a")),
		step([]byte("x"), []byte("b"), false, []byte("a")),
		step([]byte("a"), []byte("b"), true, []byte("a")),
		s.readsAs(ctx, name, []byte("b")),
	)
}

// compareAndSwapContended lets callers race for every step of one number: each step is won exactly once.
func (s suite) compareAndSwapContended(ctx context.Context) error {
	// From here on every write of this client respects compare-and-swap.
	atomic := s.client.SetAtomicForCAS(true)
	defer s.client.SetAtomicForCAS(false)
	const callers, steps = 16, 20
	name := key("cas-contended", 1)
	if err := atomic.Put(ctx, name, []byte("0")); err != nil {
		return err
	}
	var wins [steps]int
	var mutex sync.Mutex
	var group sync.WaitGroup
	failures := make(chan error, callers)
	for range callers {
		group.Go(func() {
			for step := range steps {
				_, swapped, err := atomic.CompareAndSwap(ctx, name, fmt.Append(nil, step), fmt.Append(nil, step+1))
				if err != nil {
					failures <- err
					return
				}
				if swapped {
					mutex.Lock()
					wins[step]++
					mutex.Unlock()
				}
			}
		})
	}
	group.Wait()
	close(failures)
	if err := <-failures; err != nil {
		return err
	}
	for step, count := range wins {
		if err := check.Equal(fmt.Sprintf("winners of step %d", step), 1, count); err != nil {
			return err
		}
	}
	return s.readsAs(ctx, name, fmt.Append(nil, steps))
}

func (s suite) manyCallers(ctx context.Context) error {
	const callers, each = 64, 50
	var group sync.WaitGroup
	failures := make(chan error, callers)
	for caller := range callers {
		group.Go(func() {
			for i := range each {
				name := key("callers", caller*each+i)
				if err := check.First(s.client.Put(ctx, name, value(i)), s.readsAs(ctx, name, value(i))); err != nil {
					failures <- err
					return
				}
			}
		})
	}
	group.Wait()
	close(failures)
	if err := <-failures; err != nil {
		return err
	}
	keys, _, err := s.client.Scan(ctx, key("callers", 0), after("callers"), 10240)
	return check.First(err, check.Equal("keys", callers*each, len(keys)))
}
