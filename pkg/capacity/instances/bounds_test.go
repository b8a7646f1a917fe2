package instances_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/scaleset/scaleset/pkg/capacity/instances"
)

// TestListsAreBounded: a list of more instances than any scale set has is refused.
func TestListsAreBounded(t *testing.T) {
	var b strings.Builder
	for i := range 200_001 {
		fmt.Fprintf(&b, `{"instanceId": "%d", "name": "web_%d"},`, i, i)
	}
	_, err := instances.Read("i.json", []byte("["+strings.TrimSuffix(b.String(), ",")+"]"))
	if err == nil || !strings.HasPrefix(err.Error(), "i.json has more than 200000 instances; save ") {
		t.Errorf("error %v", err)
	}
}
