package journal

import (
	"context"
	"fmt"

	"stratakv/conformance/go-suite/check"
)

// Check reads everything back. Writes that were never acknowledged may be there or not, but never damaged.
func Check(pd, mode, path string) int {
	var list check.List
	list.Run("acknowledged-writes", func(ctx context.Context) error { return checkAll(ctx, pd, mode, path) })
	return list.ExitCode()
}

func checkAll(ctx context.Context, pd, mode, path string) error {
	acknowledged, err := readJournal(path)
	if err != nil {
		return err
	}
	if len(acknowledged) == 0 {
		return fmt.Errorf("the journal %s is empty", path)
	}
	target, err := open(pd, mode)
	if err != nil {
		return err
	}
	defer target.close()
	return compare(ctx, target, acknowledged)
}

// compare empties acknowledged on the way: what is left at the end was lost.
func compare(ctx context.Context, target store, acknowledged map[string]int) error {
	total, found, unacknowledged := len(acknowledged), 0, 0
	visit := func(key string, value []byte) error {
		number, err := numberOf(key, value)
		if err != nil {
			return err
		}
		want, known := acknowledged[key]
		if !known {
			unacknowledged++
			return nil
		}
		if number < want {
			return fmt.Errorf("%s: number %d was acknowledged, %d is stored", key, want, number)
		}
		found++
		delete(acknowledged, key)
		return nil
	}
	for _, prefix := range []string{uniquePrefix, latestPrefix} {
		if err := target.each(ctx, prefix, visit); err != nil {
			return err
		}
	}
	fmt.Printf("note acknowledged-writes: %d of %d keys found, %d unacknowledged\n", found, total, unacknowledged)
	for key, number := range acknowledged {
		return fmt.Errorf("%d acknowledged keys are lost, among them %s (number %d)", len(acknowledged), key, number)
	}
	return nil
}
