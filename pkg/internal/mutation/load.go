package mutation

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"io"
	"os"
	"os/exec"
	"path/filepath"
)

// A Package is the code to mutate: its files without tests and generated files.
type Package struct {
	Path string // import path
	Dir  string

	fset  *token.FileSet
	files []file
	info  *types.Info
}

type file struct {
	path string
	src  []byte
	tree *ast.File
}

// Load reads a package and computes its types. The pattern names one package,
// as for the go command. It returns the errors of the go command and of the
// code.
func Load(pattern string) (*Package, error) {
	out, err := exec.Command("go", "list", "-export", "-deps", "-json=ImportPath,Dir,Export,GoFiles,DepOnly", pattern).Output()
	if err != nil {
		return nil, fmt.Errorf("go list %s: %w", pattern, explained(err))
	}
	var p *Package
	var names []string
	exports := map[string]string{}
	for d := json.NewDecoder(bytes.NewReader(out)); ; {
		var l struct {
			ImportPath, Dir, Export string
			GoFiles                 []string
			DepOnly                 bool
		}
		if err := d.Decode(&l); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			return nil, err
		}
		exports[l.ImportPath] = l.Export
		if l.DepOnly {
			continue
		}
		if p != nil {
			return nil, fmt.Errorf("%s names several packages", pattern)
		}
		p = &Package{Path: l.ImportPath, Dir: l.Dir, fset: token.NewFileSet()}
		names = l.GoFiles
	}
	return p, p.parse(names, exports)
}

func (p *Package) parse(names []string, exports map[string]string) error {
	var trees []*ast.File
	for _, name := range names {
		path := filepath.Join(p.Dir, name)
		src, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		tree, err := parser.ParseFile(p.fset, path, src, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		trees = append(trees, tree)
		if !ast.IsGenerated(tree) {
			p.files = append(p.files, file{path, src, tree})
		}
	}
	config := types.Config{Importer: importer.ForCompiler(p.fset, "gc", func(path string) (io.ReadCloser, error) {
		return os.Open(exports[path])
	})}
	p.info = &types.Info{Types: map[ast.Expr]types.TypeAndValue{}}
	_, err := config.Check(p.Path, p.fset, trees, p.info)
	return err
}

// rewrite returns the rewritten text of each file by its path, and the mutants
// except those in skip.
func (p *Package) rewrite(skip map[int]bool) (map[string][]byte, []Mutant) {
	texts := map[string][]byte{}
	var all []Mutant
	next := 1
	for _, f := range p.files {
		text, mutants, after := rewrite(p.fset, f.tree, p.info, f.src, next, skip)
		if len(mutants) > 0 {
			texts[f.path] = text
		}
		all = append(all, mutants...)
		next = after
	}
	return texts, all
}

// explained adds the standard error of a command to its error.
func explained(err error) error {
	var exit *exec.ExitError
	if errors.As(err, &exit) && len(exit.Stderr) > 0 {
		return fmt.Errorf("%w: %s", err, bytes.TrimSpace(exit.Stderr))
	}
	return err
}
