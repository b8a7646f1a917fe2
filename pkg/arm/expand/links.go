package expand

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/url"
	"path"
	"strings"

	"github.com/scaleset/scaleset/pkg/arm"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
	"github.com/scaleset/scaleset/pkg/syntax/expr"
	"github.com/scaleset/scaleset/pkg/syntax/jsonc"
	"github.com/scaleset/scaleset/pkg/syntax/source"
)

// Links is the folder of linked templates. Only files in it and below it are
// read, and nothing is ever fetched.
type Links struct {
	// FS is the folder. It must not follow symbolic links that lead outside, as
	// os.Root.FS does not.
	FS fs.FS
	// Root is the name of the folder in messages, with '/' as separator; "" for
	// the working directory.
	Root string
	// Template is the path of the root template in FS.
	Template string
	// Parse, if set, parses a file, so that repeated expansions of one template
	// can share the trees. path is the name that the file reports.
	Parse func(path string, text []byte) *jsonc.Tree
	// LeaveURIs reads only relative paths and no template for a uri: the
	// content at a uri is known only at deployment.
	LeaveURIs bool
}

func (l *Links) parse(path string, text []byte) *jsonc.Tree {
	if l.Parse != nil {
		return l.Parse(path, text)
	}
	return jsonc.Parse(source.NewFile(path, text))
}

var (
	errOutside       = errors.New("it is outside of the folder of the template")
	errNoFile        = errors.New("there is no such file")
	errNoRegularFile = errors.New("it is a pipe or a device")
	// a limit of the tool; the number follows
	errTogether = errors.New("with it, the linked templates would have more than")
)

// linkedTemplate returns the template that a nested deployment links to, or nil
// after a finding.
func (i *instance) linkedTemplate() *arm.Template {
	t := i.linked()
	if t != nil {
		i.checkContentVersion(t)
	}
	return t
}

// checkContentVersion compares the contentVersion of a link with that of the
// template; Azure requires them to be equal
// (https://learn.microsoft.com/azure/azure-resource-manager/templates/linked-templates#linked-template).
func (i *instance) checkContentVersion(t *arm.Template) {
	want, ok := i.fieldText(i.nested.decl.Link.ContentVersion)
	if !ok || want == "" || expr.IsExpression(want) || t.ContentVersion == nil || i.f.run.opts.Literal {
		return
	}
	got, ok := t.ContentVersion.Value.(*jsonc.String)
	if !ok || strings.EqualFold(got.Value, want) {
		return
	}
	d := diag.Diagnostic{Code: CodeNestedShape, Rule: RuleNested, Severity: diag.Error, Subject: i.nested.decl.Link.ContentVersion.Range(),
		Summary: "the link of the nested deployment '" + i.label() + "' requires contentVersion " + want + ", and the template has " + got.Value,
		Detail:  "Write the same version, or remove it from the link: Azure rejects a different one.",
		Related: []diag.Related{{Range: got.At, Message: "the contentVersion of the template is declared here"}}}
	if i.f.run.guessed[t.File] {
		d.Severity = diag.Warning
	}
	i.f.run.reject(d)
}

func (i *instance) linked() *arm.Template {
	l := i.nested.decl.Link
	switch {
	case l.RelativePath != nil && l.URI == nil && l.ID == nil:
		return i.byRelativePath(l.RelativePath)
	case l.URI != nil:
		return i.byURI(l.URI)
	}
	i.nested.giveUp("its template is a template spec in Azure")
	return nil
}

// from returns the path of the file that contains the deployment.
func (i *instance) from(l *Links) string {
	if p := i.decl.Template().LinkPath; p != "" {
		return p
	}
	return path.Clean(l.Template)
}

// byRelativePath reads a path relative to the file of the deployment.
func (i *instance) byRelativePath(n jsonc.Node) *arm.Template {
	r := i.f.run
	rel, ok := i.fieldText(n)
	if !ok || expr.IsExpression(rel) {
		i.nested.giveUp("the path of its template is known only at deployment")
		return nil
	}
	if r.opts.Links == nil {
		i.nested.giveUp("linked templates are not read")
		return nil
	}
	name := path.Join(path.Dir(i.from(r.opts.Links)), rel)
	t, err := r.openLinked(name, false)
	if err != nil {
		i.broken = true
		if errors.Is(err, errTogether) {
			r.errorf(CodeLimit, RuleLimit, n.Range(), "the linked template '%s' is not read: %v", rel, err)
			i.nested.record.Reason = "its template is not read"
			return nil
		}
		r.errorf(CodeLink, RuleNested, n.Range(), "the linked template '%s' cannot be read: %v", rel, err)
		i.nested.record.Reason = "its template cannot be read"
		return nil
	}
	return t
}

