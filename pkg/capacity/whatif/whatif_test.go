package whatif_test

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/scaleset/scaleset/pkg/arm"
	"github.com/scaleset/scaleset/pkg/arm/expand"
	"github.com/scaleset/scaleset/pkg/azure/guidance"
	"github.com/scaleset/scaleset/pkg/azure/vmss"
	"github.com/scaleset/scaleset/pkg/capacity/instances"
	"github.com/scaleset/scaleset/pkg/capacity/placement"
	"github.com/scaleset/scaleset/pkg/capacity/whatif"
	"github.com/scaleset/scaleset/pkg/syntax/jsonc"
	"github.com/scaleset/scaleset/pkg/syntax/source"
)

// template expands a file of testdata and gives its only scale set.
func template(t *testing.T, name string, values map[string]string) *vmss.ScaleSet {
	t.Helper()
	path := filepath.Join("testdata", name)
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	tree := arm.ParseTemplate(jsonc.Parse(source.NewFile(path, text)))
	options := expand.Options{Set: values}
	options.Context.SubscriptionID, options.Context.ResourceGroup = "11111111-2222-3333-4444-555555555555", "rg"
	d := expand.Expand(tree, options)
	for _, finding := range d.Diagnostics {
		t.Errorf("%s: %s", path, finding.Summary)
	}
	sets := vmss.New(d).ScaleSets
	if len(sets) != 1 {
		t.Fatalf("%s has %d scale sets", path, len(sets))
	}
	return sets[0]
}

