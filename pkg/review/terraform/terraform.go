// Package terraform reads the scale sets of a saved Terraform plan, the output of
// terraform show -json, as they are before and after it.
//
//	tree, err := terraform.Parse("tfplan.json", text)
//	plan, err := terraform.Read(tree)
//	d := diff.Compare(plan.Old.Side, plan.New.Side, diff.Options{})
//
// The arguments of the provider become properties of Azure by a table; a value
// that is known only after the plan is applied stays unknown. The positions of
// all values are those in the file. Errors are for the user.
package terraform

import (
	"fmt"
	"slices"
	"sort"
	"strings"

	"github.com/scaleset/scaleset/pkg/arm"
	"github.com/scaleset/scaleset/pkg/arm/expand"
	"github.com/scaleset/scaleset/pkg/azure/vmss"
	"github.com/scaleset/scaleset/pkg/syntax/jsonc"
	"github.com/scaleset/scaleset/pkg/syntax/source"
)

const hint = "save the output of: terraform show -json FILE, where FILE is the plan of terraform plan -out=FILE"

// apiVersion is that of the defaults that the sets are judged by: a plan spells
// the values of the provider out, so any late one does.
const apiVersion = "2024-07-01"

// Bounds of a plan.
const (
	maxSets  = 1000
	maxDepth = 60
	// maxArguments are more than a block has, and maxCompared bounds the members
	// of two objects that are looked up in each other.
	maxArguments = 2000
	maxCompared  = 4_000_000
)

// A Side is the scale sets before or after the plan.
type Side struct {
	Deployment *expand.Deployment
	Tree       *jsonc.Tree // the template that they are read as
}

// A Plan is what a file says of scale sets.
type Plan struct {
	Old, New Side
	// Created, Deleted and Replaced are the names of the sets that Terraform
	// creates, deletes, or deletes and creates again. Replaced ones are on
	// neither side.
	Created, Deleted, Replaced []string
	// Unknown are the arguments that are known only after the plan is applied,
	// and Unmapped those that have no property here, as "ADDRESS: ARGUMENT".
	Unknown, Unmapped []string
	// Sensitive are the texts that the plan marks as sensitive.
	Sensitive []string
}

// isPlan reports whether a file is a saved plan.
func isPlan(tree *jsonc.Tree) bool {
	root, ok := tree.Root.(*jsonc.Object)
	return ok && root.Get("resource_changes") != nil && root.Get("format_version") != nil
}

// Read reads the scale sets of a saved plan.
func Read(tree *jsonc.Tree) (*Plan, error) {
	name := tree.File.Path()
	root, ok := tree.Root.(*jsonc.Object)
	if !ok || !isPlan(tree) {
		return nil, fmt.Errorf("%s is not a Terraform plan in JSON; %s", name, hint)
	}
	if version := text(root, "format_version"); !strings.HasPrefix(version, "1.") && !strings.HasPrefix(version, "0.") {
		return nil, fmt.Errorf("%s has a format_version that is not 1.x; %s", name, hint)
	}
	list, _ := value(root, "resource_changes").(*jsonc.Array)
	if list == nil {
		return nil, fmt.Errorf("%s has resource_changes that are not a list; %s", name, hint)
	}
	r := &reader{plan: &Plan{}, seen: map[string]bool{}, names: map[string]bool{}}
	for _, e := range list.Elements {
		if o, ok := e.(*jsonc.Object); ok {
			if err := r.change(o); err != nil {
				return nil, fmt.Errorf("%s: %w", name, err)
			}
		}
	}
	if r.sets == 0 {
		return nil, fmt.Errorf("%s has no scale set (azurerm_linux_, azurerm_windows_ or azurerm_orchestrated_virtual_machine_scale_set)", name)
	}
	r.plan.Old, r.plan.New = side(tree, r.old), side(tree, r.new)
	sort.Strings(r.plan.Unknown)
	sort.Strings(r.plan.Unmapped)
	return r.plan, nil
}

// side expands resources as a template has them.
func side(tree *jsonc.Tree, resources []jsonc.Node) Side {
	at := tree.Root.Range()
	at.End = min(at.End, at.Start+1)
	root := &jsonc.Object{At: at, Members: []*jsonc.Member{
		member("$schema", &jsonc.String{Value: "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#", At: at}, at),
		member("contentVersion", &jsonc.String{Value: "1.0.0.0", At: at}, at),
		member("resources", &jsonc.Array{Elements: resources, At: at}, at),
	}}
	t := &jsonc.Tree{File: tree.File, Root: root}
	return Side{Deployment: expand.Expand(arm.ParseTemplate(t), expand.Options{}), Tree: t}
}

