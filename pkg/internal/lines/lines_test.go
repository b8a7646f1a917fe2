package lines

import (
	"slices"
	"strings"
	"testing"
)

const table = "A\t1\na_1\t2\nB\tone\nb\ttwo\nB/c\t3\nZ\t4\n"

func TestFind(t *testing.T) {
	for key, want := range map[string]string{
		"a": "A\t1\n", "A_1": "a_1\t2\n", "b": "B\tone\nb\ttwo\n", "b/C": "B/c\t3\n", "z": "Z\t4\n",
		"": "", "0": "", "aa": "", "b/": "", "zz": "", "a\t1": "", "b\n": "",
	} {
		if got := Find(table, key); got != want {
			t.Errorf("%q: got %q, want %q", key, got, want)
		}
	}
	if got := Find("", "a"); got != "" {
		t.Errorf("an empty table has %q", got)
	}
}

// TestFindAll looks up every line of tables of all small sizes.
func TestFindAll(t *testing.T) {
	var all []string
	for a := 'a'; a < 'h'; a++ {
		for n := range int(a-'a') + 1 {
			all = append(all, strings.Repeat(string(a), n+1))
		}
	}
	for size := range len(all) {
		text := strings.Join(all[:size], "\tx\n") + "\tx\n"
		for i, key := range all {
			want := ""
			if i < size {
				want = key + "\tx\n"
			}
			if got := Find(text, strings.ToUpper(key)); got != want {
				t.Fatalf("%d lines, %q: got %q, want %q", size, key, got, want)
			}
		}
	}
}

func TestSection(t *testing.T) {
	const text = "@A.B\nx\ty\n@a.c\n@D\nlast@\n"
	for name, want := range map[string][]string{"a.b": {"A.B", "x\ty\n"}, "A.C": {"a.c", ""}, "d": {"D", "last@\n"}, "": {"", ""}, "x": {"", ""}, "a": {"", ""}} {
		if spelled, rest := Section(text, name); !slices.Equal(want, []string{spelled, rest}) {
			t.Errorf("%q: got %q, %q, want %q", name, spelled, rest, want)
		}
	}
}

// TestSectionAll looks up every section, whatever the lengths of those before
// it.
func TestSectionAll(t *testing.T) {
	for length := range 12 {
		var b strings.Builder
		for c := 'a'; c <= 'z'; c++ {
			b.WriteString("@" + string(c) + "\n" + strings.Repeat("-", (int(c)*length)%11) + "\n")
		}
		for c := 'a'; c <= 'z'; c++ {
			want := strings.Repeat("-", (int(c)*length)%11) + "\n"
			if spelled, rest := Section(b.String(), string(c)); spelled != string(c) || rest != want {
				t.Fatalf("%d, %c: got %q, %q", length, c, spelled, rest)
			}
		}
	}
}
