// Package journal proves that acknowledged writes survive a server that is killed. The writer keeps a journal, outside
// of the server, of what was acknowledged; the checker reads it back and asks the server for every line.
package journal

import (
	"bufio"
	"fmt"
	"hash/fnv"
	"os"
	"strconv"
	"strings"
	"sync"
)

const (
	// uniquePrefix keys are written once.
	uniquePrefix = "journal/unique/"
	// latestPrefix keys are overwritten with growing numbers: going back to an older one would be a lost update.
	latestPrefix = "journal/latest/"
)

// contentOf derives a key's value from the key and a number, so that any value read back can be judged.
// The length varies round the border of 255 bytes, where values change their place on disk.
//
// Writers in other languages (rust-suite, java-suite) produce the same bytes: FNV-1a of "KEY NUMBER" seeds a splitmix64
// generator; its first output decides the length of the filler, and the top byte of each further one is a byte of it.
func contentOf(key string, number int) []byte {
	hash := fnv.New64a()
	fmt.Fprintf(hash, "%s %d", key, number)
	dice := splitmix(hash.Sum64())
	content := fmt.Appendf(nil, "%d ", number)
	for range 16 + dice.next()%1000 {
		content = append(content, byte(dice.next()>>56))
	}
	return content
}

// splitmix is a splitmix64 generator: short enough to be written in any language.
type splitmix uint64

func (s *splitmix) next() uint64 {
	*s += 0x9e3779b97f4a7c15
	mixed := uint64(*s)
	mixed = (mixed ^ mixed>>30) * 0xbf58476d1ce4e5b9
	mixed = (mixed ^ mixed>>27) * 0x94d049bb133111eb
	return mixed ^ mixed>>31
}

// numberOf takes the number out of a value and checks the rest of it.
func numberOf(key string, content []byte) (int, error) {
	head, _, found := strings.Cut(string(content[:min(len(content), 24)]), " ")
	number, err := strconv.Atoi(head)
	if !found || err != nil {
		return 0, fmt.Errorf("%s: value of %d bytes has no number", key, len(content))
	}
	if string(contentOf(key, number)) != string(content) {
		return 0, fmt.Errorf("%s: value number %d has the wrong contents (%d bytes)", key, number, len(content))
	}
	return number, nil
}

// acknowledgements is the journal file: a line "key number" for each acknowledged write.
type acknowledgements struct {
	mutex sync.Mutex
	file  *os.File
	count int
}

// createJournal starts an empty journal. It is not synced: only the server is killed, not the machine.
func createJournal(path string) (*acknowledgements, error) {
	file, err := os.OpenFile(path, os.O_CREATE|os.O_WRONLY|os.O_TRUNC|os.O_APPEND, 0o644)
	return &acknowledgements{file: file}, err
}

func (a *acknowledgements) add(key string, number int) error {
	a.mutex.Lock()
	defer a.mutex.Unlock()
	a.count++
	_, err := fmt.Fprintf(a.file, "%s %d\n", key, number)
	return err
}

// readJournal returns the largest acknowledged number of every key.
func readJournal(path string) (map[string]int, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	acknowledged := make(map[string]int)
	lines := bufio.NewScanner(file)
	for lines.Scan() {
		key, digits, _ := strings.Cut(lines.Text(), " ")
		number, err := strconv.Atoi(digits)
		if err != nil {
			return nil, fmt.Errorf("journal line %q: %w", lines.Text(), err)
		}
		acknowledged[key] = max(acknowledged[key], number)
	}
	return acknowledged, lines.Err()
}
