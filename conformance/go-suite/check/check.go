// Package check runs named checks and prints one line each, in the form that the TypeScript runner reads:
//
//	pass NAME
//	fail NAME: reason
//	skip NAME: reason
package check

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"strings"
	"time"
)

// Timeout bounds one check. Far above what any of them needs: it only turns a hang into a failure.
const Timeout = 90 * time.Second

// Skipped is returned by a check whose subject the server may decline, and does. What the server must do instead has
// been checked by then.
type Skipped struct{ Reason string }

func (s Skipped) Error() string { return s.Reason }

// List counts the outcomes of one program.
type List struct {
	failed int
	passed int
}

// Run calls body with a context that ends after Timeout. A panic is a failure, not the end of the program.
func (l *List) Run(name string, body func(ctx context.Context) error) {
	ctx, cancel := context.WithTimeout(context.Background(), Timeout)
	defer cancel()
	ended := make(chan error, 1)
	go func() {
		defer func() {
			if caught := recover(); caught != nil {
				ended <- fmt.Errorf("panic: %v\n%s", caught, debug.Stack())
			}
		}()
		ended <- body(ctx)
	}()
	var err error
	select {
	case err = <-ended:
	case <-time.After(Timeout + 5*time.Second):
		// The client did not honour its context: the goroutine is left behind, the program goes on.
		err = fmt.Errorf("no answer within %s", Timeout)
	}
	var skipped Skipped
	if errors.As(err, &skipped) {
		fmt.Printf("skip %s: %s\n", name, skipped.Reason)
		return
	}
	if err != nil {
		l.failed++
		fmt.Printf("fail %s: %s\n", name, oneLine(err))
		return
	}
	l.passed++
	fmt.Printf("pass %s\n", name)
}

// ExitCode is 0 when at least one check ran and none failed.
func (l *List) ExitCode() int {
	if l.failed > 0 || l.passed == 0 {
		return 1
	}
	return 0
}

// oneLine keeps a failure on the line that the runner reads.
func oneLine(err error) string {
	return strings.ReplaceAll(fmt.Sprintf("%v", err), "\n", " | ")
}
