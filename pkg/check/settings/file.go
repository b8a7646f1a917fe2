package settings

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"time"

	"github.com/scaleset/scaleset/pkg/internal/confine"
	"github.com/scaleset/scaleset/pkg/syntax/source"
)

// Name is the name of the file of settings.
const Name = ".scaleset.yaml"

// A Settings is what a file of settings says.
type Settings struct {
	Source *source.File
	// Dir is the absolute folder of the file, to which its paths are relative.
	Dir string
	// Top holds for all templates.
	Top Block
	// Blocks hold for those that they match; a later one counts more.
	Blocks       []Block
	Suppressions []Suppression
	// Custom are the rules of the project, also those of the files that it includes.
	Custom []Custom
	// Included are the files that were included.
	Included []*source.File
}

// File returns the absolute path of the file, with '/' as separator.
func (s *Settings) File() string {
	return path.Join(filepath.ToSlash(s.Dir), path.Base(s.Source.Path()))
}

// A Block is a part of the settings that holds for some templates.
type Block struct {
	At       source.Range
	Match    []string // patterns; see [Settings.Matches]
	Settings []Setting
	Rules    []Rule
}

// A Setting is the value of a key.
type Setting struct {
	Key    Key
	Values []string // one, or those of a list; of a map NAME=VALUE, where VALUE is JSON
	At     source.Range
}

// A Rule is what a file says of a rule.
type Rule struct {
	Selector string // code, name, SS50* or all
	// State is one of [states]; "" where only options are given, which say
	// nothing of whether the rule runs.
	State   string
	Options []Option
	At      source.Range
}

// An Option is the value that a file gives to an option of a rule.
type Option struct {
	Name  string
	Value any // what [Checks.Option] made of it
	At    source.Range
}

// Checks are what the reader of a file knows of rules. A nil function takes
// everything.
type Checks struct {
	// Rule says what is wrong with a selector and a state, "" when nothing is.
	// The state of a suppression is "".
	Rule func(selector, state string) string
	// Option reads the value of an option, which is an int, a float64, a bool, a
	// string, nil, or an []any or a map[string]any of these. The error of a name
	// that does not exist is an [OptionNameError]; any other is of the value.
	Option func(selector, name string, value any) (any, error)
	// Taken reports whether a name is that of a rule, so that no custom rule can
	// have it.
	Taken func(name string) bool
}

// An OptionNameError says that a selector has no such option.
type OptionNameError struct{ Err error }

func (e *OptionNameError) Error() string { return e.Err.Error() }
func (e *OptionNameError) Unwrap() error { return e.Err }

// A Suppression silences findings of some rules in some files.
type Suppression struct {
	Rules  []string
	Paths  []string // patterns; none: every file
	Reason string
	Until  time.Time // zero: forever
	At     source.Range
}

// A Mistake is one thing that is wrong in a file.
type Mistake struct {
	At      source.Range
	Message string
}

// Mistakes is the error of a file that cannot be used.
type Mistakes []Mistake

func (m Mistakes) Error() string {
	lines := make([]string, len(m))
	for i, x := range m {
		lines[i] = fmt.Sprintf("%s: %s", Place(x.At), x.Message)
	}
	return strings.Join(lines, "\n")
}

// Place returns "path:line:column" of the beginning of a range.
func Place(at source.Range) string {
	p := at.StartPosition()
	return fmt.Sprintf("%s:%d:%d", at.File.Path(), p.Line, p.Column)
}

// Find looks for the file of settings in a folder and in those above, up to
// the top of the repository. It gives "" when there is none.
func Find(dir string) string {
	for {
		name := filepath.Join(dir, Name)
		if _, err := os.Lstat(name); err == nil {
			return name // whatever it is: a folder, a link or a pipe is a mistake to report
		}
		parent := filepath.Dir(dir)
		if _, err := os.Stat(filepath.Join(dir, ".git")); err == nil || parent == dir {
			return ""
		}
		dir = parent
	}
}

// maxSize is the limit in bytes; a file written by hand is smaller.
const maxSize = 128 << 10

