package autoscaling

import (
	"reflect"
	"testing"

	"github.com/scaleset/scaleset/pkg/internal/golden"
)

// TestSchemaDescribesTypes compares docs/json with the types that are written.
func TestSchemaDescribesTypesAutoscale(t *testing.T) {
	golden.Describes(t, "autoscale", reflect.TypeFor[jsonAutoscale]())
}
