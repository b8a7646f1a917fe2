package custom

import (
	"reflect"
	"slices"
	"strings"

	"cel.dev/cel-go/common/types"
	"cel.dev/cel-go/common/types/ref"
	"cel.dev/cel-go/common/types/traits"

	"github.com/scaleset/scaleset/pkg/arm/expand"
	"github.com/scaleset/scaleset/pkg/azure/limits"
	"github.com/scaleset/scaleset/pkg/azure/regions"
	"github.com/scaleset/scaleset/pkg/azure/vmss"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/internal/lazy"
)

// A viewType is a typed view: an object whose members have types, so that a
// misspelled one is found when a rule is compiled.
type viewType struct {
	name    string
	members []member
}

// A member is a member of a view.
type member struct {
	name string
	kind *types.Type
	doc  string // for the reference; without a full stop
	// get returns the value, nil if it is absent, and its place, which may be nil.
	get func(s *scope, of any) (ref.Val, lint.Placer)
}

func (t *viewType) member(name string) (member, bool) {
	i := slices.IndexFunc(t.members, func(m member) bool { return m.name == name })
	if i < 0 {
		return member{}, false
	}
	return t.members[i], true
}

// kind is the type of the view in expressions.
func (t *viewType) kind() *types.Type { return types.NewObjectType(t.name) }

// A view is a value of a viewType.
type view struct {
	scope *scope
	is    *viewType
	of    any
	at    lint.Placer // may be nil
	// known are the members that were read, by name.
	known map[string]known
}

// known is the value of a member, nil if it is absent, and its place.
type known struct {
	value ref.Val
	at    lint.Placer
}

// member returns the value and the place of a member.
func (v *view) member(m member) known {
	k, ok := v.known[m.name]
	if !ok {
		v.scope.work += 20
		k.value, k.at = m.get(v.scope, v.of)
		if l, ok := k.value.(*list); ok {
			v.scope.work += len(l.items)
		}
		if v.known == nil {
			v.known = map[string]known{}
		}
		v.known[m.name] = k
	}
	v.scope.met = v.scope.met || k.value == ref.Val(unknown)
	return k
}

var _ traits.Mapper = (*view)(nil)

func (v *view) place() lint.Placer { return v.at }

func (v *view) part(key ref.Val) lint.Placer {
	if name, ok := key.(types.String); ok {
		if m, ok := v.is.member(string(name)); ok {
			return v.member(m).at
		}
	}
	return nil
}

func (v *view) Find(key ref.Val) (ref.Val, bool) {
	name, ok := key.(types.String)
	if !ok {
		return types.MaybeNoSuchOverloadErr(key), false
	}
	m, ok := v.is.member(string(name))
	if !ok {
		return nil, false
	}
	if err := v.scope.spend(1); err != nil {
		return err, false
	}
	x := v.member(m).value
	if x == nil && v.scope.partial {
		x = v.scope.unknown()
	}
	return x, x != nil
}

func (v *view) names() []ref.Val {
	var names []ref.Val
	for _, m := range v.is.members {
		if v.member(m).value != nil {
			names = append(names, types.String(m.name))
		}
	}
	return names
}

func (v *view) Get(key ref.Val) ref.Val                     { return get(v, key) }
func (v *view) Contains(key ref.Val) ref.Val                { return contains(v, key) }
func (v *view) Iterator() traits.Iterator                   { return &iterator{items: v.names()} }
func (v *view) Size() ref.Val                               { return types.Int(len(v.names())) }
func (v *view) Equal(other ref.Val) ref.Val                 { return v.scope.equal(v, other) }
func (v *view) Type() ref.Type                              { return v.is.kind() }
func (v *view) Value() any                                  { return v }
func (v *view) ConvertToType(t ref.Type) ref.Val            { return convert(v, v.is.kind(), t) }
func (v *view) ConvertToNative(t reflect.Type) (any, error) { return nil, noNative(t) }

// field is the value of a field of the typed view of a resource.
func field[T any](s *scope, f vmss.Field[T], of func(T) ref.Val) (ref.Val, lint.Placer) {
	switch f.State {
	case vmss.Absent:
		return nil, nil
	case vmss.Known:
		if v, ok := f.Known(); ok {
			x := of(v)
			if text, ok := x.(types.String); ok && s.hides(f.Node, string(text)) {
				x = s.unknown()
			}
			return x, f.Node
		}
	}
	return s.unknown(), f.Node
}

func text(v string) ref.Val { return types.String(v) }
func number(v int) ref.Val  { return types.Int(v) }
func truth(v bool) ref.Val  { return types.Bool(v) }

