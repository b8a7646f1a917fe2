package instances

import (
	"cmp"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/tidwall/gjson"

	"github.com/scaleset/scaleset/pkg/capacity/placement"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
	"github.com/scaleset/scaleset/pkg/syntax/savedjson"
)

const listHint = "save the output of: az vmss list-instances -g GROUP -n NAME --expand instanceView -o json"

// maxListed limits the instances of a saved list; a scale set has at most 1,000.
const maxListed = 200_000

// Read reads a saved list of the instances of one scale set: the output of az vmss
// list-instances --expand instanceView, the answer of the REST API, or Get-AzVmssVM
// through ConvertTo-Json. It ignores the case of member names, and accepts old names
// (platformUpgradeDomain), numbers in strings and the machines of a Flexible scale set.
// name is the name of the file in messages.
func Read(name string, text []byte) (*State, error) {
	root, err := parseSaved(name, text)
	if err != nil {
		return nil, err
	}
	items := root
	if !root.IsArray() {
		items = member(root, "value", "items")
		switch {
		case items.IsArray():
		case member(root, "virtualMachine").IsObject() || member(root, "statusesSummary").Exists():
			return nil, Mistakef("%s is the instance view of the scale set, which has no instances; %s", name, listHint)
		case member(member(root, "sku"), "capacity").Exists():
			return nil, Mistakef("%s is the model of a scale set, not a list of its instances; %s", name, listHint)
		default:
			return nil, Mistakef("%s is not a list of instances; %s", name, listHint)
		}
	}
	r := &reader{file: name, groups: map[string]int32{}, src: &State{Names: map[int]string{}, ComputerNames: map[int]string{}}}
	items.ForEach(func(_, item gjson.Result) bool {
		r.read(item)
		return r.err == nil && r.seen <= maxListed
	})
	if r.err != nil {
		return nil, r.err
	}
	if r.seen > maxListed {
		return nil, Mistakef("%s has more than %d instances; %s", name, maxListed, listHint)
	}
	if len(r.machines) == 0 {
		return r.empty(), nil
	}
	if link := member(root, "nextLink").String(); !root.IsArray() && link != "" {
		r.src.note("%s is one page of a longer list (it has a nextLink); the instances on the other pages are missing", name)
	}
	return r.source()
}

// empty is the state of a set without instances, such as one that was scaled to
// nothing: which ids it has used is not known.
func (r *reader) empty() *State {
	s := r.src
	s.Name, s.Instances = cmp.Or(s.Name, DefaultName), []placement.Instance{}
	s.note("%s has no instances; the ids used so far are unknown, so new ids are assumed to start at 0", r.file)
	r.conclude()
	return s
}

// parseSaved reads a saved answer.
func parseSaved(name string, text []byte) (gjson.Result, error) {
	root, err := savedjson.Parse(text)
	if err != nil {
		return gjson.Result{}, Mistakef("%s %v; %s", name, err, listHint)
	}
	return root, nil
}

// member is the first of the members of an object that there is, by any of the
// names, ignoring case, in the object itself or in its properties.
func member(v gjson.Result, names ...string) (found gjson.Result) {
	var properties gjson.Result
	v.ForEach(func(key, value gjson.Result) bool {
		for _, name := range names {
			if strings.EqualFold(key.Str, name) && value.Type != gjson.Null {
				found = value
				return false
			}
		}
		if strings.EqualFold(key.Str, "properties") && value.IsObject() {
			properties = value
		}
		return true
	})
	if !found.Exists() && properties.Exists() {
		return member(properties, names...)
	}
	return found
}

// number is a number, or the number in a string.
func number(v gjson.Result) (int, bool) {
	switch v.Type {
	case gjson.Number:
		return int(v.Num), v.Num == math.Trunc(v.Num) && math.Abs(v.Num) < 1<<53
	case gjson.String:
		n, err := strconv.Atoi(strings.TrimSpace(v.Str))
		return n, err == nil
	}
	return 0, false
}

// truth is a bool, or the one in a string.
func truth(v gjson.Result) bool {
	return v.Type == gjson.True || v.Type == gjson.String && strings.EqualFold(v.Str, "true")
}

