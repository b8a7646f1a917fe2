package engine

import (
	"fmt"
	"path"
	"strings"

	"github.com/scaleset/scaleset/pkg/internal/glob"
)

// An ignoreFile is one .gitignore: patterns that hold below its folder. See
// https://git-scm.com/docs/gitignore#_pattern_format.
type ignoreFile struct {
	folder   string // that contains it, "." for the working folder
	prefix   string // of names in folder, for a file in a parent folder: "repo/web/"
	patterns []ignorePattern
	size     int // of the patterns in bytes
}

type ignorePattern struct {
	glob       string // relative to the folder
	negated    bool
	folderOnly bool
}

func parseIgnore(folder string, text []byte) ignoreFile {
	f := ignoreFile{folder: folder}
	for line := range strings.Lines(string(text)) {
		if p, ok := parseIgnorePattern(strings.TrimRight(line, "\r\n")); ok {
			f.patterns = append(f.patterns, p)
			f.size += glob.Size(p.glob)
		}
	}
	return f
}

func parseIgnorePattern(line string) (p ignorePattern, ok bool) {
	if !strings.HasSuffix(line, `\ `) {
		line = strings.TrimRight(line, " ")
	}
	if line == "" || strings.HasPrefix(line, "#") {
		return p, false
	}
	line, p.negated = strings.CutPrefix(line, "!")
	line, p.folderOnly = strings.CutSuffix(line, "/")
	anchored := strings.Contains(line, "/")
	line = strings.TrimPrefix(line, "/")
	if !anchored {
		line = "**/" + line
	}
	// Braces are ordinary characters for git and alternatives for package glob.
	p.glob = strings.NewReplacer("{", `\{`, "}", `\}`).Replace(line)
	return p, line != "" && glob.Validate(p.glob) == nil
}

// The patterns of .gitignore files that hold for one folder, with those of the
// folders above it: each file is compared with all of them.
const (
	maxPatterns = 5000
	maxGlobs    = 128 << 10 // bytes
)

// tooMany reports whether the files have more patterns than that.
func tooMany(files []ignoreFile) bool {
	n, size := 0, 0
	for _, f := range files {
		n += len(f.patterns)
		size += f.size
	}
	return n > maxPatterns || size > maxGlobs
}

// errPatterns is the reason of a .gitignore that does not count.
var errPatterns = fmt.Errorf("it has more than %d patterns or %d KB of them, with those of the folders above it, so that none of its patterns counts", maxPatterns, maxGlobs>>10)

// ignored reports whether the last pattern that matches name says so. The
// files are outermost first; an inner one overrules an outer one.
func ignored(files []ignoreFile, name string, folder bool) bool {
	for i := len(files) - 1; i >= 0; i-- {
		rel, ok := below(files[i].folder, name)
		if !ok {
			continue
		}
		for k := len(files[i].patterns) - 1; k >= 0; k-- {
			p := files[i].patterns[k]
			if p.folderOnly && !folder {
				continue
			}
			if glob.MatchValid(p.glob, files[i].prefix+rel) {
				return !p.negated
			}
		}
	}
	return false
}

// below returns name relative to folder, if it is below it.
func below(folder, name string) (rel string, ok bool) {
	if folder == "." {
		return name, !path.IsAbs(name) && !strings.HasPrefix(name, "../")
	}
	return strings.CutPrefix(name, strings.TrimSuffix(folder, "/")+"/")
}
