package journal

import (
	"bytes"
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

func TestAValueTellsItsNumberAndAnyDamage(t *testing.T) {
	content := contentOf("k", 17)
	if number, err := numberOf("k", content); err != nil || number != 17 {
		t.Fatalf("got %d, %v", number, err)
	}
	damaged := bytes.Clone(content)
	damaged[len(damaged)-1] ^= 1
	for name, bad := range map[string][]byte{"damaged": damaged, "cut": content[:len(content)-1], "empty": nil} {
		if _, err := numberOf("k", bad); err == nil {
			t.Errorf("%s: not noticed", name)
		}
	}
	if _, err := numberOf("other", content); err == nil {
		t.Error("another key's value was not noticed")
	}
}

func TestTheJournalKeepsTheLargestNumberOfEachKey(t *testing.T) {
	path := filepath.Join(t.TempDir(), "journal")
	journal, err := createJournal(path)
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range []struct {
		key    string
		number int
	}{{"a", 1}, {"b", 2}, {"a", 5}} {
		if err := journal.add(line.key, line.number); err != nil {
			t.Fatal(err)
		}
	}
	journal.file.Close()
	got, err := readJournal(path)
	if err != nil || len(got) != 2 || got["a"] != 5 || got["b"] != 2 {
		t.Fatalf("got %v, %v", got, err)
	}
}

func TestAnEndIsAfterEveryKeyOfItsPrefix(t *testing.T) {
	if end := string(endOf("a/")); end <= "a/\xff" || !slices.IsSorted([]string{"a/", "a/\xff", end}) {
		t.Fatalf("got %q", end)
	}
}

// memory is a store that can lose things.
type memory map[string][]byte

func (m memory) put(_ context.Context, key string, value []byte) error {
	m[key] = value
	return nil
}

func (m memory) each(_ context.Context, prefix string, visit func(string, []byte) error) error {
	for key, value := range m {
		if strings.HasPrefix(key, prefix) {
			if err := visit(key, value); err != nil {
				return err
			}
		}
	}
	return nil
}

func (m memory) close() {}

func TestACheckerNoticesWhatIsLostOldOrDamaged(t *testing.T) {
	unique, latest := uniquePrefix+"000/1", latestPrefix+"000/0"
	for _, each := range []struct {
		name  string
		spoil func(memory)
		want  string
	}{
		{"all there", func(memory) {}, ""},
		{"an unacknowledged write besides", func(m memory) { m[uniquePrefix+"9"] = contentOf(uniquePrefix+"9", 3) }, ""},
		{"a later unacknowledged overwrite", func(m memory) { m[latest] = contentOf(latest, 9) }, ""},
		{"a lost key", func(m memory) { delete(m, unique) }, "lost"},
		{"an older value", func(m memory) { m[latest] = contentOf(latest, 4) }, "was acknowledged"},
		{"another key's value", func(m memory) { m[unique] = contentOf(latest, 1) }, "wrong contents"},
	} {
		held := memory{unique: contentOf(unique, 1), latest: contentOf(latest, 8)}
		each.spoil(held)
		err := compare(context.Background(), held, map[string]int{unique: 1, latest: 8})
		if each.want == "" && err != nil {
			t.Errorf("%s: %v", each.name, err)
		}
		if each.want != "" && (err == nil || !strings.Contains(err.Error(), each.want)) {
			t.Errorf("%s: want %q, got %v", each.name, each.want, err)
		}
	}
}

// The writers in other languages must produce these bytes.
func TestContentsAreTheSameInEveryLanguage(t *testing.T) {
	content := contentOf("journal/unique/003/00000017", 17)
	if got := fmt.Sprintf("%d %x", len(content), content[:16]); got != "87 313720a99ee51680a269b8ea7ec8b3d9" {
		t.Fatal(got)
	}
}
