package cli

import (
	"bytes"
	"fmt"
	"io"
	"os"

	"github.com/scaleset/scaleset/pkg/arm"
	"github.com/scaleset/scaleset/pkg/azure/prices"
	"github.com/scaleset/scaleset/pkg/azure/quota"
	"github.com/scaleset/scaleset/pkg/azure/vmss"
	"github.com/scaleset/scaleset/pkg/capacity/instances"
	"github.com/scaleset/scaleset/pkg/review/diff"
	"github.com/scaleset/scaleset/pkg/syntax/jsonc"
	"github.com/scaleset/scaleset/pkg/syntax/source"
)

// maxSaved is the size in bytes above which a saved file is not read: the sizes
// of all regions, the longest answer there is, take some 30 MB.
const maxSaved = 100 << 20

// readSaved reads a file that the user names: an answer of Azure, a
// baseline. A pipe will do; a device that never ends is an error.
func (app *App) readSaved(name string) ([]byte, error) {
	if app.Files != nil {
		return app.Files.ReadFile(name)
	}
	app.readFrom(name)
	f, err := os.Open(app.path(name))
	if err != nil {
		return nil, err
	}
	defer f.Close()
	size := int64(0)
	if info, err := f.Stat(); err == nil && info.Mode().IsRegular() {
		size = min(info.Size(), maxSaved)
	}
	return readAtMost(f, int(size))
}

// readAtMost reads up to maxSaved bytes. It expects as many as size, so that a
// large file is in memory once.
func readAtMost(in io.Reader, size int) ([]byte, error) {
	b := bytes.NewBuffer(make([]byte, 0, size+bytes.MinRead))
	_, err := b.ReadFrom(&limited{in: in, left: maxSaved})
	return b.Bytes(), err
}

// limited ends with an error when there is more to read than it may.
type limited struct {
	in   io.Reader
	left int
}

// Read implements [io.Reader].
func (l *limited) Read(p []byte) (int, error) {
	if len(p) > l.left+1 {
		p = p[:l.left+1]
	}
	n, err := l.in.Read(p)
	if n > l.left {
		return l.left, fmt.Errorf("it has more than %d bytes, the limit", maxSaved)
	}
	l.left -= n
	return n, err
}

// savedFiles are the answers of Azure that a user has saved, each "" when it was
// not given.
type savedFiles struct {
	app       *App
	Instances string
	Set       string // saved az vmss show
	Usage     string
	SKUs      string
	Prices    string
	SetName   string // of the scale set, where a file holds several
}

// listed returns the state in the saved files, or nil if none was given.
func (o *savedFiles) listed() (s *instances.State, err error) {
	if o.Instances != "" {
		text, err := o.read("instances", o.Instances)
		if err != nil {
			return nil, err
		}
		if s, err = instances.Read(o.Instances, text); err != nil {
			return nil, err
		}
	}
	if o.Set != "" {
		text, err := o.read("vmss", o.Set)
		if err != nil {
			return nil, err
		}
		return o.model(text, s)
	}
	return s, nil
}

// model returns the state in a saved model, with the instances of the list
// where there is one: the whole model where the file holds the resource, else
// what can be read of it.
func (o *savedFiles) model(text []byte, list *instances.State) (*instances.State, error) {
	sets, err := exportedSets(jsonc.Parse(source.NewFile(o.Set, text)))
	if err != nil || len(sets) == 0 {
		if list == nil {
			list = instances.New("")
		}
		return list, list.ReadSet(o.Set, text)
	}
	i, err := pickSet(sets, o.SetName, o.Set)
	if err != nil {
		return nil, err
	}
	s := instances.FromModel(sets[i])
	if list == nil {
		return s, nil
	}
	return s, s.AddInstances(list)
}

// exportedSets are the scale sets of a file that holds exported resources; none
// for other files.
func exportedSets(tree *jsonc.Tree) ([]*vmss.ScaleSet, error) {
	if arm.IsTemplate(tree) || !diff.IsExport(tree) {
		return nil, nil
	}
	e, err := diff.ReadExport(tree)
	if err != nil {
		return nil, err
	}
	return vmss.New(e.Deployment).ScaleSets, nil
}

// read reads a saved file, or the standard input for "-".
func (o *savedFiles) read(flag, path string) ([]byte, error) {
	if path == "-" {
		return readAtMost(o.app.In, 0)
	}
	text, err := o.app.readSaved(path)
	if err != nil {
		return nil, usagef("--%s: %w", flag, err)
	}
	return text, nil
}

// addQuota compares with the saved quota, if there is one.
func (o *savedFiles) addQuota(s *instances.State) error {
	usage, sizes, err := o.quota()
	if err != nil {
		return err
	}
	if _, listed := sizes.Listed(s.Size()); sizes != nil && !listed {
		o.app.notice("%s does not list the size %q; its cores are taken from its name", o.SKUs, s.Size())
	}
	s.SetQuota(usage, sizes)
	return nil
}

// prices reads the saved list of prices; nil when none was given.
func (o *savedFiles) prices() (*prices.List, error) {
	if o.Prices == "" {
		return nil, nil
	}
	text, err := o.read("prices", o.Prices)
	if err != nil {
		return nil, err
	}
	list, err := prices.Parse(o.Prices, text)
	if err != nil {
		return nil, usagef("%w", err)
	}
	if list.More {
		o.app.notice("%s is one page of several (NextPageLink); prices on the other pages are not known", o.Prices)
	}
	return list, nil
}

// quota reads the saved usages and sizes; nil for those that were not given.
func (o *savedFiles) quota() (usage *quota.Usage, sizes *quota.Sizes, err error) {
	if o.Usage != "" {
		text, err := o.read("usage", o.Usage)
		if err != nil {
			return nil, nil, err
		}
		if usage, err = quota.ParseUsage(o.Usage, text); err != nil {
			return nil, nil, usagef("%w", err)
		}
	}
	if o.SKUs != "" {
		text, err := o.read("skus", o.SKUs)
		if err != nil {
			return nil, nil, err
		}
		if sizes, err = quota.ParseSizes(o.SKUs, text); err != nil {
			return nil, nil, usagef("%w", err)
		}
	}
	return usage, sizes, nil
}
