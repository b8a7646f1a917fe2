package expand

import (
	"strings"

	"github.com/scaleset/scaleset/pkg/internal/fold"
)

// index adds the instances of a frame to its indexes.
func (f *frame) index() {
	f.symbols = make(map[string]*instance)
	f.rounds = make(map[string][]*instance)
	f.ids = make(map[string]*instance, len(f.instances))
	f.names = make(map[string][]*instance, 2*len(f.instances))
	for _, i := range f.instances {
		if i.symbol != "" {
			f.symbols[i.symbol] = i
		}
		if i.symbol != "" && i.decl.Copy != nil {
			f.rounds[i.decl.Symbol.Value] = append(f.rounds[i.decl.Symbol.Value], i)
		}
		if i.name == "" {
			continue
		}
		if i.id != "" {
			f.indexID(i)
		}
		f.nameIndex(i.name, i)
		f.nameIndex(i.typ+"/"+i.name, i)
		if interleaved := interleave(i.typ, i.name); strings.Contains(i.name, "/") {
			f.nameIndex(interleaved, i)
		}
	}
}

func (f *frame) indexID(i *instance) {
	key := fold.Lower(i.id)
	if other := f.ids[key]; other == nil {
		f.ids[key] = i
	}
}

func (f *frame) nameIndex(name string, i *instance) {
	key := fold.Lower(name)
	f.names[key] = append(f.names[key], i)
}

// find returns the resource that a reference() or a list function refers to: by
// symbolic name, id, or name. It returns nil if the resource is not in the
// template or has a false condition.
func (f *frame) find(name string) *instance {
	if i, ok := f.symbols[name]; ok && (!i.skipped || i.decl.Existing) {
		return i
	}
	key := fold.Lower(name)
	if strings.HasPrefix(key, "/") {
		return f.ids[strings.TrimRight(key, "/")]
	}
	for _, i := range f.names[key] {
		if i.symbol == "" {
			return i
		}
	}
	return nil
}

// targets returns the resources that an element of dependsOn refers to: as find
// does, or all copies of a loop.
func (f *frame) targets(name string) (list []*instance, found bool) {
	if i, ok := f.symbols[name]; ok {
		return []*instance{i}, true
	}
	key := fold.Lower(name)
	if strings.HasPrefix(key, "/") {
		if i := f.ids[strings.TrimRight(key, "/")]; i != nil {
			return []*instance{i}, true
		}
		return nil, false
	}
	if list, ok := f.loops[key]; ok {
		return list, true
	}
	if list := f.symbolicLoop(name); list != nil {
		return list, true
	}
	for _, i := range f.names[key] {
		if i.symbol == "" {
			list = append(list, i)
		}
	}
	return list, len(list) > 0
}

// symbolicLoop returns the copies of the loop with a symbolic name.
func (f *frame) symbolicLoop(name string) []*instance { return f.rounds[name] }
