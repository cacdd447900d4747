//go:build tools

// Package tools holds the load tool as a dependency, so that go.sum pins it.
package tools

import _ "github.com/pingcap/go-ycsb/cmd/go-ycsb"
