package journal

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"sync"
	"sync/atomic"
	"syscall"
)

// overwriteEvery is how often a caller writes its own key again instead of a new one.
const overwriteEvery = 4

// Write writes with the given number of callers until SIGTERM or SIGINT, and journals what was acknowledged.
func Write(pd, mode, path string, callers int) error {
	ctx, cancel := signal.NotifyContext(context.Background(), syscall.SIGTERM, os.Interrupt)
	defer cancel()
	target, err := open(pd, mode)
	if err != nil {
		return err
	}
	defer target.close()
	journal, err := createJournal(path)
	if err != nil {
		return err
	}
	defer journal.file.Close()
	var failures atomic.Int64
	var group sync.WaitGroup
	broken := make(chan error, callers)
	for caller := range callers {
		group.Go(func() {
			if err := writeAs(ctx, caller, target, journal, &failures); err != nil {
				broken <- err
				cancel()
			}
		})
	}
	group.Wait()
	close(broken)
	if err := <-broken; err != nil {
		return err
	}
	fmt.Printf("note writer: %d writes acknowledged, %d failed\n", journal.count, failures.Load())
	return nil
}

// writeAs ends with an error only when the journal itself fails; a failed write is what this is about.
func writeAs(ctx context.Context, caller int, target store, journal *acknowledgements, failures *atomic.Int64) error {
	// After a failure the fate of that write is unknown: it may even arrive late. So its key is left alone.
	latest := 0
	for number := 1; ctx.Err() == nil; number++ {
		key := fmt.Sprintf("%s%03d/%08d", uniquePrefix, caller, number)
		if number%overwriteEvery == 0 {
			key = fmt.Sprintf("%s%03d/%04d", latestPrefix, caller, latest)
		}
		if err := target.put(ctx, key, contentOf(key, number)); err != nil {
			if ctx.Err() == nil {
				failures.Add(1)
			}
			if number%overwriteEvery == 0 {
				latest++
			}
			continue
		}
		if err := journal.add(key, number); err != nil {
			return err
		}
	}
	return nil
}