// A reader gathers the scale sets of a plan.
type reader struct {
	plan     *Plan
	sets     int
	old, new []jsonc.Node
	seen     map[string]bool // of Unknown and Unmapped
	names    map[string]bool // of the new sets, in lower case
	address  string          // of the resource that is read
	now      bool            // its values after the plan are read
}

// change reads one entry of resource_changes.
func (r *reader) change(o *jsonc.Object) error {
	kind := text(o, "type")
	if _, ok := kinds.Get()[kind]; !ok || text(o, "mode") == "data" {
		return nil
	}
	if r.sets++; r.sets > maxSets {
		return fmt.Errorf("the plan has more than %d scale sets", maxSets)
	}
	r.address = text(o, "address")
	change, _ := value(o, "change").(*jsonc.Object)
	if change == nil {
		return fmt.Errorf("%s has no change; %s", r.address, hint)
	}
	actions := actionsOf(change)
	before, _ := value(change, "before").(*jsonc.Object)
	after, _ := value(change, "after").(*jsonc.Object)
	for _, s := range []struct {
		values *jsonc.Object
		marks  string
	}{{before, "before_sensitive"}, {after, "after_sensitive"}} {
		if s.values != nil {
			r.sensitive(s.values, value(change, s.marks), 0)
		}
	}
	name := nameOf(after, before, o)
	switch {
	case slices.Contains(actions, "delete") && slices.Contains(actions, "create"):
		r.plan.Replaced = append(r.plan.Replaced, name)
	case slices.Contains(actions, "delete"):
		r.plan.Deleted = append(r.plan.Deleted, name)
	case slices.Contains(actions, "create"):
		r.plan.Created = append(r.plan.Created, name)
	}
	if before != nil && !slices.Contains(actions, "create") {
		r.now = false
		r.old = append(r.old, r.resource(kind, name, before, nil))
	}
	if after != nil && !slices.Contains(actions, "delete") {
		r.now = true
		r.new = append(r.new, r.resource(kind, name, after, value(change, "after_unknown")))
	}
	return nil
}

func actionsOf(change *jsonc.Object) (all []string) {
	if list, ok := value(change, "actions").(*jsonc.Array); ok {
		for _, e := range list.Elements {
			if s, ok := e.(*jsonc.String); ok {
				all = append(all, s.Value)
			}
		}
	}
	return all
}

// nameOf is the name of the set; that of the resource in Terraform when it is
// known only after the plan is applied.
func nameOf(after, before, o *jsonc.Object) string {
	for _, side := range []*jsonc.Object{after, before} {
		if side != nil {
			if name := text(side, "name"); name != "" {
				return name
			}
		}
	}
	return text(o, "name")
}

// sensitive notes the texts that a plan marks.
func (r *reader) sensitive(values, marks jsonc.Node, depth int) {
	if depth > maxDepth {
		return
	}
	switch m := marks.(type) {
	case *jsonc.Bool:
		if m.Value {
			r.hide(values, depth)
		}
	case *jsonc.Object:
		if o, ok := values.(*jsonc.Object); ok {
			if len(o.Members)*len(m.Members) > maxCompared {
				r.hide(values, depth)
				return
			}
			for _, mark := range m.Members {
				if v := value(o, mark.Key.Value); v != nil {
					r.sensitive(v, mark.Value, depth+1)
				}
			}
		}
	case *jsonc.Array:
		if a, ok := values.(*jsonc.Array); ok {
			for i, mark := range m.Elements[:min(len(m.Elements), len(a.Elements))] {
				r.sensitive(a.Elements[i], mark, depth+1)
			}
		}
	}
}

func (r *reader) hide(n jsonc.Node, depth int) {
	if depth > maxDepth {
		return
	}
	switch n := n.(type) {
	case *jsonc.String:
		r.plan.Sensitive = append(r.plan.Sensitive, n.Value)
	case *jsonc.Number:
		r.plan.Sensitive = append(r.plan.Sensitive, n.Text)
	case *jsonc.Array:
		for _, e := range n.Elements {
			r.hide(e, depth+1)
		}
	case *jsonc.Object:
		for _, m := range n.Members {
			r.hide(m.Value, depth+1)
		}
	}
}

