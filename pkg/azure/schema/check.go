package schema

import (
	"strings"
	"sync"

	"github.com/scaleset/scaleset/pkg/arm/expand"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
	"github.com/scaleset/scaleset/pkg/syntax/expr"
	"github.com/scaleset/scaleset/pkg/syntax/source"
	"github.com/scaleset/scaleset/schemas"
)

// A Checker compares deployments with the schemas. It decodes the document of each
// resource type once, and compiles the schema of a type and version again only when a
// resource uses more of it than those before. Its zero value is ready; it is
// safe for concurrent use.
type Checker struct {
	mu      sync.Mutex
	docs    map[string]*schemas.Document // by type as written; nil for a type without one
	load    schemas.Loader
	schemas map[schemaKey]*compiled
}

// Check judges every resource of a deployment. The list is sorted; what several
// copies of a resource say of one place is said once.
func (c *Checker) Check(dep *expand.Deployment) diag.List {
	if dep == nil {
		return nil
	}
	r := newReport()
	b := batches{}
	for _, res := range dep.Resources {
		c.prepare(res, &b, &r)
	}
	c.judge(&b, &r)
	r.list.Sort()
	return r.list
}

// prepare resolves the type and version of a resource and brings its value
// into the spelling of the schema.
func (c *Checker) prepare(res *expand.Resource, b *batches, r *report) {
	if res == nil || !res.Body.Known() || expr.IsExpression(res.Type) {
		return
	}
	doc := c.document(res.Type)
	if doc == nil {
		checkType(res, r)
		checkVersion(res, r)
		return
	}
	if res.APIVersion == "" || expr.IsExpression(res.APIVersion) {
		return
	}
	version := resolve(doc, res.APIVersion)
	s := &subject{res: res, doc: doc, version: version}
	version.report(s, r)
	b.add(s, r)
}

func (c *Checker) document(resourceType string) *schemas.Document {
	c.mu.Lock()
	defer c.mu.Unlock()
	doc, known := c.docs[resourceType]
	if !known {
		// A document that does not decode is a defect of the build, which a
		// test of package schemas excludes; here it is as if there were none.
		if strings.Contains(resourceType, "/") {
			doc, _ = c.load.Load(resourceType)
		} else {
			doc, _ = schemas.Own(resourceType)
		}
		if c.docs == nil {
			c.docs = map[string]*schemas.Document{}
		}
		c.docs[resourceType] = doc
	}
	return doc
}

// A subject is one resource under judgement.
type subject struct {
	res     *expand.Resource
	doc     *schemas.Document
	version apiVersion
	item    *item
	room    *room // that of its items
	// language says that the document is about the language and not a
	// resource type: it has no versions.
	language bool
	// written says that the body is what the file has, before expansion: its
	// nodes know no pointer, and base is that of the body.
	written bool
	base    string
}

// label names type and version for messages.
func (s *subject) label() string {
	if s.language {
		return s.doc.Type
	}
	return s.doc.Type + " " + s.version.judged(s.doc)
}

// A report collects findings, each once.
type report struct {
	list   diag.List
	seen   map[seenKey]bool
	judged map[judgedKey]bool
}

func newReport() report {
	return report{seen: map[seenKey]bool{}, judged: map[judgedKey]bool{}}
}

type seenKey struct {
	at      source.Range
	code    diag.Code
	summary string
}

func (r *report) add(d diag.Diagnostic) {
	key := seenKey{d.Subject, d.Code, d.Summary}
	if !r.seen[key] {
		r.seen[key] = true
		r.list.Add(d)
	}
}
