package settings

import (
	"fmt"
	"strings"
	"testing"

	"github.com/scaleset/scaleset/pkg/syntax/source"
)

// TestMistakesAreBounded counts how often it is looked for what a wrong name means.
func TestMistakesAreBounded(t *testing.T) {
	var text strings.Builder
	text.WriteString("rules:\n")
	for i := range 5000 {
		fmt.Fprintf(&text, "  wrong-%d: off\n", i)
	}
	asked := 0
	checks := Checks{Rule: func(string, string) string { asked++; return "no rule is called that" }}
	_, err := parse(source.NewFile("s.yaml", []byte(text.String())), checks, nil)
	if err == nil || !strings.Contains(err.Error(), "more than 100 errors") {
		t.Errorf("the mistakes are not bounded: %.200v", err)
	}
	if asked > 110 {
		t.Errorf("%d names were looked for, want about 100", asked)
	}
}