// A machine is one element of the list.
type machine struct {
	placement.Instance
	name, computer, created string
	numbered                bool // it has an id that is a number
}

type reader struct {
	file     string
	src      *State
	machines []machine
	groups   map[string]int32
	seen     int
	states   []string // power states that are not known
	leaving  int
	err      error
}

func (r *reader) read(item gjson.Result) {
	r.seen++
	if member(item, "spec").IsObject() && member(item, "metadata").IsObject() {
		r.node(item)
		return
	}
	m := machine{name: member(item, "name").String(), created: member(item, "timeCreated").String()}
	set := setOf(item)
	var hasID bool
	if m.ID, hasID = number(member(item, "instanceId")); !hasID {
		m.ID, hasID = idOf(item, m.name)
	}
	view := member(item, "instanceView")
	if bare := member(item, "platformFaultDomain"); !hasID && !view.Exists() && bare.Exists() {
		view = item // az vmss get-instance-view, which names the computer at best
		if m.ID, set, hasID = computer(member(item, "computerName").String()); !hasID {
			r.err = Mistakef("element %d of %s is an instance view without the name of its instance; %s", r.seen, r.file, listHint)
			return
		}
	}
	m.numbered = hasID
	flexible := !hasID && (set != "" || member(item, "instanceId").Exists())
	switch {
	case !item.IsObject() || !hasID && !flexible:
		r.err = Mistakef("element %d of %s has no instanceId, so it is not an instance of a scale set; %s", r.seen, r.file, listHint)
		return
	case hasID && m.ID < 0 || m.ID > math.MaxInt32:
		r.err = Mistakef("element %d of %s has the invalid instance id %d; %s", r.seen, r.file, m.ID, listHint)
		return
	}
	if set == "" {
		set = m.name
		if at := strings.LastIndexByte(set, '_'); at >= 0 {
			set = set[:at]
		}
	}
	if !r.sameSet(set) {
		return
	}
	if strings.EqualFold(member(item, "provisioningState").String(), "Deleting") {
		r.leaving++
		return
	}
	r.readState(item, view, &m)
	r.machines = append(r.machines, m)
}

// computer is the id in the name of a computer, and the prefix of the name.
func computer(name string) (id int, prefix string, ok bool) {
	n := len(name) - 6
	if n <= 0 {
		return 0, "", false
	}
	id, ok = placement.ParseComputerName(name[:n], name)
	return id, name[:n], ok
}

// node reads a node of Kubernetes, as kubectl get nodes -o json lists it: its
// provider id names the instance, its labels the zone or, for a regional set, the
// fault domain.
func (r *reader) node(item gjson.Result) {
	meta := member(item, "metadata")
	path := strings.TrimPrefix(member(member(item, "spec"), "providerID").String(), "azure://")
	m := machine{numbered: true, computer: member(meta, "name").String()}
	m.FaultDomain, m.UpdateDomain = placement.NoDomain, placement.NoDomain
	set := setIn(path)
	id, err := strconv.Atoi(path[strings.LastIndexByte(path, '/')+1:])
	if set == "" || err != nil || id < 0 || id > math.MaxInt32 {
		r.err = Mistakef("element %d of %s is a node that is not an instance of a Uniform scale set; save one node pool with: kubectl get nodes -l agentpool=NAME -o json", r.seen, r.file)
		return
	}
	m.ID = id
	if !r.sameSet(set) {
		return
	}
	var label string
	member(meta, "labels").ForEach(func(key, value gjson.Result) bool {
		switch key.Str {
		case "topology.kubernetes.io/zone":
			label = value.Str
		case "failure-domain.beta.kubernetes.io/zone":
			label = cmp.Or(label, value.Str)
		}
		return true
	})
	if domain, err := strconv.Atoi(label); err == nil && domain >= 0 && domain < placement.MaxDomains {
		m.FaultDomain = int16(domain)
	} else if at := strings.LastIndexByte(label, '-'); at >= 0 {
		m.Zone = label[at+1:]
	}
	member(member(item, "status"), "conditions").ForEach(func(_, c gjson.Result) bool {
		if member(c, "type").Str == "Ready" && member(c, "status").String() != "True" {
			m.Flags |= placement.Unhealthy
		}
		return true
	})
	r.machines = append(r.machines, m)
}