func plan(t *testing.T, s *instances.State, changes string, o whatif.Options) *whatif.Plan {
	t.Helper()
	var series []whatif.Change
	if changes != "" {
		var err error
		if series, err = whatif.ParseChanges(changes); err != nil {
			t.Fatal(err)
		}
	}
	p, err := whatif.New(s, series, o)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func ids(in []placement.Instance) []int {
	out := make([]int, len(in))
	for i := range in {
		out[i] = in[i].ID
	}
	return out
}

func ptr[T any](v T) *T { return &v }

func mistake(t *testing.T, err error) string {
	t.Helper()
	var m *instances.Mistake
	if err == nil {
		return ""
	}
	if !errors.As(err, &m) {
		t.Errorf("%v is not a mistake of the user", err)
	}
	return err.Error()
}

func TestParseChanges(t *testing.T) {
	changes, err := whatif.ParseChanges("15, 18,+5,-3,+10%,-50%,0")
	if err != nil {
		t.Fatal(err)
	}
	var written []string
	var series []int
	n := 20
	for _, c := range changes {
		n = c.Apply(n)
		written, series = append(written, c.String()), append(series, n)
	}
	if diff := cmp.Diff([]string{"15", "18", "+5", "-3", "+10%", "-50%", "0"}, written); diff != "" {
		t.Errorf("written (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]int{15, 18, 23, 20, 22, 11, 0}, series); diff != "" {
		t.Errorf("series (-want +got):\n%s", diff)
	}
	for text, want := range map[string]string{
		"":           `"" is not a capacity change; use a number such as 15, a difference such as +5, or a percentage such as -10%`,
		"ten":        `"ten" is not a capacity change; use a number such as 15, a difference such as +5, or a percentage such as -10%`,
		"--5":        `"--5" is not a capacity change; use a number such as 15, a difference such as +5, or a percentage such as -10%`,
		"10%":        `"10%" changes nothing; use +10% or -10%`,
		"5,99999999": `"99999999" is too large; at most 2000000 instances can be simulated`,
		strings.Repeat("1,", whatif.MaxSteps) + "1": "too many changes; the limit of one series is 1000",
	} {
		_, err := whatif.ParseChanges(text)
		if got := mistake(t, err); got != want {
			t.Errorf("ParseChanges(%.20q): %s, want %s", text, got, want)
		}
	}
}

// The document's own question, from its own kind of template.
func TestTemplatePreview(t *testing.T) {
	p := plan(t, instances.FromTemplate(template(t, "web.json", nil), guidance.Auto), "15,18", whatif.Options{})
	if got := p.Headline(); got != "model preview: 3 fault domains x 5 update domains" {
		t.Errorf("headline: %s", got)
	}
	if got := ids(p.Steps[0].Removed); !slices.Equal(got, []int{19, 18, 17, 16, 15}) {
		t.Errorf("20 to 15 removes %v", got)
	}
	if got := ids(p.Steps[1].Added); !slices.Equal(got, []int{15, 16, 17}) {
		t.Errorf("15 to 18 adds %v", got)
	}
	if got := p.Steps[0].Survivors; got != (whatif.Survivors{FaultDomain: 10, UpdateDomain: 12, Zone: -1}) {
		t.Errorf("survivors: %+v", got)
	}
	port, ok := p.Port(p.Pools()[0], 17)
	if !ok || port != 50017 || p.Name(17) != "web_17" || p.ComputerName(17) != "node00000H" || p.Account(17) != "beta" {
		t.Errorf("instance 17: port %d %v, %s, %s, account %s", port, ok, p.Name(17), p.ComputerName(17), p.Account(17))
	}
	type limit struct {
		name string
		max  int
	}
	var limits []limit
	for _, l := range p.Limits {
		limits = append(limits, limit{l.Name, l.Max})
	}
	// 26 bits leave 64 addresses, of which five are kept; two accounts of 40.
	want := []limit{{"nat-ports", 50}, {"addresses", 59}, {"accounts", 80}, {"capacity", 100}, {"virtual-network", 2048}}
	if diff := cmp.Diff(want, limits, cmp.AllowUnexported(limit{})); diff != "" {
		t.Errorf("limits (-want +got):\n%s", diff)
	}
}

func TestTemplateCurrent(t *testing.T) {
	s := instances.FromTemplate(template(t, "web.json", map[string]string{"apiVersion": "2016-03-30"}), guidance.Auto)
	p := plan(t, s, "15,18", whatif.Options{})
	// 20 instances of an overprovisioning set have used 23 ids, and 3 more ones
	// are created as 6.
	if got := ids(p.Steps[1].Added); !slices.Equal(got, []int{23, 24, 25}) {
		t.Errorf("15 to 18 adds %v", got)
	}
	// The ports of those that left are given out again, the lowest first.
	if first, last := p.Steps[1].IDs(); first != 23 || last != 28 {
		t.Errorf("15 to 18 creates %d to %d, want 23 to 28", first, last)
	}
	if port, ok := p.Port(p.Pools()[0], 23); !ok || port != 50015 {
		t.Errorf("port of 23: %d %v, want 50015", port, ok)
	}
	var got []string
	for _, d := range plan(t, s, "45,120", whatif.Options{}).Findings() {
		got = append(got, d.Severity.String()+": "+d.Summary)
	}
	want := []string{
		"warning: capacity 45 exceeds 25, half of the ports 50000 to 50049 of NAT pool ssh, because overprovisioning takes up to two for each instance",
		"warning: capacity 45 exceeds 40, 20 for each of 2 storage accounts",
		"error: capacity 120 exceeds 50, one for each of the ports 50000 to 50049 of NAT pool ssh",
		"error: capacity 120 exceeds 80, 40 for each container",
		"error: capacity 120 exceeds 59, the instances for which subnet small has addresses (59)",
		"error: capacity 120 exceeds 100, the limit of a scale set with disks in storage accounts",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("findings (-want +got):\n%s", diff)
	}
}

// A finding points at the value to change, through its parameter.
func TestFindingPlace(t *testing.T) {
	p := plan(t, instances.FromTemplate(template(t, "web.json", nil), guidance.Auto), "101", whatif.Options{})
	for _, d := range p.Findings() {
		if d.Code == "SS4001" && (d.Subject.Text() != "20" || d.Pointer == "" || d.Resource != "Microsoft.Compute/virtualMachineScaleSets/web" || d.Help == "") {
			t.Errorf("at %q, pointer %s, resource %s, help %s", d.Subject.Text(), d.Pointer, d.Resource, d.Help)
		}
		if d.Code == "SS6033" && d.Subject.Text() != `"10.0.0.0/26"` {
			t.Errorf("the addresses point at %q", d.Subject.Text())
		}
	}
}

func TestTemplateZones(t *testing.T) {
	p := plan(t, instances.FromTemplate(template(t, "zonal.json", nil), guidance.Auto), "7", whatif.Options{})
	c := p.Config
	if c.Policy != placement.OldestVM || !c.StrictZoneBalance || !c.UnhealthyFirst || !c.MaxSpreading() || len(c.Zones) != 3 {
		t.Errorf("config: %+v", c)
	}
	if got := ids(p.Steps[0].Removed); !slices.Equal(got, []int{0, 1}) {
		t.Errorf("removed %v, want the oldest of each full zone", got)
	}
	if got := p.Steps[0].Survivors; got != (whatif.Survivors{FaultDomain: -1, UpdateDomain: -1, Zone: 4}) {
		t.Errorf("survivors: %+v", got)
	}
}

func TestTemplateFlexible(t *testing.T) {
	set := template(t, "zonal.json", map[string]string{"mode": "Flexible", "zones": "[]", "strict": "false",
		"mix": `{"baseRegularPriorityCount": 4, "regularPriorityPercentageAboveBase": 50}`})
	p := plan(t, instances.FromTemplate(set, guidance.Auto), "14", whatif.Options{})
	if diff := cmp.Diff(&placement.PriorityMix{Base: 4, RegularPercent: 50}, p.Config.Mix); diff != "" {
		t.Errorf("mix (-want +got):\n%s", diff)
	}
	name := p.Name(p.Steps[0].Added[0].ID)
	if !strings.HasPrefix(name, "pool_") || len(name) != len("pool_")+8 {
		t.Errorf("a Flexible instance is called %s", name)
	}
}

// Redeploying a template to a set that stands elsewhere.
func TestCurrent(t *testing.T) {
	p := plan(t, instances.FromTemplate(template(t, "web.json", nil), guidance.Auto), "", whatif.Options{Current: ptr(12)})
	if len(p.Steps) != 1 || p.Steps[0].From != 12 || p.Steps[0].To != 20 {
		t.Errorf("steps: %+v", p.Steps)
	}
}

func TestMistakes(t *testing.T) {
	web := func() *instances.State { return instances.FromTemplate(template(t, "web.json", nil), guidance.Auto) }
	flags := func() *instances.State { return instances.New("") }
	listed := func() *instances.State {
		s, err := instances.Read("list.json", []byte(`[{"instanceId":"0","name":"web_0","instanceView":{"platformFaultDomain":3,"platformUpdateDomain":4}}]`))
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	tests := []struct {
		name    string
		src     func() *instances.State
		changes string
		o       whatif.Options
		want    string
	}{
		{"no start", flags, "5", whatif.Options{}, "the present number of instances was not given; pass From N, a template, or Instances"},
		{"below zero", flags, "-6", whatif.Options{From: ptr(5)}, "-6 from 5 gives -1, and a capacity cannot be negative"},
		{"too many", flags, "+90%,+90%", whatif.Options{From: ptr(1_500_000)}, "+90% from 1500000 gives 2850000; at most 2000000 instances can be simulated"},
		{"negative start", flags, "1", whatif.Options{From: ptr(-1)}, "a capacity of -1 cannot be simulated; use 0 to 2000000"},
		{"negative capacity", func() *instances.State {
			return instances.FromTemplate(template(t, "web.json", map[string]string{"instanceCount": "-5"}), guidance.Auto)
		}, "5", whatif.Options{}, "the template has a capacity of -5, and a capacity cannot be negative; change it, or pass From N"},
		{"two starts", web, "5", whatif.Options{From: ptr(1), Current: ptr(2)}, "From and Current cannot be combined, because both set the present number of instances; use one of them"},
		{"current without template", flags, "5", whatif.Options{Current: ptr(2)}, "Current needs a template; add the template, or use From 2"},
		{"list and start", listed, "5", whatif.Options{From: ptr(2)}, "the list has 1 instance; remove From and Current"},
		{"unknown zone", flags, "5", whatif.Options{From: ptr(2), Zones: []string{"1", "9"}}, `unknown zone "9"; use one of: 1, 2, 3`},
		{"zone down elsewhere", flags, "5", whatif.Options{From: ptr(2), Zones: []string{"1", "2"}, ZonesDown: []string{"3"}}, "zone 3 is down but not a zone of the scale set, whose zones are 1, 2"},
		{"zones in the preview", web, "5", whatif.Options{Zones: []string{"1"}}, "the preview model has no zones, which exist since API version 2017-03-30; remove it, or use Model current"},
		{"policy in the preview", web, "5", whatif.Options{Policy: ptr(placement.OldestVM)}, "the preview model has no scale-in policies, which exist since API version 2019-03-01; remove it, or use Model current"},
		{"fault domains", flags, "5", whatif.Options{From: ptr(2), FaultDomains: 6}, "6 fault domains are not possible; use 1 to 5"},
		{"zonal fault domains", flags, "5", whatif.Options{From: ptr(2), FaultDomains: 3, Zones: []string{"1"}}, "a scale set in zones has 1 or 5 fault domains, not 3"},
		{"flexible update domains", flags, "5", whatif.Options{From: ptr(2), UpdateDomains: 5, Flexible: ptr(true)}, "a Flexible scale set has no update domains, not 5; remove UpdateDomains"},
		{"flexible overprovision", flags, "5", whatif.Options{From: ptr(2), Overprovision: ptr(true), Flexible: ptr(true)}, "a Flexible scale set does not overprovision; remove Overprovision"},
		{"strict without zones", flags, "5", whatif.Options{From: ptr(2), StrictZones: ptr(true)}, "strict zone balance needs two zones or more, but the scale set has 0; pass Zones"},
		{"protect nobody", flags, "1", whatif.Options{From: ptr(3), Protect: []int{1, 7, 9}}, "Protect 1,7,9: the scale set has no instance 7,9; its 3 instances are 0 to 2"},
		{"domains of the list", listed, "0", whatif.Options{FaultDomains: 3}, "an instance of the list is in fault domain 3, but there are 3 fault domains; pass FaultDomains 4 or more"},
		{"update domains of the list", listed, "0", whatif.Options{UpdateDomains: 3}, "an instance of the list is in update domain 4, but there are 3 update domains; pass UpdateDomains 5 or more"},
		{"too much work", flags, strings.TrimSuffix(strings.Repeat("0,1000000,", 30), ","), whatif.Options{From: ptr(0)}, "the series is too long for a scale set of this size (more than 20000000 instances in all steps); use fewer steps"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			changes, err := whatif.ParseChanges(tt.changes)
			if err != nil {
				t.Fatal(err)
			}
			_, err = whatif.New(tt.src(), changes, tt.o)
			if got := mistake(t, err); got != tt.want {
				t.Errorf("%q, want %q", got, tt.want)
			}
		})
	}
}

func TestProtected(t *testing.T) {
	p := plan(t, instances.New("web"), "2,1,5", whatif.Options{From: ptr(5), Protect: []int{0, 1, 2}})
	var got []string
	for _, s := range p.Steps {
		for _, d := range s.Findings {
			got = append(got, string(d.Code)+" "+d.Summary)
		}
	}
	want := []string{
		"SS4903 only 2 of 3 instances can be removed, because the other 3 are protected from scale-in",
		"SS4903 none of 3 instances can be removed, because all are protected from scale-in",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("findings (-want +got):\n%s", diff)
	}
	if last := p.Steps[2]; last.From != 3 || last.Reached != 5 || !p.HasErrors() {
		t.Errorf("the series does not go on from what is reached: %d to %d", last.From, last.Reached)
	}
}

func TestBlockedByZones(t *testing.T) {
	p := plan(t, instances.New("web"), "9", whatif.Options{From: ptr(6), Zones: []string{"1", "2", "3"}, ZonesDown: []string{"1"}, StrictZones: ptr(true)})
	s := p.Steps[0]
	if len(s.Findings) != 1 || s.Findings[0].Code != "SS7901" || s.Reached != 6 || len(s.Added) != 0 {
		t.Errorf("step: reached %d, findings %v", s.Reached, s.Findings)
	}
}

// A limit holds whatever the set started with, as lint judges it; only a list
// shows that Azure allows more (see TestLimitOfList).
func TestLimitCrossed(t *testing.T) {
	for _, tt := range []struct {
		from int
		to   string
		want string
	}{
		{1000, "1001", "error"}, {1001, "1002", "error"}, {1_000, "999", ""}, {2000, "1500", "error"},
	} {
		got := ""
		for _, d := range plan(t, instances.New(""), tt.to, whatif.Options{From: &tt.from}).Findings() {
			got += d.Severity.String()
		}
		if got != tt.want {
			t.Errorf("%d to %s: %q, want %q", tt.from, tt.to, got, tt.want)
		}
	}
}

// A list of more instances than documented is evidence: to scale in is not an error.
func TestLimitOfList(t *testing.T) {
	text := "["
	for i := range 1003 {
		text += `{"instanceId":"` + strconv.Itoa(i) + `"},`
	}
	s, err := instances.Read("list.json", []byte(strings.TrimSuffix(text, ",")+"]"))
	if err != nil {
		t.Fatal(err)
	}
	for to, want := range map[string]string{"1001": "warning", "1004": "error", "1000": ""} {
		got := ""
		for _, d := range plan(t, s, to, whatif.Options{}).Findings() {
			got += d.Severity.String()
		}
		if got != want {
			t.Errorf("1003 to %s: %q, want %q", to, got, want)
		}
	}
}

func TestOrderOfOptions(t *testing.T) {
	one := plan(t, instances.New(""), "3", whatif.Options{From: ptr(9), Zones: []string{"1", "2", "3"}, Protect: []int{8, 1}})
	two := plan(t, instances.New(""), "3", whatif.Options{From: ptr(9), Zones: []string{"1", "2", "3"}, Protect: []int{1, 8}})
	if diff := cmp.Diff(one.Steps, two.Steps); diff != "" {
		t.Error(diff)
	}
}

func TestExplain(t *testing.T) {
	p := plan(t, instances.New("web"), "15,18", whatif.Options{From: ptr(20), Explain: []int{19, 3, 21, 99}, Protect: []int{3}})
	got := map[string][]string{}
	for _, e := range p.Explanations {
		got[e.Name] = e.Lines
	}
	want := map[string][]string{
		"web_19": {"step 1: it is removed, as number 1: fault domain 4 has the most instances, 4, as many as 4 other fault domains, and it has the newest instance of these; among these, update domain 2 has the most instances (4 in the scale set); of the instances left it is the newest"},
		"web_3":  {"at the end: it remains in fault domain 3, update domain 3; it is protected from scale-in"},
		"web_21": {"step 2: it is added in fault domain 1, update domain 4", "at the end: it remains in fault domain 1, update domain 4; a scale-in to 16 or less removes it"},
		"web_99": {"the scale set has no such instance; its 18 instances are 0 to 22"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
