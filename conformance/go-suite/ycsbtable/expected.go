// Package ycsbtable scans the table that go-ycsb loads and checks that it is complete and has the right contents.
// go-ycsb itself counts a missing row as a success, so its own figures prove nothing about that.
package ycsbtable

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"hash/fnv"
)

// Shape of the table: what go-ycsb was told to load with data integrity on and hashed insert order.
type Shape struct {
	Table       string
	RecordCount int
	FieldCount  int
	// FieldBytes is the constant length of each field.
	FieldBytes int
}

// rowName is the record's name without the table: "user" and the FNV-1a hash of its number, made non-negative.
func rowName(record int) string {
	var number [8]byte
	binary.BigEndian.PutUint64(number[:], uint64(record))
	hash := fnv.New64a()
	hash.Write(number[:])
	signed := int64(hash.Sum64())
	if signed < 0 {
		signed = -signed
	}
	return fmt.Sprintf("user%d", signed)
}

// fieldContent is a chain: name and field, then again and again a colon and the hash of all before it, cut to size.
func fieldContent(name string, field, size int) []byte {
	content := fmt.Appendf(nil, "%s:field%d", name, field)
	for len(content) < size {
		content = append(content, ':')
		hash := fnv.New64a()
		hash.Write(content)
		content = fmt.Append(content, hash.Sum64())
	}
	return content[:size]
}

// Tags in front of a column number and of a field's bytes; both numbers are zigzag varints.
const (
	tagNumber = 8
	tagBytes  = 2
)

// checkRow decodes one stored row: columns in any order, each exactly once.
func checkRow(shape Shape, name string, row []byte) error {
	seen := make([]bool, shape.FieldCount)
	rest := row
	for len(rest) > 0 {
		column, afterColumn, err := tagged(rest, tagNumber)
		if err != nil {
			return err
		}
		length, afterLength, err := tagged(afterColumn, tagBytes)
		if err != nil {
			return err
		}
		if length < 0 || length > int64(len(afterLength)) {
			return fmt.Errorf("field of %d bytes in a rest of %d", length, len(afterLength))
		}
		if column < 0 || column >= int64(shape.FieldCount) || seen[column] {
			return fmt.Errorf("column %d is unknown or there twice", column)
		}
		seen[column] = true
		if want := fieldContent(name, int(column), shape.FieldBytes); !bytes.Equal(want, afterLength[:length]) {
			return fmt.Errorf("field %d: want %q, got %q", column, want, afterLength[:length])
		}
		rest = afterLength[length:]
	}
	for column, there := range seen {
		if !there {
			return fmt.Errorf("field %d is missing", column)
		}
	}
	return nil
}

func tagged(from []byte, tag byte) (number int64, rest []byte, err error) {
	if len(from) == 0 || from[0] != tag {
		return 0, nil, fmt.Errorf("want tag %d at % x", tag, from[:min(len(from), 8)])
	}
	number, length := binary.Varint(from[1:])
	if length <= 0 {
		return 0, nil, fmt.Errorf("bad number at % x", from[:min(len(from), 12)])
	}
	return number, from[1+length:], nil
}
