package ycsbtable

import (
	"bytes"
	"strings"
	"testing"
)

var small = Shape{Table: "t", RecordCount: 1, FieldCount: 2, FieldBytes: 40}

// stored builds a row the long way round: zigzag of a small number n is 2n.
func stored(name string, columns ...int) []byte {
	var row []byte
	for _, column := range columns {
		row = append(row, tagNumber, byte(2*column), tagBytes, byte(2*small.FieldBytes))
		row = append(row, fieldContent(name, column, small.FieldBytes)...)
	}
	return row
}

func TestContentIsOfTheGivenLengthAndNamesItsRowAndField(t *testing.T) {
	content := fieldContent("user1", 3, 100)
	if len(content) != 100 || !bytes.HasPrefix(content, []byte("user1:field3:")) {
		t.Fatalf("got %q", content)
	}
}

func TestCheckRow(t *testing.T) {
	whole := stored("user1", 1, 0)
	damaged := bytes.Clone(whole)
	damaged[len(damaged)-1] ^= 1
	for _, each := range []struct {
		name string
		row  []byte
		want string
	}{
		{"columns in any order", whole, ""},
		{"a missing field", stored("user1", 1), "field 0 is missing"},
		{"a field twice", stored("user1", 1, 1), "there twice"},
		{"another row's contents", stored("user2", 0, 1), "field 0: want"},
		{"a flipped bit", damaged, "field 0: want"},
		{"a cut row", whole[:len(whole)-1], "bytes in a rest of"},
		{"an empty row", nil, "field 0 is missing"},
	} {
		err := checkRow(small, "user1", each.row)
		if each.want == "" && err != nil {
			t.Errorf("%s: %v", each.name, err)
		}
		if each.want != "" && (err == nil || !strings.Contains(err.Error(), each.want)) {
			t.Errorf("%s: want %q, got %v", each.name, each.want, err)
		}
	}
}
