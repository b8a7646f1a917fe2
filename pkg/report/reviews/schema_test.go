package reviews

import (
	"reflect"
	"testing"

	"github.com/scaleset/scaleset/pkg/internal/golden"
)

// TestSchemaDescribesTypes compares docs/json with the types that are written.
func TestSchemaDescribesTypesReview(t *testing.T) {
	golden.Describes(t, "review", reflect.TypeFor[jsonReview]())
}
