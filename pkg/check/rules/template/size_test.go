package template

import (
	"strings"
	"testing"

	"github.com/scaleset/scaleset/pkg/arm/value"
	"github.com/scaleset/scaleset/pkg/syntax/jsonc"
	"github.com/scaleset/scaleset/pkg/syntax/source"
)

func TestCompact(t *testing.T) {
	for _, text := range []string{`{}`, `[]`, `{"a":[1,true,null,"x\n"],"b":{"c":-1.5e3}}`, `"s"`} {
		spread := strings.NewReplacer(":", " : ", ",", " , // note\n", "[", "[\n\t", "{", "{ /* */ ").Replace(text)
		if got := compact(jsonc.Parse(source.NewFile("t.json", []byte(spread))).Root); got != len(text) {
			t.Errorf("%s has %d bytes, not %d", text, got, len(text))
		}
	}
}

func TestSize(t *testing.T) {
	long := value.Array{value.String(strings.Repeat("a", 100)), value.String(strings.Repeat("b", 100)), value.Unknown{Residual: "reference('x')"}}
	if got := size(value.NewObject(value.Member{Name: "list", Value: long}), 1000); got < 200 || got > 230 {
		t.Errorf("about 220 bytes, not %d", got)
	}
	if got := size(long, 50); got <= 50 || got > 110 {
		t.Errorf("counting ends soon after 50 bytes, not at %d", got)
	}
}
