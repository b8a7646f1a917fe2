package engine

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/scaleset/scaleset/pkg/internal/glob"
)

// Stdin is the argument for the standard input.
const Stdin = "-"

// A target is a file that may be a template.
type target struct {
	path    string
	named   bool   // the user named the very file, so that nothing of it is skipped
	several bool   // it is one of several of a run
	tree    string // the folder whose search found it; "" when the user named it
	err     error  // why it cannot be read, if that is known already
	// steps are those of its expansions, ruleSteps those of the rules of the project.
	steps, ruleSteps *allowance
}

// discover finds the files that the arguments mean: files, folders, patterns
// with *, **, ? and [], and Stdin. Every file comes once, in the order of the
// arguments, then of the names.
// outside are the files of folders that are links out of the folder searched.
func discover(files Files, args []string) (targets []target, outside []string) {
	d := &discovery{files: files, seen: map[string]int{}}
	for _, arg := range args {
		d.argument(arg)
	}
	return d.targets, d.outside
}

type discovery struct {
	files   Files
	targets []target
	outside []string
	seen    map[string]int
}

func (d *discovery) add(t target) {
	if i, ok := d.seen[t.path]; ok {
		d.targets[i].named = d.targets[i].named || t.named
		return
	}
	d.seen[t.path] = len(d.targets)
	d.targets = append(d.targets, t)
}

func (d *discovery) argument(arg string) {
	if arg == Stdin {
		d.add(target{path: Stdin, named: true})
		return
	}
	name := path.Clean(filepath.ToSlash(arg))
	info, err := d.files.Stat(name)
	switch {
	case err == nil && info.IsDir():
		d.walk(name, d.outerIgnores(name), func(string) bool { return true })
	case err == nil:
		d.add(target{path: name, named: true})
	case strings.ContainsAny(name, "*?[{"):
		d.glob(name)
	default:
		d.add(target{path: name, named: true, err: err})
	}
}

// glob adds what a pattern matches; a pattern that matches nothing is reported
// as a file that is not there.
func (d *discovery) glob(pattern string) {
	if err := glob.Validate(pattern); err != nil {
		d.add(target{path: pattern, named: true, err: fmt.Errorf("the pattern %w", err)})
		return
	}
	base := glob.Base(pattern)
	matched := false
	if _, err := d.files.Stat(base); err == nil {
		d.walk(base, d.outerIgnores(base), func(name string) bool {
			match := glob.Match(pattern, name)
			matched = matched || match
			return match
		})
	}
	if !matched {
		d.add(target{path: pattern, named: true, err: errNoMatch})
	}
}

// errNoMatch is the reason of a pattern without files.
var errNoMatch = errors.New("no JSON file matches the pattern")

// maxDepth bounds the walk; no repository is so deep, a loop of mounts is.
const maxDepth = 128

func (d *discovery) walk(folder string, ignores []ignoreFile, want func(name string) bool) {
	d.walkTo(maxDepth, folder, folder, ignores, want)
}

// walkTo searches a folder, and those below it to a depth, on a walk from top.
func (d *discovery) walkTo(depth int, top, folder string, ignores []ignoreFile, want func(name string) bool) {
	entries, err := d.files.ReadDir(folder)
	if err != nil {
		d.add(target{path: folder, named: true, err: &folderError{err}})
		return
	}
	if slices.ContainsFunc(entries, func(e fs.DirEntry) bool { return e.Name() == ignoreName }) {
		if ignore, ok := ignoresOf(d.files, folder); ok {
			if with := append(slices.Clip(ignores), ignore); !tooMany(with) {
				ignores = with
			} else {
				d.add(target{path: path.Join(folder, ignoreName), named: true, err: errPatterns})
			}
		}
	}
	for _, e := range entries { // sorted by name, as fs.ReadDirFS promises
		name := path.Join(folder, e.Name())
		if strings.HasPrefix(e.Name(), ".") || ignored(ignores, name, e.IsDir()) {
			continue
		}
		switch {
		case e.IsDir():
			if depth > 0 {
				d.walkTo(depth-1, top, name, ignores, want)
			}
		case isJSON(e.Name()) && want(name) && isFile(d.files, name, e):
			if e.Type()&fs.ModeSymlink != 0 && !inside(d.files, top, name) {
				d.outside = append(d.outside, name)
				continue
			}
			d.add(target{path: name, tree: top})
		}
	}
}

// isFile follows a symbolic link to a file; links to folders are skipped,
// so that no file is found twice and no walk is endless. A pipe or a device,
// which might never end, is read only when the user names it.
func isFile(files Files, name string, e fs.DirEntry) bool {
	if e.Type()&fs.ModeSymlink == 0 {
		return e.Type().IsRegular()
	}
	info, err := files.Stat(name)
	return err == nil && info.Mode().IsRegular()
}

const ignoreName = ".gitignore"

// ignoresOf reads the .gitignore of a folder, if there is one. As for git, it
// does not come from elsewhere through a link.
func ignoresOf(files Files, folder string) (ignoreFile, bool) {
	file, err := files.Below(folder).Open(ignoreName)
	if err != nil {
		return ignoreFile{}, false
	}
	defer file.Close()
	text, err := readLimited(file, 0)
	if err != nil {
		return ignoreFile{}, false
	}
	return parseIgnore(folder, text), true
}

func isJSON(name string) bool {
	switch strings.ToLower(path.Ext(name)) {
	case ".json", ".jsonc":
		return true
	}
	return false
}

// outerIgnores reads the .gitignore files above a folder, outermost first, up
// to the top of its repository. Where there is none, those above the working
// folder belong to someone else.
func (d *discovery) outerIgnores(folder string) []ignoreFile {
	if path.IsAbs(folder) && !d.inRepository(folder) {
		return nil
	}
	var found []ignoreFile
	at := folder
	for !d.isTop(at) && at != "." && at != "/" && !strings.HasSuffix(at, "..") {
		at = path.Dir(at)
		if ignore, ok := ignoresOf(d.files, at); ok {
			found = append(found, ignore)
		}
	}
	if !d.isTop(at) && !path.IsAbs(at) {
		found = append(found, d.aboveIgnores(at)...)
	}
	slices.Reverse(found)
	return found
}

// inRepository reports whether a folder with an absolute path is in a repository.
func (d *discovery) inRepository(folder string) bool {
	for ; !d.isTop(folder); folder = path.Dir(folder) {
		if path.Dir(folder) == folder {
			return false
		}
	}
	return true
}

// isTop reports whether a folder is the top of a repository.
func (d *discovery) isTop(folder string) bool {
	_, err := d.files.Stat(path.Join(folder, ".git"))
	return err == nil
}

// aboveIgnores reads the .gitignore files above the working folder, or one
// above that, innermost first; none unless it is in a repository.
func (d *discovery) aboveIgnores(folder string) []ignoreFile {
	rooted, ok := d.files.(interface{ Abs() (string, error) })
	if !ok {
		return nil // files that lie nowhere have nothing above them
	}
	root, err := rooted.Abs()
	if err != nil {
		return nil
	}
	at := path.Join(filepath.ToSlash(root), folder)
	prefix := ""
	var found []ignoreFile
	for {
		parent := path.Dir(at)
		if parent == at {
			return nil // no repository
		}
		prefix = path.Base(at) + "/" + prefix
		at = parent
		if f, ok := ignoresOf(d.files, at); ok {
			f.folder = folder
			f.prefix = prefix
			found = append(found, f)
		}
		if d.isTop(at) {
			return found
		}
	}
}
