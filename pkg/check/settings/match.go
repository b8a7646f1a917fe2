package settings

import (
	"path/filepath"
	"slices"
	"strings"

	"github.com/scaleset/scaleset/pkg/internal/glob"
)

// Matches reports whether one of the patterns means the file at an absolute
// path. Patterns are relative to the folder of the settings; one without a
// slash means files and folders of that name at any depth, and a folder means
// all that is below it. [glob.Validate] accepts them: [parse] reports the others.
func (s *Settings) Matches(patterns []string, file string) bool {
	return s.Matcher(file)(patterns)
}

// Matcher is [Settings.Matches] for many lists of patterns and one file.
func (s *Settings) Matcher(file string) func(patterns []string) bool {
	rel, err := filepath.Rel(s.Dir, file)
	if err != nil {
		return func([]string) bool { return false }
	}
	rel = filepath.ToSlash(rel)
	return func(patterns []string) bool {
		return slices.ContainsFunc(patterns, func(p string) bool { return matches(p, rel) })
	}
}

func matches(pattern, name string) bool {
	pattern = strings.TrimSuffix(strings.TrimPrefix(pattern, "./"), "/")
	if pattern == "." {
		pattern = "**"
	}
	if rooted, ok := strings.CutPrefix(pattern, "/"); ok {
		pattern = rooted
	} else if !strings.Contains(pattern, "/") {
		pattern = "**/" + pattern
	}
	for _, p := range []string{pattern, pattern + "/**"} {
		if glob.MatchValid(p, name) {
			return true
		}
	}
	return false
}
