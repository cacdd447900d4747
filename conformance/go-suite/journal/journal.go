// Package journal proves that acknowledged writes survive a server that is killed. The writer keeps a journal, outside
// of the server, of what was acknowledged; the checker reads it back and asks the server for every line.
package journal

import (
	"bufio"
	"fmt"
	"hash/fnv"
	"math/rand"
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
func contentOf(key string, number int) []byte {
	hash := fnv.New64a()
	fmt.Fprintf(hash, "%s %d", key, number)
	dice := rand.New(rand.NewSource(int64(hash.Sum64())))
	content := fmt.Appendf(nil, "%d ", number)
	filler := make([]byte, 16+dice.Intn(1000))
	dice.Read(filler)
	return append(content, filler...)
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
