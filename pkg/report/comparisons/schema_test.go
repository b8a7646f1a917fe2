package comparisons

import (
	"reflect"
	"testing"

	"github.com/scaleset/scaleset/pkg/internal/golden"
)

// TestSchemaDescribesTypes compares docs/json with the types that are written.
func TestSchemaDescribesTypesDiff(t *testing.T) {
	golden.Describes(t, "diff", reflect.TypeFor[Document]())
}
