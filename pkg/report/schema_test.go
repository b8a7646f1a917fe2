package report

import (
	"reflect"
	"testing"

	"github.com/scaleset/scaleset/pkg/internal/golden"
)

// TestSchemasDescribeTypes compares docs/json with the types that are written.
// What is written without a type, previews and expansions, pkg/app/cli compares
// with what the commands print.
func TestSchemasDescribeTypes(t *testing.T) {
	for name, document := range map[string]reflect.Type{
		"lint":      reflect.TypeFor[jsonResult](),
		"autoscale": reflect.TypeFor[jsonAutoscale](),
		"trace":     reflect.TypeFor[jsonTraces](),
		"diff":      reflect.TypeFor[jsonComparison](),
		"review":    reflect.TypeFor[jsonReview](),
	} {
		t.Run(name, func(t *testing.T) { golden.Describes(t, name, document) })
	}
}
