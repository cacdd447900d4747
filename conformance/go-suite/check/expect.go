package check

import (
	"bytes"
	"fmt"
)

// Bytes compares contents; a nil and an empty slice are the same contents.
func Bytes(what string, want, got []byte) error {
	if !bytes.Equal(want, got) {
		return fmt.Errorf("%s: want %s, got %s", what, shortened(want), shortened(got))
	}
	return nil
}

// Equal compares two values of one kind.
func Equal[T comparable](what string, want, got T) error {
	if want != got {
		return fmt.Errorf("%s: want %v, got %v", what, want, got)
	}
	return nil
}

// All compares two lists of byte strings.
func All(what string, want, got [][]byte) error {
	if len(want) != len(got) {
		return fmt.Errorf("%s: want %d entries, got %d", what, len(want), len(got))
	}
	for i := range want {
		if err := Bytes(fmt.Sprintf("%s, entry %d", what, i), want[i], got[i]); err != nil {
			return err
		}
	}
	return nil
}

// First returns the first error of several comparisons.
func First(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

func shortened(b []byte) string {
	if len(b) > 64 {
		return fmt.Sprintf("%q... (%d bytes)", b[:64], len(b))
	}
	return fmt.Sprintf("%q", b)
}
