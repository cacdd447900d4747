// Package counters lets two client processes bump shared counters and looks for lost updates.
package counters

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"time"

	"stratakv/conformance/go-suite/check"
	"stratakv/conformance/go-suite/revision"
)

// counterCount is small, so that callers collide all the time.
const counterCount = 4

// Modes are the ways to bump: three commit protocols of transactions, and raw compare-and-swap.
var Modes = []string{"two-phase", "async-commit", "one-phase", "raw-cas"}

// Options of one run over all modes.
type Options struct {
	PD string
	// Workers are the programs to run, one process each. They may be built on different revisions of client-go.
	Workers []string
	// Seconds each mode lasts.
	Seconds int
}

// outcome is what one worker process reports.
type outcome struct {
	// acknowledged and undetermined count bumps of single counters: the sum must lie between
	// acknowledged and acknowledged + undetermined.
	acknowledged, undetermined, conflicts int64
}

// Run checks each mode.
func Run(options Options, rev revision.Revision) int {
	var list check.List
	for _, mode := range Modes {
		list.Run(mode, func(ctx context.Context) error { return runMode(ctx, mode, options, rev) })
	}
	return list.ExitCode()
}

func runMode(ctx context.Context, mode string, options Options, rev revision.Revision) error {
	bumper, err := open(options.PD, mode, rev)
	if err != nil {
		return err
	}
	defer bumper.close()
	if err := bumper.reset(ctx); err != nil {
		return err
	}
	outcomes := make(chan outcome, len(options.Workers))
	failures := make(chan error, len(options.Workers))
	for i, program := range options.Workers {
		go func() {
			got, err := runWorker(ctx, program, mode, options, i)
			outcomes <- got
			failures <- err
		}()
	}
	var total outcome
	for range options.Workers {
		if err := <-failures; err != nil {
			return err
		}
		got := <-outcomes
		if got.acknowledged == 0 {
			return fmt.Errorf("a worker had no bump acknowledged")
		}
		total.acknowledged += got.acknowledged
		total.undetermined += got.undetermined
		total.conflicts += got.conflicts
	}
	sum, err := bumper.sum(ctx)
	if err != nil {
		return err
	}
	fmt.Printf("note %s: %d bumps acknowledged, %d undetermined, %d conflicts, %d stored\n",
		mode, total.acknowledged, total.undetermined, total.conflicts, sum)
	if sum < total.acknowledged || sum > total.acknowledged+total.undetermined {
		return fmt.Errorf("%d bumps acknowledged and %d undetermined, but the counters hold %d",
			total.acknowledged, total.undetermined, sum)
	}
	return nil
}

func runWorker(ctx context.Context, program, mode string, options Options, index int) (outcome, error) {
	var got outcome
	worker := exec.CommandContext(ctx, program, "counters-worker", "--pd", options.PD, "--mode", mode,
		"--seconds", fmt.Sprint(options.Seconds), "--seed", fmt.Sprint(index+1))
	worker.Stderr = os.Stderr
	printed, err := worker.Output()
	if err != nil {
		return got, fmt.Errorf("worker %d: %w: %s", index, err, printed)
	}
	lines := bufio.NewScanner(strings.NewReader(string(printed)))
	for lines.Scan() {
		if count, _ := fmt.Sscanf(lines.Text(), "worker acknowledged=%d undetermined=%d conflicts=%d",
			&got.acknowledged, &got.undetermined, &got.conflicts); count == 3 {
			return got, nil
		}
	}
	return got, fmt.Errorf("worker %d reported nothing: %s", index, printed)
}

// Work is what a worker process does: bump for a while, then report.
func Work(pd, mode string, seconds int, seed int64, rev revision.Revision) error {
	bumper, err := open(pd, mode, rev)
	if err != nil {
		return err
	}
	defer bumper.close()
	got, err := bumper.bumpUntil(time.Now().Add(time.Duration(seconds)*time.Second), seed)
	if err != nil {
		return err
	}
	fmt.Printf("worker acknowledged=%d undetermined=%d conflicts=%d\n", got.acknowledged, got.undetermined, got.conflicts)
	return nil
}