// resource is a scale set as a template has it.
func (r *reader) resource(kind, name string, values *jsonc.Object, unknown jsonc.Node) *jsonc.Object {
	k := kinds.Get()[kind]
	place := values.At
	place.End = min(place.End, place.Start+1)
	word := func(s string) *jsonc.String { return &jsonc.String{Value: literal(s), At: place} }
	named := word(name)
	if v := value(values, "name"); v != nil {
		named.At = v.Range()
	}
	o := &jsonc.Object{At: place, Members: []*jsonc.Member{member("type", word(vmss.Type), place), member("apiVersion", word(apiVersion), place), member("name", named, place)}}
	set(o, "properties.orchestrationMode", word(k.orchestration))
	if k.orchestration == "Uniform" {
		set(o, "properties.upgradePolicy.mode", word("Manual")) // the default of the provider
	}
	if k.os != "" {
		set(o, profile+"storageProfile.osDisk.osType", word(k.os))
		set(o, osOf+strings.ToLower(k.os)+"Configuration", &jsonc.Object{At: place})
	}
	set(o, profile+"storageProfile.osDisk.createOption", word("FromImage"))
	if k.orchestration == "Flexible" {
		set(o, profile+"networkProfile.networkApiVersion", word("2020-11-01")) // what the provider sends
	}
	table := map[string]target{}
	for _, t := range k.tables {
		for argument, to := range t {
			table[argument] = to
		}
	}
	r.block(destination{object: o}, table, values, unknown)
	return o
}

// A destination is where the arguments of a block are written.
type destination struct {
	object *jsonc.Object
	prefix string // the path in object where the paths of the table begin
	where  string // precedes the names of the arguments in notes
	depth  int    // of the block
}

// set sets the property at a path below the prefix.
func (d destination) set(path string, v jsonc.Node) { set(d.object, join(d.prefix, path), v) }

// block writes the arguments of a block to a destination.
func (r *reader) block(to destination, table map[string]target, values *jsonc.Object, unknown jsonc.Node) {
	if to.depth > maxDepth {
		return
	}
	unknowns, _ := unknown.(*jsonc.Object)
	names := map[string]bool{}
	var arguments []string
	add := func(in *jsonc.Object) {
		if in == nil {
			return
		}
		for _, m := range in.Members[:min(len(in.Members), maxArguments)] {
			if !names[m.Key.Value] {
				names[m.Key.Value] = true
				arguments = append(arguments, m.Key.Value)
			}
		}
	}
	add(values)
	add(unknowns)
	for _, argument := range arguments[:min(len(arguments), maxArguments)] {
		v := value(values, argument)
		var u jsonc.Node
		if unknowns != nil {
			u = value(unknowns, argument)
		}
		t, known := table[argument]
		called := to.where + argument
		wholly := isTrue(u)
		switch {
		case known && t.To == "" && t.Block == nil:
		case !known:
			if wholly || v != nil && !empty(v) {
				r.note(&r.plan.Unmapped, called)
			}
		case wholly:
			r.note(&r.plan.Unknown, called)
			to.set(t.To, unknownOf(r.address, called, values.At))
		case v == nil || isNull(v) || t.Price && isNumber(v, "-1"):
		case t.Block != nil || t.Each:
			r.blocks(to, t, called, v, u)
		default:
			to.set(t.To, r.convert(t, called, v, u))
		}
	}
}

// blocks writes a nested block, or a list of them.
func (r *reader) blocks(to destination, t target, called string, v, u jsonc.Node) {
	list, ok := v.(*jsonc.Array)
	if !ok {
		if one, ok := v.(*jsonc.Object); ok {
			list = &jsonc.Array{Elements: []jsonc.Node{one}, At: one.At}
			u = &jsonc.Array{Elements: []jsonc.Node{u}, At: one.At}
		} else {
			return
		}
	}
	unknowns, _ := u.(*jsonc.Array)
	unknownAt := func(i int) jsonc.Node {
		if unknowns != nil && i < len(unknowns.Elements) {
			return unknowns.Elements[i]
		}
		return nil
	}
	if !t.Each {
		if len(list.Elements) > 0 {
			if one, ok := list.Elements[0].(*jsonc.Object); ok {
				if t.To == profile+"diagnosticsProfile.bootDiagnostics" {
					to.set(t.To+".enabled", &jsonc.Bool{Value: true, At: one.At})
				}
				r.block(destination{to.object, join(to.prefix, t.To), called + ".", to.depth + 1}, t.Block, one, unknownAt(0))
			}
		}
		return
	}
	if len(list.Elements) == 0 {
		return
	}
	out := &jsonc.Array{At: list.At}
	for i, e := range list.Elements {
		place := e.Range()
		place.End = min(place.End, place.Start+1)
		item := &jsonc.Object{At: place}
		switch e := e.(type) {
		case *jsonc.String: // a list of names, such as the sizes of an instance mix
			item.Members = append(item.Members, member("name", restored(e, 0), e.At))
		case *jsonc.Object:
			r.block(destination{object: item, where: fmt.Sprintf("%s[%d].", called, i), depth: to.depth + 1}, t.Block, e, unknownAt(i))
		}
		if isKeys(t) {
			keyPath(item)
		}
		out.Elements = append(out.Elements, item)
	}
	to.set(t.To, out)
}

