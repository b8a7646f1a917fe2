package value_test

import (
	"hash/maphash"
	"testing"

	"github.com/scaleset/scaleset/pkg/arm/value"
)

func TestHashOfEqualValues(t *testing.T) {
	groups := [][]string{
		{`{"a": 1, "b": [true, null]}`, `{"b": [true, null], "a": 1}`},
		{`1.50`, `1.5`, `15e-1`},
		{`0.0`, `-0.0`},
		{`"a"`, `"a"`},
		{`123456789012345678901234567890`, `123456789012345678901234567890`},
	}
	seed := maphash.MakeSeed()
	seen := map[uint64]int{}
	for i, group := range groups {
		for _, text := range group {
			v, err := value.ParseJSON(text)
			if err != nil {
				t.Fatal(err)
			}
			h := value.Hash(seed, v)
			if other, ok := seen[h]; ok && other != i {
				t.Errorf("%s hashes like the values of group %d", text, other)
			}
			seen[h] = i
		}
	}
	if len(seen) != len(groups) {
		t.Errorf("%d hashes for %d groups of equal values", len(seen), len(groups))
	}
}
