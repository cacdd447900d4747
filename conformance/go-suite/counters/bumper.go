package counters

import (
	"context"
	"fmt"
	"math/rand"
	"strconv"
	"sync"
	"time"

	tikverr "github.com/tikv/client-go/v2/error"
	"github.com/tikv/client-go/v2/rawkv"
	"github.com/tikv/client-go/v2/txnkv"
	"stratakv/conformance/go-suite/revision"
)

// callersPerWorker bump at once in each process.
const callersPerWorker = 8

// bumper knows one way to bump.
type bumper struct {
	mode string
	rev  revision.Revision
	raw  *rawkv.Client
	txn  *txnkv.Client
}

func open(pd, mode string, rev revision.Revision) (*bumper, error) {
	b := &bumper{mode: mode, rev: rev}
	var err error
	switch mode {
	case "raw-cas":
		if b.raw, err = rawkv.NewClientWithOpts(context.Background(), []string{pd}); err != nil {
			return nil, err
		}
		b.raw.SetAtomicForCAS(true)
	case "two-phase", "async-commit", "one-phase":
		if b.txn, err = txnkv.NewClient([]string{pd}); err != nil {
			return nil, err
		}
	default:
		return nil, fmt.Errorf("no mode %q: %v", mode, Modes)
	}
	return b, nil
}

func (b *bumper) close() {
	if b.raw != nil {
		b.raw.Close()
	}
	if b.txn != nil {
		b.txn.Close()
	}
}

func (b *bumper) key(i int) []byte { return fmt.Appendf(nil, "counters/%s/%d", b.mode, i) }

func (b *bumper) reset(ctx context.Context) error {
	if b.raw != nil {
		for i := range counterCount {
			if err := b.raw.Put(ctx, b.key(i), []byte("0")); err != nil {
				return err
			}
		}
		return nil
	}
	txn, err := b.txn.Begin()
	if err != nil {
		return err
	}
	for i := range counterCount {
		if err := txn.Set(b.key(i), []byte("0")); err != nil {
			return err
		}
	}
	return txn.Commit(ctx)
}

// sum reads all counters in one snapshot.
func (b *bumper) sum(ctx context.Context) (int64, error) {
	var sum int64
	read := func(key []byte) ([]byte, error) { return b.raw.Get(ctx, key) }
	if b.txn != nil {
		txn, err := b.txn.Begin()
		if err != nil {
			return 0, err
		}
		defer txn.Rollback()
		read = func(key []byte) ([]byte, error) { return b.rev.Get(ctx, txn, key) }
	}
	for i := range counterCount {
		held, err := read(b.key(i))
		if err != nil {
			return 0, err
		}
		count, err := strconv.ParseInt(string(held), 10, 64)
		if err != nil {
			return 0, fmt.Errorf("counter %d: %w", i, err)
		}
		sum += count
	}
	return sum, nil
}

func (b *bumper) bumpUntil(end time.Time, seed int64) (outcome, error) {
	ctx := context.Background()
	var total outcome
	var mutex sync.Mutex
	var group sync.WaitGroup
	failures := make(chan error, callersPerWorker)
	for caller := range callersPerWorker {
		dice := rand.New(rand.NewSource(seed*1000 + int64(caller)))
		group.Go(func() {
			var own outcome
			for time.Now().Before(end) {
				bump := b.bumpTwo
				if b.raw != nil {
					bump = b.bumpOne
				}
				if err := bump(ctx, dice, &own); err != nil {
					failures <- err
					return
				}
			}
			mutex.Lock()
			defer mutex.Unlock()
			total.acknowledged += own.acknowledged
			total.undetermined += own.undetermined
			total.conflicts += own.conflicts
		})
	}
	group.Wait()
	close(failures)
	return total, <-failures
}

// bumpTwo bumps two different counters in one transaction, once. A conflict is the caller's to try again.
func (b *bumper) bumpTwo(ctx context.Context, dice *rand.Rand, own *outcome) error {
	txn, err := b.txn.Begin()
	if err != nil {
		return err
	}
	txn.SetEnableAsyncCommit(b.mode == "async-commit")
	txn.SetEnable1PC(b.mode == "one-phase")
	first := dice.Intn(counterCount)
	second := (first + 1 + dice.Intn(counterCount-1)) % counterCount
	for _, i := range []int{first, second} {
		held, err := b.rev.Get(ctx, txn, b.key(i))
		if err != nil {
			return err
		}
		count, err := strconv.ParseInt(string(held), 10, 64)
		if err != nil {
			return err
		}
		if err := txn.Set(b.key(i), strconv.AppendInt(nil, count+1, 10)); err != nil {
			return err
		}
	}
	switch err := txn.Commit(ctx); {
	case err == nil:
		own.acknowledged += 2
	case tikverr.IsErrorUndetermined(err):
		own.undetermined += 2
	default:
		// The client says that the transaction did not happen; nothing else may be its outcome.
		own.conflicts++
	}
	return nil
}

// bumpOne bumps one counter by compare-and-swap, once. A swap that failed in transit may have happened.
func (b *bumper) bumpOne(ctx context.Context, dice *rand.Rand, own *outcome) error {
	key := b.key(dice.Intn(counterCount))
	held, err := b.raw.Get(ctx, key)
	if err != nil {
		return err
	}
	count, err := strconv.ParseInt(string(held), 10, 64)
	if err != nil {
		return err
	}
	_, swapped, err := b.raw.CompareAndSwap(ctx, key, held, strconv.AppendInt(nil, count+1, 10))
	switch {
	case err != nil:
		own.undetermined++
	case swapped:
		own.acknowledged++
	default:
		own.conflicts++
	}
	return nil
}
