package traces

import (
	"reflect"
	"testing"

	"github.com/scaleset/scaleset/pkg/internal/golden"
)

// TestSchemaDescribesTypes compares docs/json with the types that are written.
func TestSchemaDescribesTypesTrace(t *testing.T) {
	golden.Describes(t, "trace", reflect.TypeFor[jsonTraces]())
}
