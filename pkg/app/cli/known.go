package cli

import (
	"bytes"

	"github.com/scaleset/scaleset/pkg/arm/expand"
	"github.com/scaleset/scaleset/pkg/check/engine"
)

// loadKnown expands the template of a run again, with the same parameters and
// no assumed facts: what the user does not say about the deployment is unknown.
func (o *templateOptions) loadKnown(app *App, name string, t *engine.Template) (*expand.Deployment, error) {
	config, err := o.engineConfig(app)
	if err != nil {
		return nil, err
	}
	if config.Files, name, err = app.filesOf(name); err != nil {
		return nil, err
	}
	config.KnownOnly = true
	config.Stdin = bytes.NewReader(t.Tree.File.Bytes()) // it was read to its end
	config.OneSet = true
	e, err := engine.New(config)
	if err != nil {
		return nil, usagef("%w", err)
	}
	return e.Load(name).Runs[0].Deployment, nil
}

// counterpart returns the resource in one expansion that r is in another: the same
// one among those of its declaration; nil when there is none.
func counterpart(all, others []*expand.Resource, r *expand.Resource) *expand.Resource {
	rank := 0
	for _, o := range others {
		if o == r {
			break
		}
		if sameDeclaration(o, r) {
			rank++
		}
	}
	for _, o := range all {
		if !sameDeclaration(o, r) {
			continue
		}
		if rank == 0 {
			return o
		}
		rank--
	}
	return nil
}

func sameDeclaration(a, b *expand.Resource) bool {
	return a.Pointer == b.Pointer && a.Declared.Start == b.Declared.Start && a.Declared.File.Path() == b.Declared.File.Path()
}
