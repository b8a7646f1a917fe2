package expr_test

import (
	"testing"

	"github.com/scaleset/scaleset/pkg/syntax/expr"
)

// TestIsExpressionAndUnescape has results of the deployment service.
func TestIsExpressionAndUnescape(t *testing.T) {
	tests := []struct {
		in         string
		expression bool
		literal    string // the text that a string without an expression represents
	}{
		{in: "", literal: ""},
		{in: "[", literal: "["},
		{in: "]", literal: "]"},
		{in: "[]", expression: true},
		{in: "[a()]", expression: true},
		{in: "[add(1,2)][add(3,4)]", expression: true},
		{in: " [a()]", literal: " [a()]"},
		{in: "[a()] ", literal: "[a()] "},
		{in: "[a()] tail", literal: "[a()] tail"},
		{in: "[unclosed", literal: "[unclosed"},
		{in: "text [x]", literal: "text [x]"},
		{in: "[[x]", literal: "[x]"},
		{in: "[[[deep]", literal: "[[deep]"},
		{in: "[[", literal: "[["},
		{in: "[[a] tail", literal: "[[a] tail"},
		{in: "[[]", literal: "[]"},
	}
	for _, tt := range tests {
		if got := expr.IsExpression(tt.in); got != tt.expression {
			t.Errorf("IsExpression(%q) = %v", tt.in, got)
		}
		if got := expr.Unescape(tt.in); !tt.expression && got != tt.literal {
			t.Errorf("Unescape(%q) = %q, want %q", tt.in, got, tt.literal)
		}
		if e := expr.Escape(tt.in); expr.IsExpression(e) || expr.Unescape(e) != tt.in {
			t.Errorf("Escape(%q) = %q, which stands for %q", tt.in, e, expr.Unescape(e))
		}
	}
}
