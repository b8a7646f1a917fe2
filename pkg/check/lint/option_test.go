package lint

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

func TestOptionRead(t *testing.T) {
	number := Option{Name: "n", Kind: Number, Least: 1, Most: 9}
	numbers := Option{Name: "n", Kind: Numbers, Least: 1, Most: 9}
	texts := Option{Name: "n", Kind: Texts}
	tests := []struct {
		name   string
		option Option
		value  any
		want   any
		err    string
	}{
		{"number", number, 9, 9, ""},
		{"too large", number, 10, nil, "n must be a whole number from 1 to 9, not 10"},
		{"too small", number, 0, nil, "n must be a whole number from 1 to 9, not 0"},
		{"fraction", number, 1.5, nil, "n must be a whole number from 1 to 9, not 1.5"},
		{"text for a number", number, "3", nil, `n must be a whole number from 1 to 9, not "3"`},
		{"list for a number", number, []any{3}, nil, "n must be a whole number from 1 to 9, not a list"},
		{"nothing for a number", number, nil, nil, "n must be a whole number from 1 to 9, not nothing"},
		{"numbers", numbers, []any{3, 1}, []int{3, 1}, ""},
		{"one of numbers", numbers, 3, []int{3}, ""},
		{"no numbers", numbers, []any{}, []int{}, ""},
		{"wrong number", numbers, []any{3, 0}, nil, "n must be a list of whole numbers from 1 to 9, not 0"},
		{"mapping for numbers", numbers, map[string]any{}, nil, "n must be a list of whole numbers from 1 to 9, not a mapping"},
		{"texts", texts, []any{"a", "b"}, []string{"a", "b"}, ""},
		{"one of texts", texts, "a", []string{"a"}, ""},
		{"empty text", texts, []any{" "}, nil, `n must be a list of strings, not " "`},
		{"number for texts", texts, []any{true}, nil, "n must be a list of strings, not true"},
		{"too many", texts, make([]any, 1001), nil, "n has 1001 items; the limit is 1000"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := tt.option.Read(tt.value)
			message := ""
			if err != nil {
				message, got = err.Error(), nil
			}
			if diff := cmp.Diff(tt.err, message); diff != "" {
				t.Errorf("error (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestOptionValuesAreValidated(t *testing.T) {
	rule := &Rule{Code: "SS4001", Name: "capacity-limit", Options: []Option{{Name: "most", Kind: Number, Default: 3, Most: 9, Doc: "x"}}}
	plain := &Rule{Code: "SS4002", Name: "other-limit"}
	tests := []struct {
		name string
		code diag.Code
		key  string
		v    any
		want string
	}{
		{"right", "SS4001", "most", 9, ""},
		{"unknown rule", "SS4003", "most", 9, `no rule is called "SS4003"; did you mean SS4001?`},
		{"unknown option", "SS4001", "mots", 9, `SS4001 capacity-limit has no option "mots"; did you mean "most"?`},
		{"option like none", "SS4001", "colour", 9, `SS4001 capacity-limit has no option "colour", only most`},
		{"no options", "SS4002", "most", 9, "SS4002 other-limit has no options"},
		{"out of bounds", "SS4001", "most", 10, "SS4001 capacity-limit: most must be a whole number from 0 to 9, not 10"},
		{"another form", "SS4001", "most", []int{1}, "SS4001 capacity-limit: most must be a whole number, not of the type []int"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := NewRunner([]*Rule{rule, plain}, Options{Values: map[diag.Code]map[string]any{tt.code: {tt.key: tt.v}}})
			got := ""
			if err != nil {
				got = err.Error()
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestValidateOptions(t *testing.T) {
	rule := &Rule{Code: "SS4001", Name: "capacity-limit", Options: []Option{
		{Name: "Most", Kind: Number, Default: 3, Most: 2, Doc: "x."},
		{Name: "a", Kind: Texts, Default: 1, Doc: "x"},
		{Name: "a", Kind: Numbers, Default: []int{}, Doc: "x"},
	}}
	got := Validate([]*Rule{rule}).Error()
	for _, want := range []string{
		`option "Most": its name must be lower-case words with hyphens`,
		`option "Most": its Doc must be one sentence without a full stop`,
		`option "Most": its default: Most must be a whole number from 0 to 2, not 3`,
		`option "a": its default: a must be a list of strings, not of the type int`,
		`option "a" is declared twice`,
		`option "a": it has no bounds`,
	} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is not in\n%s", want, got)
		}
	}
}