// certain is a value that is unknown unless ok, at a place.
func certain(s *scope, v ref.Val, ok bool, at lint.Placer) (ref.Val, lint.Placer) {
	if !ok {
		return s.unknown(), at
	}
	return v, at
}

// ofSet is a member of the view of a scale set.
func ofSet(name string, kind *types.Type, doc string, get func(s *scope, set limits.ScaleSet) (ref.Val, lint.Placer)) member {
	return member{name, kind, doc, func(s *scope, of any) (ref.Val, lint.Placer) { return get(s, of.(limits.ScaleSet)) }}
}

// setView is the view of a scale set.
var setView = lazy.Value[*viewType]{Of: func() *viewType {
	return &viewType{"ScaleSet", []member{
		ofSet("name", types.StringType, "the name", func(s *scope, set limits.ScaleSet) (ref.Val, lint.Placer) {
			return certain(s, text(set.Name), set.Resource.NameKnown && !s.hides(set.Body.Get("name"), set.Name), set.Body.Get("name"))
		}),
		ofSet("apiVersion", types.StringType, "the API version", func(s *scope, set limits.ScaleSet) (ref.Val, lint.Placer) {
			return certain(s, text(set.APIVersion), set.APIVersion != "", set.Body.Get("apiVersion"))
		}),
		ofSet("location", types.StringType, "the region, in lower case and without spaces, such as westeurope", func(s *scope, set limits.ScaleSet) (ref.Val, lint.Placer) {
			return field(s, set.Location, func(v string) ref.Val { return text(regions.Normalize(v)) })
		}),
		ofSet("capacity", types.IntType, "the number of instances", func(s *scope, set limits.ScaleSet) (ref.Val, lint.Placer) {
			return field(s, set.Capacity, number)
		}),
		ofSet("maxCapacity", types.IntType, "the largest number of instances: what autoscale can set, or else the capacity", func(s *scope, set limits.ScaleSet) (ref.Val, lint.Placer) {
			if len(set.Autoscale) == 0 {
				return field(s, set.Capacity, number)
			}
			most, ok := set.MaxCapacity()
			v, at := field(s, most, number)
			if !ok || v == nil {
				return s.unknown(), at
			}
			if n, known := set.Capacity.Known(); known && types.Int(n) > v.(types.Int) {
				return number(n), set.Capacity.Node
			}
			return v, at
		}),
		ofSet("sku", types.StringType, "the size of the instances, such as Standard_D2s_v5", func(s *scope, set limits.ScaleSet) (ref.Val, lint.Placer) {
			return field(s, set.SKUName, text)
		}),
		ofSet("tier", types.StringType, "the tier of the SKU", func(s *scope, set limits.ScaleSet) (ref.Val, lint.Placer) {
			return field(s, set.SKUTier, text)
		}),
		ofSet("cores", types.IntType, "the cores of one instance; absent for a size that scaleset does not know", func(s *scope, set limits.ScaleSet) (ref.Val, lint.Placer) {
			name, ok := set.SKUName.Known()
			if !ok {
				return field(s, set.SKUName, text)
			}
			size, ok := s.pass.Options.Sizes.Find(name)
			if !ok || size.Cores == 0 {
				return nil, nil
			}
			return number(size.Cores), set.SKUName.Node
		}),
		ofSet("zones", types.NewListType(types.StringType), "the availability zones; empty for a regional scale set", func(s *scope, set limits.ScaleSet) (ref.Val, lint.Placer) {
			switch set.Zones.State {
			case vmss.Absent:
				return &list{scope: s}, set.Body
			case vmss.Known:
				return s.array(set.Zones.Node), set.Zones.Node
			}
			return s.unknown(), set.Zones.Node
		}),
		ofSet("flexible", types.BoolType, "whether the orchestration mode is Flexible", func(s *scope, set limits.ScaleSet) (ref.Val, lint.Placer) {
			v, ok := set.Flexible()
			return certain(s, truth(v), ok, set.OrchestrationMode)
		}),
		ofSet("singlePlacementGroup", types.BoolType, "whether it is limited to one placement group, with the default of its API version", func(s *scope, set limits.ScaleSet) (ref.Val, lint.Placer) {
			v, ok := set.OnePlacementGroup()
			return certain(s, truth(v), ok, set.SinglePlacementGroup)
		}),
		ofSet("overprovision", types.BoolType, "whether surplus instances are created, with the default of its API version", func(s *scope, set limits.ScaleSet) (ref.Val, lint.Placer) {
			v, ok := set.Overprovisions()
			return certain(s, truth(v), ok, set.ScaleSet.Overprovision)
		}),
		ofSet("upgradeMode", types.StringType, "the mode of the upgrade policy: Automatic, Manual or Rolling", func(s *scope, set limits.ScaleSet) (ref.Val, lint.Placer) {
			return field(s, set.UpgradePolicy.Mode, text)
		}),
		ofSet("automaticOSUpgrade", types.BoolType, "whether automatic OS image upgrades are enabled", func(s *scope, set limits.ScaleSet) (ref.Val, lint.Placer) {
			v, ok := set.UpgradePolicy.AutomaticOSEnabled.Or(false)
			return certain(s, truth(v), ok, set.UpgradePolicy.AutomaticOSEnabled)
		}),
		ofSet("automaticRepairs", types.BoolType, "whether automatic instance repairs are enabled", func(s *scope, set limits.ScaleSet) (ref.Val, lint.Placer) {
			v, ok := set.Repairs.Enabled.Or(false)
			return certain(s, truth(v), ok, set.Repairs.Enabled)
		}),
		ofSet("autoscaled", types.BoolType, "whether an autoscale setting of the deployment is for it", func(_ *scope, set limits.ScaleSet) (ref.Val, lint.Placer) {
			return truth(len(set.Autoscale) > 0), set
		}),
		ofSet("spot", types.BoolType, "whether the instances are Spot instances", func(s *scope, set limits.ScaleSet) (ref.Val, lint.Placer) {
			v, ok := set.Spot()
			return certain(s, truth(v), ok, set.Priority)
		}),
		ofSet("os", types.StringType, "Linux or Windows; unknown if the template does not show it", func(s *scope, set limits.ScaleSet) (ref.Val, lint.Placer) {
			system := set.System()
			return certain(s, text(system.String()), system != vmss.SystemUnknown, set)
		}),
		ofSet("identity", types.StringType, "the type of the managed identity, such as SystemAssigned", func(s *scope, set limits.ScaleSet) (ref.Val, lint.Placer) {
			return field(s, set.Identity.Type, text)
		}),
		ofSet("image", imageView.Get().kind(), "the image of the instances", func(s *scope, set limits.ScaleSet) (ref.Val, lint.Placer) {
			if set.Profile == nil {
				return nil, nil
			}
			image := set.Storage.Image
			return &view{scope: s, is: imageView.Get(), of: image, at: image.Reference}, image.Reference
		}),
		ofSet("extensions", types.NewListType(extensionView.Get().kind()), "the extensions, of the profile and as separate resources", func(s *scope, set limits.ScaleSet) (ref.Val, lint.Placer) {
			if set.Extensions.State == vmss.Unknown {
				return s.unknown(), set.Extensions
			}
			l := &list{scope: s, at: set.Extensions.Node}
			for _, e := range set.Extensions.Items {
				l.items, l.parts = append(l.items, &view{scope: s, is: extensionView.Get(), of: e, at: e}), append(l.parts, e)
			}
			return l, set.Extensions
		}),
		ofSet("tags", types.NewMapType(types.StringType, types.DynType), "the tags", func(s *scope, set limits.ScaleSet) (ref.Val, lint.Placer) {
			return field(s, set.Tags, func(n *expand.Node) ref.Val { return &object{s, n} })
		}),
		ofSet("limits", types.NewMapType(types.StringType, types.IntType), "the largest capacity by reason, those that apply of: "+strings.TrimSuffix(strings.Join(limits.Names(), ", "), ", "+limits.Quota)+", and "+limits.Quota+"NAME for the rows of a saved quota", func(s *scope, set limits.ScaleSet) (ref.Val, lint.Placer) {
			all := map[string]int64{}
			for _, l := range limits.Of(set, limits.Options{Usage: s.pass.Options.Usage, Sizes: s.pass.Options.Sizes}) {
				if old, ok := all[l.Name]; !ok || int64(l.Max) < old {
					all[l.Name] = int64(l.Max)
				}
			}
			return types.DefaultTypeAdapter.NativeToValue(all), set
		}),
	}}
}}