// Load reads the file at an absolute path, which reports itself as shown. An
// error of the type [Mistakes] is one of its author.
func Load(name, shown string, checks Checks) (*Settings, error) {
	info, err := os.Lstat(name)
	switch {
	case err != nil:
		return nil, fmt.Errorf("%s cannot be read: %w", shown, cause(err))
	case info.Mode()&fs.ModeSymlink != 0:
		return nil, fmt.Errorf("%s is a link and is not read; put the settings into the file itself, or name the file that it leads to on the command line", shown)
	case !info.Mode().IsRegular() && !info.IsDir():
		return nil, fmt.Errorf("%s is a pipe or a device and is not read; the settings must be a regular file", shown)
	case info.IsDir():
		return nil, fmt.Errorf("%s is a folder; the settings are a file", shown)
	case info.Size() > maxSize:
		return nil, fmt.Errorf("%s has %d bytes; the limit is %d", shown, info.Size(), maxSize)
	}
	file, err := os.Open(name)
	if err != nil {
		return nil, fmt.Errorf("%s cannot be read: %w", shown, cause(err))
	}
	defer file.Close()
	text, err := io.ReadAll(io.LimitReader(file, maxSize+1)) // it may grow meanwhile
	if err != nil {
		return nil, fmt.Errorf("%s cannot be read: %w", shown, cause(err))
	}
	if len(text) > maxSize {
		return nil, fmt.Errorf("%s has more than %d bytes, the limit", shown, maxSize)
	}
	dir := filepath.Dir(name)
	s, err := parse(source.NewFile(filepath.ToSlash(shown), text), checks, func(inside string) (*source.File, string) {
		return openIncluded(dir, inside, path.Join(path.Dir(filepath.ToSlash(shown)), inside))
	})
	if err != nil {
		return nil, err
	}
	s.Dir = dir
	if mistakes := s.outside(); len(mistakes) > 0 {
		return nil, mistakes
	}
	return s, nil
}

// openIncluded reads a file below the folder of the settings; nothing leads out of
// that. It returns why it cannot.
func openIncluded(dir, inside, shown string) (file *source.File, problem string) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, "cannot be read: " + cause(err).Error()
	}
	defer root.Close()
	info, err := root.Stat(inside)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, "does not exist"
	case err != nil:
		return nil, "cannot be read: " + cause(err).Error()
	case info.IsDir():
		return nil, "is a folder; name its files"
	case !info.Mode().IsRegular():
		return nil, "is a pipe or a device"
	case info.Size() > maxSize:
		return nil, fmt.Sprintf("has %d bytes; the limit is %d", info.Size(), maxSize)
	}
	opened, err := root.Open(inside)
	if err != nil {
		return nil, "cannot be read: " + cause(err).Error()
	}
	defer opened.Close()
	text, err := io.ReadAll(io.LimitReader(opened, maxSize+1))
	if err != nil {
		return nil, "cannot be read: " + cause(err).Error()
	}
	if len(text) > maxSize {
		return nil, fmt.Sprintf("has more than %d bytes, the limit", maxSize)
	}
	return withoutMark(source.NewFile(shown, text)), ""
}

// outside returns the mistakes of the files that the settings name: each must lie
// below the folder of the settings, also when links are followed, and must not
// be a pipe or a device. A missing file is reported by its reader.
func (s *Settings) outside() (mistakes Mistakes) {
	for _, b := range append([]Block{s.Top}, s.Blocks...) {
		for _, x := range b.Settings {
			if x.Key.Kind != File && x.Key.Kind != Files {
				continue
			}
			for _, value := range x.Values {
				if problem := s.misplaced(value); problem != "" {
					mistakes = append(mistakes, Mistake{x.At, fmt.Sprintf("%s: %q %s; name it with --%s on the command line", x.Key.Name, value, problem, x.Key.Name)})
				}
			}
		}
	}
	return mistakes
}

// misplaced says what is wrong with a file that the settings name; "" when
// nothing is.
func (s *Settings) misplaced(value string) string {
	name := filepath.FromSlash(value)
	if !filepath.IsAbs(name) {
		name = filepath.Join(s.Dir, name)
	}
	_, err := confine.Below(s.Dir, name)
	var outside *confine.OutsideError
	switch {
	case errors.As(err, &outside) && outside.Link:
		return "is a link, or is reached through one, that leads out of the folder of the settings"
	case errors.As(err, &outside):
		return "is not below the folder of the settings"
	case confine.Regular(name) != nil:
		return "is a pipe or a device"
	}
	return ""
}

// cause is why a file cannot be read, without its path, which the message has.
func cause(err error) error {
	var failed *fs.PathError
	if errors.As(err, &failed) {
		return failed.Err
	}
	return err
}
