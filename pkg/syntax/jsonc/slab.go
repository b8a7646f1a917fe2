package jsonc

import (
	"strings"

	"github.com/scaleset/scaleset/pkg/internal/slab"
)

// slabs allocates the nodes of one tree.
type slabs struct {
	objects  slab.Of[Object]
	arrays   slab.Of[Array]
	strings  slab.Of[String]
	numbers  slab.Of[Number]
	bools    slab.Of[Bool]
	nulls    slab.Of[Null]
	fields   slab.Of[Member]
	lists    slab.Of[Node]
	pointers slab.Of[*Member]
}

// expect says roughly how many nodes a text has. In templates, three of five strings
// are names of members.
func (s *slabs) expect(text string) {
	n := strings.Count(text, `"`) / 2
	s.strings.Expect(n)
	s.fields.Expect(n * 3 / 5)
	s.pointers.Expect(n * 3 / 5)
	s.objects.Expect(strings.Count(text, "{"))
}
