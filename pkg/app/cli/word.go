package cli

import (
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/pflag"
)

// A word is the value of a flag that takes one of a few words. Its words are listed in
// the usage of the flag, completed by shells and offered to assistants.
type word struct {
	flag   string
	target *string
	words  []string
	fold   bool // case is ignored, and the word is kept as it is listed
	unset  bool // an empty value is one too
}

// wordVar declares a flag that takes one of some words. usage has %s where it lists
// them. A flag whose value is empty is not set.
func wordVar(f *pflag.FlagSet, target *string, name, value, usage string, words ...string) {
	(&word{flag: name, target: target, words: words}).bind(f, value, usage)
}

// azureWordVar declares a flag whose words are names of Azure, which are
// case-insensitive.
func azureWordVar(f *pflag.FlagSet, target *string, name, usage string, words ...string) {
	(&word{flag: name, target: target, words: words, fold: true}).bind(f, "", usage)
}

// failOnVar declares --fail-on of a command that reports findings.
func failOnVar(f *pflag.FlagSet, target *string) {
	wordVar(f, target, "fail-on", "error", "exit with 1 for findings of this `SEVERITY` or above: %s", "info", "warning", "error", "never")
}

func (w *word) bind(f *pflag.FlagSet, value, usage string) {
	*w.target, w.unset = value, value == ""
	last := len(w.words) - 1
	f.Var(w, w.flag, fmt.Sprintf(usage, strings.Join(w.words[:last], ", ")+" or "+w.words[last]))
}

func (w *word) String() string { return *w.target }
func (w *word) Type() string   { return "string" }

func (w *word) Set(value string) error {
	if value == "" && w.unset {
		*w.target = ""
		return nil
	}
	i := slices.IndexFunc(w.words, func(s string) bool { return s == value || w.fold && strings.EqualFold(s, value) })
	if i < 0 {
		return oneOf(w.flag, value, w.words...)
	}
	*w.target = w.words[i]
	return nil
}

// wordsOf returns the words that a flag takes, or nil for a flag that takes something
// else.
func wordsOf(f *pflag.Flag) []string {
	if w, ok := f.Value.(*word); ok {
		return w.words
	}
	return nil
}
