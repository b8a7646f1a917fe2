package rollouts

import (
	"reflect"
	"testing"

	"github.com/scaleset/scaleset/pkg/internal/golden"
)

// TestSchemaDescribesTypes compares docs/json with the types that are written.
func TestSchemaDescribesTypes(t *testing.T) { golden.Describes(t, "plan", reflect.TypeFor[Object]()) }