func (r *reader) sameSet(set string) bool {
	if set == "" || strings.EqualFold(set, r.src.Name) {
		return true
	}
	if r.src.Name != "" {
		r.err = Mistakef("%s has instances of two scale sets, %s and %s; save one list for each", r.file, r.src.Name, set)
		return false
	}
	r.src.Name = set
	return true
}

// setOf is the name of the set in the id of the machine or, for a machine of a
// Flexible set, in its reference to the set.
func setOf(item gjson.Result) string {
	return cmp.Or(setIn(member(item, "id").String()), setIn(member(member(item, "virtualMachineScaleSet"), "id").String()))
}

// setIn is the name of the set in an id; "" without one.
func setIn(id string) string {
	parts := strings.Split(id, "/")
	for i := 0; i+1 < len(parts); i++ {
		if strings.EqualFold(parts[i], "virtualMachineScaleSets") {
			return parts[i+1]
		}
	}
	return ""
}

// idOf finds the number where instanceId is absent: at the end of the id of the
// resource or of its name.
func idOf(item gjson.Result, name string) (int, bool) {
	id := member(item, "id").String()
	if strings.Contains(strings.ToLower(id), "/virtualmachinescalesets/") {
		if n, err := strconv.Atoi(id[strings.LastIndexByte(id, '/')+1:]); err == nil {
			return n, true
		}
	}
	if member(item, "instanceId").Exists() || member(item, "virtualMachineScaleSet").Exists() {
		return 0, false // a Flexible set: eight digits of its random name may look like a number
	}
	n, err := strconv.Atoi(name[strings.LastIndexByte(name, '_')+1:])
	return n, err == nil && strings.Contains(name, "_")
}

func (r *reader) readState(item, view gjson.Result, m *machine) {
	m.FaultDomain = r.domain(member(view, "platformFaultDomain"), "fault")
	m.UpdateDomain = r.domain(member(view, "platformUpdateDomain", "platformUpgradeDomain"), "update")
	if zones := member(item, "zones"); zones.IsArray() {
		m.Zone = zones.Get("0").String()
	} else {
		m.Zone = zones.String()
	}
	if group := member(view, "placementGroupId").String(); group != "" {
		if _, ok := r.groups[group]; !ok {
			r.groups[group] = int32(len(r.groups))
		}
		m.Group = r.groups[group]
	}
	m.computer = cmp.Or(member(member(item, "osProfile"), "computerName").String(), member(view, "computerName").String())
	m.Flags = r.flags(item, view)
}

func (r *reader) domain(v gjson.Result, kind string) int16 {
	if !v.Exists() {
		return placement.NoDomain
	}
	n, ok := number(v)
	if (!ok || n < 0 || n >= placement.MaxDomains) && r.err == nil {
		r.err = Mistakef("element %d of %s is in %s domain %s, which must be 0 to %d", r.seen, r.file, kind, v.Raw, placement.MaxDomains-1)
		return placement.NoDomain
	}
	return int16(n)
}

func (r *reader) flags(item, view gjson.Result) (f placement.Flags) {
	policy := member(item, "protectionPolicy")
	if truth(member(policy, "protectFromScaleIn")) {
		f |= placement.Protected
	}
	if truth(member(policy, "protectFromScaleSetActions")) {
		f |= placement.Protected | placement.Pinned // it implies protection from scale-in
	}
	if applied := member(item, "latestModelApplied"); applied.Exists() && !truth(applied) {
		f |= placement.Outdated
	}
	if code := member(member(member(view, "vmHealth"), "status"), "code").String(); strings.EqualFold(code, "HealthState/unhealthy") {
		f |= placement.Unhealthy
	}
	member(view, "statuses").ForEach(func(_, status gjson.Result) bool {
		code := member(status, "code").String()
		state, ok := strings.CutPrefix(strings.ToLower(code), "powerstate/")
		switch {
		case !ok:
		case state == "deallocated", state == "deallocating":
			f |= placement.Deallocated
		case state == "stopped", state == "stopping":
			f |= placement.Stopped
		case !slices.Contains([]string{"running", "starting", "creating", "unknown"}, state) && len(r.states) < 1<<10:
			r.states = append(r.states, code)
		}
		return true
	})
	if spot(member(item, "priority").String()) {
		f |= placement.Spot
	}
	return f
}