// isKeys reports whether the blocks are SSH keys.
func isKeys(t target) bool { return strings.HasSuffix(t.To, sshKeys) }

// keyPath turns the user of an SSH key into the path of the key.
func keyPath(item *jsonc.Object) {
	if m := item.Get("path"); m != nil {
		if user, ok := m.Value.(*jsonc.String); ok && !strings.HasPrefix(user.Value, "[") {
			m.Value = &jsonc.String{Value: "/home/" + user.Value + "/.ssh/authorized_keys", At: user.At}
		}
	}
}

// convert is the value of an argument as the property has it.
func (r *reader) convert(to target, called string, v, u jsonc.Node) jsonc.Node {
	switch {
	case to.Not:
		if b, ok := v.(*jsonc.Bool); ok {
			return &jsonc.Bool{Value: !b.Value, At: b.At}
		}
	case to.JSON:
		if s, ok := v.(*jsonc.String); ok {
			return r.embedded(s)
		}
	case to.List:
		if _, ok := v.(*jsonc.Array); !ok {
			return &jsonc.Array{Elements: []jsonc.Node{restored(v, 0)}, At: v.Range()}
		}
	case to.Refs:
		if list, ok := v.(*jsonc.Array); ok {
			out := &jsonc.Array{At: list.At}
			for _, e := range list.Elements {
				id := restored(e, 0)
				if isNull(e) {
					id = unknownOf(r.address, called, list.At)
				}
				out.Elements = append(out.Elements, &jsonc.Object{At: e.Range(), Members: []*jsonc.Member{member("id", id, e.Range())}})
			}
			return out
		}
	}
	return r.partly(v, u, called, 0)
}

// partly returns a value parts of which may be unknown, such as a tag.
func (r *reader) partly(v, u jsonc.Node, called string, depth int) jsonc.Node {
	if depth > maxDepth {
		return v
	}
	switch marks := u.(type) {
	case *jsonc.Bool:
		if marks.Value {
			r.note(&r.plan.Unknown, called)
			return unknownOf(r.address, called, v.Range())
		}
	case *jsonc.Object:
		if o, ok := v.(*jsonc.Object); ok {
			if len(o.Members)*len(marks.Members) > maxCompared {
				return unknownOf(r.address, called, o.At)
			}
			out := &jsonc.Object{At: o.At}
			for _, m := range o.Members {
				out.Members = append(out.Members, &jsonc.Member{Key: m.Key, Value: r.partly(m.Value, value(marks, m.Key.Value), called+"."+m.Key.Value, depth+1)})
			}
			for _, m := range marks.Members {
				if o.Get(m.Key.Value) == nil && isTrue(m.Value) {
					r.note(&r.plan.Unknown, called+"."+m.Key.Value)
					out.Members = append(out.Members, member(m.Key.Value, unknownOf(r.address, called, o.At), o.At))
				}
			}
			return out
		}
	case *jsonc.Array:
		if a, ok := v.(*jsonc.Array); ok {
			out := &jsonc.Array{At: a.At}
			for i, e := range a.Elements {
				var mark jsonc.Node
				if i < len(marks.Elements) {
					mark = marks.Elements[i]
				}
				out.Elements = append(out.Elements, r.partly(e, mark, called, depth+1))
			}
			return out
		}
	}
	return restored(v, 0)
}

// embedded returns the value of JSON in a string; all of it has the position of the string.
func (r *reader) embedded(s *jsonc.String) jsonc.Node {
	tree := jsonc.ParseQuietly(source.NewFile("settings", []byte(s.Value)))
	if tree.Diagnostics.HasErrors() {
		return restored(s, 0)
	}
	return placed(restored(tree.Root, 0), s.At, 0)
}

// placed is a value with all of its places replaced.
func placed(n jsonc.Node, at source.Range, depth int) jsonc.Node {
	if depth > maxDepth {
		return &jsonc.Null{At: at}
	}
	switch n := n.(type) {
	case *jsonc.String:
		return &jsonc.String{Value: n.Value, At: at}
	case *jsonc.Number:
		return &jsonc.Number{Text: n.Text, At: at}
	case *jsonc.Bool:
		return &jsonc.Bool{Value: n.Value, At: at}
	case *jsonc.Array:
		out := &jsonc.Array{At: at}
		for _, e := range n.Elements {
			out.Elements = append(out.Elements, placed(e, at, depth+1))
		}
		return out
	case *jsonc.Object:
		out := &jsonc.Object{At: at}
		for _, m := range n.Members {
			out.Members = append(out.Members, member(m.Key.Value, placed(m.Value, at, depth+1), at))
		}
		return out
	}
	return &jsonc.Null{At: at}
}

