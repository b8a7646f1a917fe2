package value

import (
	"hash/maphash"
	"math"
)

// Hash returns the same number for values that are [Equal]. Use one seed for
// all values that are compared. All unknown parts have the same hash.
func Hash(seed maphash.Seed, v Value) uint64 {
	switch v := v.(type) {
	case Bool:
		return maphash.Comparable(seed, v)
	case Int:
		return maphash.Comparable(seed, v)
	case Number:
		if f, ok := v.Float(); ok {
			return maphash.Comparable(seed, math.Float64bits(f+0)) // -0 is 0
		}
		return maphash.String(seed, v.Text)
	case String:
		return maphash.String(seed, string(v))
	case Array:
		h := uint64(1)
		for _, item := range v {
			h = h*31 + Hash(seed, item)
		}
		return h
	case *Object:
		h := uint64(2)
		for _, m := range v.members { // in any order
			h += maphash.String(seed, m.Name) * (Hash(seed, m.Value) | 1)
		}
		return h
	}
	return 0
}
