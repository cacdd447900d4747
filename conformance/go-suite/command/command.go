// Package command is the command line that the programs on both revisions of client-go share.
package command

import (
	"flag"
	"fmt"
	"os"

	"github.com/pingcap/log"
	"go.uber.org/zap"
	"stratakv/conformance/go-suite/counters"
	"stratakv/conformance/go-suite/journal"
	"stratakv/conformance/go-suite/rawapi"
	"stratakv/conformance/go-suite/revision"
	"stratakv/conformance/go-suite/txnapi"
	"stratakv/conformance/go-suite/ycsbtable"
)

const usage = `usage: PROGRAM COMMAND --pd HOST:PORT [flags]
  raw              every method of the raw API
  txn              optimistic transactions, scans, what dead clients leave behind
  counters         two processes bump shared counters; nothing may be lost
  counters-worker  one of these processes
  verify           scan go-ycsb's table: count and contents
  journal-write    write until SIGTERM, and keep a journal of what was acknowledged
  journal-check    find every acknowledged write`

// Main ends the process.
func Main(rev revision.Revision) {
	if len(os.Args) < 2 {
		fmt.Fprintln(os.Stderr, usage)
		os.Exit(2)
	}
	flags := flag.NewFlagSet(os.Args[1], flag.ExitOnError)
	pd := flags.String("pd", "127.0.0.1:2379", "the placement driver")
	mode := flags.String("mode", "raw", "raw or txn; for counters-worker, how to bump")
	seconds := flags.Int("seconds", 5, "how long each mode of bumping lasts")
	seed := flags.Int64("seed", 1, "feeds a worker's choices")
	worker := flags.String("other-worker", "", "the second process of counters; by default this program again")
	journalPath := flags.String("journal", "", "the file of acknowledged writes")
	callers := flags.Int("callers", 16, "writers at once")
	var shape ycsbtable.Shape
	flags.StringVar(&shape.Table, "table", "usertable", "go-ycsb's table")
	flags.IntVar(&shape.RecordCount, "records", 1000, "how many records were loaded")
	flags.IntVar(&shape.FieldCount, "fields", 10, "fields in a record")
	flags.IntVar(&shape.FieldBytes, "field-bytes", 100, "length of each field")
	quietly := flags.Bool("quiet", true, "do not show the client's own log")
	if err := flags.Parse(os.Args[2:]); err != nil {
		os.Exit(2)
	}
	if *quietly {
		log.ReplaceGlobals(zap.NewNop(), &log.ZapProperties{})
	}

	switch os.Args[1] {
	case "raw":
		os.Exit(rawapi.Run(*pd, rev))
	case "txn":
		os.Exit(txnapi.Run(*pd, rev))
	case "counters":
		self, err := os.Executable()
		orExit(err)
		if *worker == "" {
			*worker = self
		}
		os.Exit(counters.Run(counters.Options{PD: *pd, Workers: []string{self, *worker}, Seconds: *seconds}, rev))
	case "counters-worker":
		orExit(counters.Work(*pd, *mode, *seconds, *seed, rev))
	case "verify":
		os.Exit(ycsbtable.Run(*pd, *mode, shape))
	case "journal-write":
		orExit(journal.Write(*pd, *mode, *journalPath, *callers))
	case "journal-check":
		os.Exit(journal.Check(*pd, *mode, *journalPath))
	default:
		fmt.Fprintf(os.Stderr, "no command %q\n%s\n", os.Args[1], usage)
		os.Exit(2)
	}
}

func orExit(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