// imageView is the view of the image of a scale set.
var imageView = lazy.Value[*viewType]{Of: func() *viewType {
	of := func(name, doc string, get func(vmss.Image) vmss.Field[string]) member {
		return member{name, types.StringType, doc, func(s *scope, of any) (ref.Val, lint.Placer) { return field(s, get(of.(vmss.Image)), text) }}
	}
	return &viewType{"Image", []member{
		{"kind", types.StringType, "platform, vhd, managed, gallery or none", func(s *scope, of any) (ref.Val, lint.Placer) {
			image := of.(vmss.Image)
			kind := map[vmss.ImageKind]string{vmss.ImageNone: "none", vmss.ImagePlatform: "platform", vmss.ImageVHD: "vhd", vmss.ImageManaged: "managed", vmss.ImageGallery: "gallery"}[image.Kind]
			return certain(s, text(kind), kind != "", image.Reference)
		}},
		of("publisher", "the publisher of a platform image", func(i vmss.Image) vmss.Field[string] { return i.Publisher }),
		of("offer", "the offer of a platform image", func(i vmss.Image) vmss.Field[string] { return i.Offer }),
		of("sku", "the SKU of a platform image", func(i vmss.Image) vmss.Field[string] { return i.SKU }),
		of("version", "the version of a platform image, such as latest", func(i vmss.Image) vmss.Field[string] { return i.Version }),
		of("id", "the id of another image", func(i vmss.Image) vmss.Field[string] { return i.ID }),
	}}
}}

