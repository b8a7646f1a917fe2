package retirements

import (
	"regexp/syntax"
	"testing"
)

// TestBeginnings makes names from each pattern of the table: all of them begin as
// the retirement says.
func TestBeginnings(t *testing.T) {
	for _, about := range []string{"size", "image", "extension"} {
		for _, r := range all.Get()[about] {
			parsed, err := syntax.Parse(r.names().String(), syntax.Perl)
			if err != nil {
				t.Fatal(err)
			}
			for _, name := range samples(parsed) {
				if !r.names().MatchString(name) {
					t.Fatalf("%s does not match %s", name, r.names())
				}
				if !begins(name, r.begin) {
					t.Errorf("%s begins with none of %q", name, r.begin)
				}
			}
		}
	}
	if got := beginnings(`^ab*c$`); len(got) != 1 || got[0] != "a" {
		t.Errorf("got %q, want a", got)
	}
}

// samples are texts that an expression matches: those of each alternative, with and
// without what may be missing.
func samples(re *syntax.Regexp) []string {
	switch re.Op {
	case syntax.OpLiteral:
		return []string{string(re.Rune)}
	case syntax.OpCharClass:
		return []string{string(re.Rune[0])}
	case syntax.OpAnyCharNotNL:
		return []string{"x"}
	case syntax.OpCapture, syntax.OpPlus:
		return samples(re.Sub[0])
	case syntax.OpStar, syntax.OpQuest:
		return append(samples(re.Sub[0]), "")
	case syntax.OpAlternate:
		var all []string
		for _, sub := range re.Sub {
			all = append(all, samples(sub)...)
		}
		return all
	case syntax.OpConcat:
		all := []string{""}
		for _, sub := range re.Sub {
			var longer []string
			for _, begin := range all {
				for _, end := range samples(sub) {
					longer = append(longer, begin+end)
				}
			}
			all = longer
		}
		return all
	}
	return []string{""} // the begin and the end of the text
}
