// Command new writes the files of a new rule: its code, its page, and a template
// that it reports and one that it leaves alone.
//
//	go run ./pkg/check/rules/new SS4120 user-data-size profile
//
// The rule reports nothing until its Run function is written, so the tests of
// the family fail until then. CONTRIBUTING.md has the whole guide.
package main

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"text/template"
)

//go:embed files/*
var files embed.FS

func main() {
	if len(os.Args) != 4 {
		fmt.Fprintln(os.Stderr, "usage: go run ./pkg/check/rules/new CODE NAME FAMILY, such as SS4120 user-data-size profile")
		os.Exit(2)
	}
	written, err := write(filepath.Join("pkg", "check", "rules"), os.Args[1], os.Args[2], os.Args[3])
	if err != nil {
		fmt.Fprintln(os.Stderr, "new:", err)
		os.Exit(1)
	}
	for _, name := range written {
		fmt.Println(filepath.ToSlash(name))
	}
	fmt.Print(next)
}

const next = `
Next:
  1. Write the Run function, and what the rule reports and leaves alone in testdata.
  2. Write the page; leave its Output empty.
  3. go generate ./pkg/check/rules ./pkg/app/cli
  4. go test ./pkg/check/rules/... ./pkg/app/cli
`

// A rule is what the files are made from.
type rule struct {
	Code, Name, Family string
	Variable           string // of the Go code, such as userDataSize
	Check              string // the Run function, such as checkUserDataSize
	File               string // without extension, such as ss4120_user_data_size
}

var (
	codeForm = regexp.MustCompile(`^SS\d{4}$`)
	nameForm = regexp.MustCompile(`^[a-z][a-z0-9]*(-[a-z0-9]+)*$`)
)

// write writes the files of a rule below root, the folder of the families, and
// registers the rule in its family. It returns the paths of the files. It
// returns an error, and writes nothing, if the code or the name is malformed or
// in use, or if there is no such family.
func write(root, code, name, family string) ([]string, error) {
	switch {
	case !codeForm.MatchString(code):
		return nil, fmt.Errorf("invalid code %q; a code looks like SS4120", code)
	case !nameForm.MatchString(name):
		return nil, fmt.Errorf("invalid name %q; a name is lower-case words with hyphens between them, such as user-data-size", name)
	}
	r := rule{Code: code, Name: name, Family: family, File: strings.ToLower(code) + "_" + strings.ReplaceAll(name, "-", "_")}
	for i, word := range strings.Split(name, "-") {
		title := strings.ToUpper(word[:1]) + word[1:]
		r.Check += title
		if i == 0 {
			title = word
		}
		r.Variable += title
	}
	r.Check = "check" + r.Check

	list := filepath.Join(root, family, family+".go")
	source, err := os.ReadFile(list)
	if err != nil {
		return nil, fmt.Errorf("unknown family %q: %w", family, err)
	}
	registered, err := register(string(source), r.Variable)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", list, err)
	}
	if err := unused(root, r); err != nil {
		return nil, err
	}
	written, err := fill(filepath.Join(root, family), r)
	if err != nil {
		return nil, err
	}
	return append(written, list), os.WriteFile(list, []byte(registered), 0o644)
}

// register adds a variable to the end of the list that Rules returns.
func register(source, variable string) (string, error) {
	_, body, ok := strings.Cut(source, "\treturn []*lint.Rule{\n")
	if !ok {
		return "", errors.New("Rules() does not return a list of rules, one line each")
	}
	end := strings.Index(body, "\n\t}\n")
	if end < 0 {
		return "", errors.New("the end of the list of rules was not found")
	}
	end += len(source) - len(body)
	return source[:end] + "\n\t\t" + variable + "," + source[end:], nil
}

// unused returns an error if a rule of any family has the code or the name.
func unused(root string, r rule) error {
	return filepath.WalkDir(root, func(path string, _ fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		base := filepath.Base(path)
		used, named, ok := strings.Cut(strings.TrimSuffix(base, ".go"), "_")
		switch {
		case !ok || !strings.HasSuffix(base, ".go"):
			return nil
		case strings.EqualFold(used, r.Code):
			return fmt.Errorf("code %s is in use: %s", r.Code, filepath.ToSlash(path))
		case codeForm.MatchString(strings.ToUpper(used)) && named == strings.ReplaceAll(r.Name, "-", "_"):
			return fmt.Errorf("name %s is in use: %s", r.Name, filepath.ToSlash(path))
		}
		return nil
	})
}

// fill writes the files of a rule below the folder of its family.
func fill(folder string, r rule) (written []string, err error) {
	testdata := filepath.Join(folder, "testdata", strings.ToLower(r.Code))
	if err := os.MkdirAll(testdata, 0o755); err != nil {
		return nil, err
	}
	all, err := template.ParseFS(files, "files/*")
	if err != nil {
		return nil, err
	}
	for _, f := range []struct{ from, to string }{
		{"rule.go.tmpl", filepath.Join(folder, r.File+".go")},
		{"page.md.tmpl", filepath.Join(folder, r.File+".md")},
		{"bad.json.tmpl", filepath.Join(testdata, "bad_literal.json")},
		{"good.json.tmpl", filepath.Join(testdata, "good_literal.json")},
	} {
		var text strings.Builder
		if err := all.ExecuteTemplate(&text, f.from, r); err != nil {
			return nil, err
		}
		if err := os.WriteFile(f.to, []byte(text.String()), 0o644); err != nil {
			return nil, err
		}
		written = append(written, f.to)
	}
	return written, nil
}