// note remembers an argument of the resource that is read, once.
func (r *reader) note(list *[]string, argument string) {
	text := r.address + ": " + argument
	if !r.seen[text] && len(*list) < maxSets {
		r.seen[text] = true
		*list = append(*list, text)
	}
}

// unknownOf is a value that is known only at deployment: an expression that
// names the argument.
func unknownOf(address, argument string, at source.Range) jsonc.Node {
	at.End = min(at.End, at.Start+1)
	clean := strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || strings.ContainsRune("_-.", r) {
			return r
		}
		return '-'
	}, address+"-"+argument)
	return &jsonc.String{Value: "[reference('/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/terraform/providers/Microsoft.Resources/deployments/" + clean + "', '2022-09-01').outputs.value.value]", At: at}
}

// restored is a value as a template writes it: text that looks like an expression
// stays text.
func restored(n jsonc.Node, depth int) jsonc.Node {
	if depth > maxDepth {
		return n
	}
	switch n := n.(type) {
	case *jsonc.String:
		if literal(n.Value) != n.Value {
			return &jsonc.String{Value: literal(n.Value), At: n.At}
		}
	case *jsonc.Array:
		out := &jsonc.Array{At: n.At}
		for _, e := range n.Elements {
			out.Elements = append(out.Elements, restored(e, depth+1))
		}
		return out
	case *jsonc.Object:
		out := &jsonc.Object{At: n.At}
		for _, m := range n.Members {
			out.Members = append(out.Members, &jsonc.Member{Key: m.Key, Value: restored(m.Value, depth+1)})
		}
		return out
	}
	return n
}

// literal escapes text that a template would take for an expression.
func literal(s string) string {
	if strings.HasPrefix(s, "[") && strings.HasSuffix(s, "]") {
		return "[" + s
	}
	return s
}

// set puts a value at a path of dots; objects on the way are made. What is there
// already is replaced.
func set(o *jsonc.Object, path string, v jsonc.Node) {
	name, rest, nested := strings.Cut(path, ".")
	m := o.Get(name)
	if !nested {
		if m != nil {
			m.Value = v
			return
		}
		o.Members = append(o.Members, member(name, v, v.Range()))
		return
	}
	var inner *jsonc.Object
	if m != nil {
		inner, _ = m.Value.(*jsonc.Object)
	}
	if inner == nil {
		inner = &jsonc.Object{At: o.At}
		if m != nil {
			m.Value = inner
		} else {
			o.Members = append(o.Members, member(name, inner, o.At))
		}
	}
	set(inner, rest, v)
}

func join(prefix, path string) string {
	switch {
	case prefix == "":
		return path
	case path == "":
		return prefix
	}
	return prefix + "." + path
}

func member(name string, v jsonc.Node, at source.Range) *jsonc.Member {
	return &jsonc.Member{Key: &jsonc.String{Value: name, At: at}, Value: v}
}

// value returns the value of a member, or nil if it is absent.
func value(o *jsonc.Object, name string) jsonc.Node {
	if o == nil {
		return nil
	}
	if m := o.Get(name); m != nil {
		return m.Value
	}
	return nil
}

func text(o *jsonc.Object, name string) string {
	if s, ok := value(o, name).(*jsonc.String); ok {
		return s.Value
	}
	return ""
}

func isTrue(n jsonc.Node) bool {
	b, ok := n.(*jsonc.Bool)
	return ok && b.Value
}

func isNumber(n jsonc.Node, text string) bool {
	number, ok := n.(*jsonc.Number)
	return ok && number.Text == text
}

func isNull(n jsonc.Node) bool {
	_, ok := n.(*jsonc.Null)
	return ok
}

// empty reports whether a value says nothing: null, "", false, and lists and
// objects of nothing else.
func empty(n jsonc.Node) bool {
	switch n := n.(type) {
	case *jsonc.Null:
		return true
	case *jsonc.String:
		return n.Value == ""
	case *jsonc.Bool:
		return !n.Value
	case *jsonc.Array:
		return len(n.Elements) == 0
	case *jsonc.Object:
		return len(n.Members) == 0
	}
	return false
}