// extensionView is the view of an extension.
var extensionView = lazy.Value[*viewType]{Of: func() *viewType {
	of := func(name string, kind *types.Type, doc string, get func(*scope, vmss.Extension) (ref.Val, lint.Placer)) member {
		return member{name, kind, doc, func(s *scope, of any) (ref.Val, lint.Placer) { return get(s, of.(vmss.Extension)) }}
	}
	return &viewType{"Extension", []member{
		of("name", types.StringType, "the name", func(s *scope, e vmss.Extension) (ref.Val, lint.Placer) { return field(s, e.Name, text) }),
		of("publisher", types.StringType, "the publisher", func(s *scope, e vmss.Extension) (ref.Val, lint.Placer) { return field(s, e.Publisher, text) }),
		of("type", types.StringType, "the type", func(s *scope, e vmss.Extension) (ref.Val, lint.Placer) { return field(s, e.Kind, text) }),
		of("version", types.StringType, "the version of the handler", func(s *scope, e vmss.Extension) (ref.Val, lint.Placer) { return field(s, e.Version, text) }),
		of("autoUpgradeMinorVersion", types.BoolType, "whether minor versions are upgraded", func(s *scope, e vmss.Extension) (ref.Val, lint.Placer) {
			return field(s, e.AutoUpgradeMinor, truth)
		}),
	}}
}}

// deploymentView is the view of the deployment of a template.
var deploymentView = lazy.Value[*viewType]{Of: func() *viewType {
	of := func(name string, kind *types.Type, doc string, get func(*scope) ref.Val) member {
		return member{name, kind, doc, func(s *scope, _ any) (ref.Val, lint.Placer) { return get(s), nil }}
	}
	return &viewType{"Deployment", []member{
		of("template", types.StringType, "the path of the template, as it is reported", func(s *scope) ref.Val { return text(s.pass.Template.Tree.File.Path()) }),
		of("parameterFile", types.StringType, "the path of the parameter file; absent without one", func(s *scope) ref.Val {
			if name := s.pass.Template.ParameterSet; name != "" {
				return text(name)
			}
			return nil
		}),
		of("scope", types.StringType, "resourceGroup, subscription, managementGroup or tenant", func(s *scope) ref.Val {
			if t := s.pass.Deployment.Expanded.Template; t != nil {
				name := t.Scope.String()
				return text(strings.ToLower(name[:1]) + name[1:])
			}
			return s.unknown()
		}),
		of("location", types.StringType, "the region of the resource group or of the deployment, if it was passed", func(s *scope) ref.Val {
			if location := s.pass.Template.Location; location != "" {
				return text(regions.Normalize(location))
			}
			return s.unknown()
		}),
		of("resources", types.NewListType(types.DynType), "all resources, those of nested and linked templates too", func(s *scope) ref.Val {
			l := &list{scope: s}
			for _, r := range s.pass.Deployment.Expanded.Resources {
				l.items, l.parts = append(l.items, &object{s, r.Body}), append(l.parts, r.Body)
			}
			return l
		}),
		of("scaleSets", types.NewListType(setView.Get().kind()), "all scale sets, as `set`", func(s *scope) ref.Val {
			l := &list{scope: s}
			for _, set := range s.pass.ScaleSets {
				l.items, l.parts = append(l.items, &view{scope: s, is: setView.Get(), of: set, at: set}), append(l.parts, set)
			}
			return l
		}),
	}}
}}

// views are all views, in the order of the reference.
func views() []*viewType {
	return []*viewType{setView.Get(), imageView.Get(), extensionView.Get(), deploymentView.Get()}
}