// source finishes the reading: machines of a Flexible set are numbered by age.
func (r *reader) source() (*State, error) {
	s := r.src
	s.Flexible = !r.machines[0].numbered
	if i := slices.IndexFunc(r.machines, func(m machine) bool { return m.numbered == s.Flexible }); i >= 0 {
		return nil, Mistakef("%s has %s and %s, and only one of them has a number as instance id; save one list for each scale set", r.file, r.machines[0].name, r.machines[i].name)
	}
	if s.Flexible {
		slices.SortStableFunc(r.machines, func(a, b machine) int {
			return cmp.Or(strings.Compare(a.created, b.created), strings.Compare(a.name, b.name))
		})
		s.note("the instances of a Flexible scale set are numbered by age here; 0 is the oldest")
		if r.machines[0].created == "" {
			s.note("the list has no creation times (timeCreated), so the order of the names is used instead")
		}
	} else {
		slices.SortStableFunc(r.machines, func(a, b machine) int { return cmp.Compare(a.ID, b.ID) })
	}
	s.Instances = make([]placement.Instance, 0, len(r.machines))
	for i := range r.machines {
		m := &r.machines[i]
		if i > 0 && !s.Flexible && m.ID == r.machines[i-1].ID {
			return nil, Mistakef("%s has the instance id %d twice; save the list again", r.file, m.ID)
		}
		if s.Flexible {
			m.ID = i
		}
		r.observe(m)
		if m.FaultDomain == placement.NoDomain {
			s.Unplaced = append(s.Unplaced, m.ID)
		}
		s.Instances = append(s.Instances, m.Instance)
	}
	r.conclude()
	return s, nil
}

// observe takes from one machine what it says of the set.
func (r *reader) observe(m *machine) {
	s := r.src
	if m.name != "" && (s.Flexible || m.name != placement.Name(s.Name, m.ID)) {
		s.Names[m.ID] = m.name
	}
	if m.computer != "" {
		s.ComputerNames[m.ID] = m.computer
		if n := len(m.computer) - 6; n > 0 && s.Prefix == "" && !s.Flexible {
			if id, ok := placement.ParseComputerName(m.computer[:n], m.computer); ok && id == m.ID {
				s.Prefix = m.computer[:n]
			}
		}
	}
	s.addZone(m.Zone)
	s.SeenFaultDomains = max(s.SeenFaultDomains, int(m.FaultDomain)+1)
	s.SeenUpdateDomains = max(s.SeenUpdateDomains, int(m.UpdateDomain)+1)
	s.Capacity++
}

func (r *reader) conclude() {
	s := r.src
	unplaced := len(s.Unplaced)
	if n := len(r.states); n > 0 {
		s.note("%s in an unknown power state, such as %s; assumed to be running", were(n), strconv.Quote(r.states[0]))
	}
	s.Name = cmp.Or(s.Name, DefaultName)
	slices.Sort(s.Zones)
	switch n := len(s.Instances); {
	case s.Flexible && unplaced == n:
		s.note("Azure does not report the domains of Flexible instances; the preview shows those that the model would choose")
	case unplaced == n: // see Basis
	case unplaced > 0:
		s.note("%d of %d instances have no domains in the list; the preview shows those that the model would choose", unplaced, n)
	}
	if r.leaving > 0 {
		s.note("%s already being deleted and not counted", were(r.leaving))
	}
}

func were(n int) string {
	if n == 1 {
		return "1 instance is"
	}
	return diag.Count(n, "instance") + " are"
}