// byURI reads the file below the folder of the root template that shares the
// longest path suffix with the uri.
func (i *instance) byURI(n jsonc.Node) *arm.Template {
	r := i.f.run
	v := i.at.in(i.at.where, resolve).node(n)
	uri, ok := v.Text()
	if !ok {
		i.nested.giveUp("the uri of its template is known only at deployment")
		return nil
	}
	if r.opts.Links == nil {
		i.nested.giveUp("linked templates are not read")
		return nil
	}
	if r.opts.Links.LeaveURIs {
		i.nested.giveUp("its template is at a uri, and nothing is downloaded; it is read from a folder if the link root names one")
		return nil
	}
	for _, name := range candidates(uri, path.Dir(path.Clean(r.opts.Links.Template))) {
		if i.inside(name) {
			continue // the name of an outer file: another template with the same name
		}
		t, err := r.openLinked(name, true)
		if err == nil {
			return t
		}
		if !errors.Is(err, errNoFile) && !errors.Is(err, errOutside) {
			i.nested.giveUp(err.Error())
			return nil
		}
	}
	i.nested.giveUp("its template is not below the folder of the root template, and nothing is downloaded")
	return nil
}

// inside reports whether the deployment is inside the template of a file.
func (i *instance) inside(name string) bool {
	for f := i.f; f != nil; f = f.enclosing() {
		p := f.t.LinkPath
		if p == "" {
			p = path.Clean(f.run.opts.Links.Template)
		}
		if p == name {
			return true
		}
	}
	return false
}

// candidates returns the paths below dir that a uri may refer to, longest
// first.
func candidates(uri, dir string) (names []string) {
	u, err := url.Parse(uri)
	if err != nil {
		return nil
	}
	parts := strings.FieldsFunc(u.Path, func(r rune) bool { return r == '/' })
	const most = 12 // segments of a path that are tried; real paths have up to ten
	parts = parts[max(0, len(parts)-most):]
	for n := range parts {
		names = append(names, path.Join(dir, path.Join(parts[n:]...)))
	}
	return names
}

// openLinked reads and parses a linked template once. With guess, it was found
// by its uri: the content at the uri may be another version of the file, so
// mistakes in it are not errors. It returns an error if the file cannot be read
// or exceeds a limit.
func (r *run) openLinked(name string, guess bool) (*arm.Template, error) {
	if !fs.ValidPath(name) {
		return nil, errOutside
	}
	if t, ok := r.linked[name]; ok {
		return t, nil
	}
	text, err := r.readLinked(name)
	if err != nil {
		return nil, err
	}
	tree := r.opts.Links.parse(path.Join(r.opts.Links.Root, name), text)
	t := arm.ParseTemplate(tree)
	t.LinkPath = name
	r.guessed[t.File] = guess
	for _, d := range tree.Diagnostics {
		r.add(d)
	}
	r.linked[name] = t
	return t, nil
}

func (r *run) readLinked(name string) ([]byte, error) {
	f, err := r.opts.Links.FS.Open(name)
	if err != nil {
		if errors.Is(err, fs.ErrNotExist) {
			return nil, errNoFile
		}
		if errors.Is(err, fs.ErrInvalid) { // a pipe or a device
			return nil, errNoRegularFile
		}
		return nil, errOutside // a link that leads out of the folder, or no permission
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil || info.IsDir() {
		return nil, errNoFile
	}
	if all := r.opts.Limits.AllLinkedBytes; r.read+info.Size() > all {
		return nil, fmt.Errorf("%w %d MB, the limit of this tool", errTogether, all>>20)
	}
	most := r.opts.Limits.LinkedBytes
	text, err := io.ReadAll(io.LimitReader(f, most+1))
	if err != nil {
		return nil, err
	}
	if int64(len(text)) > most {
		return nil, fmt.Errorf("it is larger than %d bytes", most)
	}
	r.read += int64(len(text))
	return text, nil
}
