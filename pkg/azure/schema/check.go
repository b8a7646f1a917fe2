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

// A Checker compares deployments with the schemas. It decodes the document of
// each resource type once, and compiles the schema of a type and version again
// only if a resource uses more of it than the resources before. Its zero value
// is ready; it is safe for concurrent use.
type Checker struct {
	// Remember keeps which resources have no findings, for a session that checks
	// the same resources again and again.
	Remember bool

	mu      sync.Mutex
	docs    map[string]*schemas.Document // by type as written; nil for a type without a document
	load    schemas.Loader
	schemas map[schemaKey]*compiled
	// The resources without findings by their digests: those of late, and those
	// before these.
	clean, cleanBefore map[uint64]bool
}

// Check checks every resource of a deployment. The list is sorted; the same
// finding in several copies of a resource is reported once.
func (c *Checker) Check(dep *expand.Deployment) diag.List {
	return c.CheckWithout(dep, func(diag.Kind) bool { return false })
}

// CheckWithout is [Checker.Check] that makes no findings of the kinds that are off
// and that correct templates have by the hundred. A checker that remembers is asked
// for the same kinds each time.
func (c *Checker) CheckWithout(dep *expand.Deployment, off func(diag.Kind) bool) diag.List {
	if dep == nil {
		return nil
	}
	r := newReport()
	r.anyCase, r.anyType = off(wrongCase), off(convertedValue)
	b := batches{}
	for _, res := range dep.Resources {
		c.prepare(res, &b, &r)
	}
	c.judge(&b, &r)
	r.list.Sort()
	return r.list
}

// prepare resolves the type and version of a resource and converts its value to
// the spelling of the schema.
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
	if res.APIVersion == "" || expr.IsExpression(res.APIVersion) || c.isClean(res) {
		return
	}
	version := resolve(doc, res.APIVersion)
	s := &subject{res: res, doc: doc, version: version}
	version.report(s, r)
	c.add(b, s, r)
}

// maxClean limits the resources that are remembered twice.
const maxClean = 10_000

func (c *Checker) isClean(res *expand.Resource) bool {
	if !c.Remember {
		return false
	}
	digest := res.Digest()
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.cleanBefore[digest] && !c.clean[digest] {
		c.remember(digest)
	}
	return c.clean[digest]
}

// remember notes a resource without findings. The caller holds the lock.
func (c *Checker) remember(digest uint64) {
	if c.clean == nil || len(c.clean) >= maxClean {
		c.clean, c.cleanBefore = map[uint64]bool{}, c.clean
	}
	c.clean[digest] = true
}

// judged notes that all findings about a subject have been made.
func (c *Checker) judged(s *subject) {
	if !c.Remember || s.found || s.written {
		return
	}
	digest := s.res.Digest()
	c.mu.Lock()
	defer c.mu.Unlock()
	c.remember(digest)
}

// maxTypes limits the types that are remembered: one may be incomplete while it is typed.
const maxTypes = 10_000

func (c *Checker) document(resourceType string) *schemas.Document {
	c.mu.Lock()
	defer c.mu.Unlock()
	doc, known := c.docs[resourceType]
	if !known {
		// A document that does not decode is a defect of the build, which a
		// test of package schemas excludes; here it counts as missing.
		if strings.Contains(resourceType, "/") {
			doc, _ = c.load.Load(resourceType)
		} else {
			doc, _ = schemas.Own(resourceType)
		}
		if c.docs == nil || len(c.docs) >= maxTypes {
			c.docs, c.schemas = map[string]*schemas.Document{}, nil
		}
		c.docs[strings.Clone(resourceType)] = doc // it may be a part of a file
	}
	return doc
}

// A subject is a resource that is being checked.
type subject struct {
	res     *expand.Resource
	doc     *schemas.Document
	version apiVersion
	item    *item
	// language is set if the document describes the language and not a resource
	// type: it has no versions.
	language bool
	// written is set if the body is the text of the file before expansion: its
	// nodes have no pointers, and base is the pointer of the body.
	written bool
	base    string
	// found is set once a finding is made about the resource, even if it is then
	// the same as one about a copy.
	found bool
}

// label returns type and version for messages.
func (s *subject) label() string {
	if s.language {
		return s.doc.Type
	}
	return s.doc.Type + " " + s.version.judged(s.doc)
}

// A report collects findings without duplicates.
type report struct {
	list   diag.List
	seen   map[seenKey]bool
	judged map[judgedKey]bool
	words  map[*schemas.Document]map[string]bool // see vocabulary
	// anyCase and anyType are set if no finding says that a spelling or a type works.
	anyCase, anyType bool
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
