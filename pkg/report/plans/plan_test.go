package plans_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"encoding/xml"
	"io"
	"path/filepath"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"github.com/scaleset/scaleset/pkg/capacity/instances"
	"github.com/scaleset/scaleset/pkg/capacity/placement"
	"github.com/scaleset/scaleset/pkg/capacity/whatif"
	"github.com/scaleset/scaleset/pkg/internal/golden"
	"github.com/scaleset/scaleset/pkg/report/plans"
)

func simulate(t testing.TB, name string, from int, changes string, o whatif.Options) *whatif.Plan {
	t.Helper()
	series, err := whatif.ParseChanges(changes)
	if err != nil {
		t.Fatal(err)
	}
	o.From = &from
	plan, err := whatif.New(instances.New(name), series, o)
	if err != nil {
		t.Fatal(err)
	}
	return plan
}

func planText(t testing.TB, r plans.Reporter, all ...*whatif.Plan) string {
	t.Helper()
	var b bytes.Buffer
	if err := r.Report(&b, plans.Preview{Plans: all}); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func preview(t testing.TB) *whatif.Plan {
	model := placement.Preview
	return simulate(t, "web", 20, "15,18", whatif.Options{Model: &model})
}

var planFormats = map[string]plans.Reporter{
	"txt": plans.Text{}, "json": plans.JSON{}, "csv": plans.CSV{},
	"md": plans.Markdown{}, "svg": plans.SVG{}, "html": plans.HTML{},
}

// Each format of the document's own question, and of a set with everything:
// zones, protection in the way, explanations, a limit.
func TestPlanGolden(t *testing.T) {
	zonal := simulate(t, "pool", 12, "7,+50%", whatif.Options{Zones: []string{"1", "2", "3"}, Protect: []int{9, 10, 11}, Explain: []int{6, 11}})
	for ext, r := range planFormats {
		golden.Equal(t, filepath.Join("testdata", "plan-preview."+ext), []byte(planText(t, r, preview(t))))
		golden.Equal(t, filepath.Join("testdata", "plan-zonal."+ext), []byte(planText(t, r, zonal)))
	}
	golden.Equal(t, filepath.Join("testdata", "plan-color.txt"), []byte(planText(t, plans.Text{Color: true}, preview(t))))
	large := simulate(t, "big", 1000, "700,1001", whatif.Options{})
	golden.Equal(t, filepath.Join("testdata", "plan-large.txt"), []byte(planText(t, plans.Text{}, large)))
	folded := simulate(t, "web", 100, "70,+20", whatif.Options{})
	golden.Equal(t, filepath.Join("testdata", "plan-folded.txt"), []byte(planText(t, plans.Text{}, folded)))
}

// Pictures of small, middle and large sets, of zones with fault domains, of a
// Flexible set, and of instances in other states than running.
func TestPlanPictures(t *testing.T) {
	zones, flexible, on := []string{"1", "2", "3"}, true, true
	for name, plan := range map[string]*whatif.Plan{
		"3":        simulate(t, "web", 3, "5", whatif.Options{}),
		"60":       simulate(t, "web", 60, "50", whatif.Options{}),
		"600":      simulate(t, "web", 600, "660", whatif.Options{}),
		"surplus":  simulate(t, "web", 500, "600", whatif.Options{Overprovision: &on}),
		"1000":     simulate(t, "web", 1000, "900", whatif.Options{Zones: zones}),
		"zones":    simulate(t, "web", 15, "12", whatif.Options{Zones: zones, FaultDomains: 5}),
		"flexible": simulate(t, "web", 6, "4", whatif.Options{Flexible: &flexible}),
		"states":   simulate(t, "web", 12, "9,11", whatif.Options{Protect: []int{11, 10}, Deallocated: []int{3, 4}, Unhealthy: []int{5}, Overprovision: &on}),
	} {
		golden.Equal(t, filepath.Join("testdata", "picture-"+name+".svg"), []byte(planText(t, plans.SVG{}, plan)))
	}
	golden.Equal(t, filepath.Join("testdata", "plan-states.txt"), []byte(planText(t, plans.Text{}, simulate(t, "web", 12, "9,11",
		whatif.Options{Protect: []int{11, 10}, Deallocated: []int{3, 4}, Unhealthy: []int{5}, Overprovision: &on}))))
	golden.Equal(t, filepath.Join("testdata", "plan-zones.txt"), []byte(planText(t, plans.Text{}, simulate(t, "web", 15, "12", whatif.Options{Zones: zones, FaultDomains: 5}))))
}

// Text keeps to its width whatever the set is like.
func TestPlanTextWidth(t *testing.T) {
	all := []*whatif.Plan{
		preview(t),
		simulate(t, "web", 3, "1,0,+5", whatif.Options{}),
		simulate(t, "web", 100, "70,99", whatif.Options{}),
		simulate(t, "web", 1000, "999,500,+10%", whatif.Options{}),
		simulate(t, "web", 1_000_000, "500000,900000", whatif.Options{}),
		simulate(t, "web", 1000, "500", whatif.Options{UpdateDomains: 20}),
		simulate(t, "web", 60, "40,90", whatif.Options{Zones: []string{"1", "2", "3"}}),
		simulate(t, "web", 60, "40,90", whatif.Options{Zones: []string{"1", "2", "3"}, FaultDomains: 5}),
	}
	for _, width := range []int{40, 80, 120} {
		for _, p := range all {
			for line := range strings.Lines(planText(t, plans.Text{Width: width}, p)) {
				line = strings.TrimSuffix(line, "\n")
				if n := utf8.RuneCountInString(line); n > max(width, 80) || width >= 80 && n > width {
					t.Errorf("%d columns, %d allowed: %q", n, width, line)
				}
				if line != strings.TrimRight(line, " ") {
					t.Errorf("blanks at the end: %q", line)
				}
			}
		}
	}
}

// What the contract says of JSON, on the document's own question.
func TestPlanJSON(t *testing.T) {
	type instance struct {
		ID           int    `json:"id"`
		Name         string `json:"name"`
		FaultDomain  int    `json:"faultDomain"`
		UpdateDomain int    `json:"updateDomain"`
		Zone         string `json:"zone"`
	}
	var got struct {
		Version, ScaleSet, Model, Policy string
		FaultDomains, UpdateDomains      int
		Zones                            []string
		Steps                            []struct {
			From, To       int
			Added, Removed []instance
			Balance        struct {
				FaultDomains, UpdateDomains []int
				Zones                       map[string]int
			}
			Notes    []string
			Findings []any
		}
		Final []instance
	}
	if err := json.Unmarshal([]byte(planText(t, plans.JSON{}, preview(t))), &got); err != nil {
		t.Fatal(err)
	}
	if got.Version != "1" || got.ScaleSet != "web" || got.Model != "preview" || got.Policy != "Default" || got.FaultDomains != 3 || got.UpdateDomains != 5 || got.Zones == nil {
		t.Errorf("header: %+v", got)
	}
	if diff := cmp.Diff(instance{15, "web_15", 0, 0, ""}, got.Steps[1].Added[0]); diff != "" {
		t.Errorf("added (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(instance{19, "web_19", 1, 4, ""}, got.Steps[0].Removed[0]); diff != "" {
		t.Errorf("removed (-want +got):\n%s", diff)
	}
	b := got.Steps[0].Balance
	if diff := cmp.Diff([][]int{{5, 5, 5}, {3, 3, 3, 3, 3}}, [][]int{b.FaultDomains, b.UpdateDomains}); diff != "" || b.Zones == nil {
		t.Errorf("balance (-want +got):\n%s", diff)
	}
	if s := got.Steps[0]; s.Added == nil || s.Notes == nil || s.Findings == nil || len(got.Final) != 18 {
		t.Errorf("lists may be empty but never null: %+v", s)
	}
}

// Several sets: the first is the object, the others stand in it whole.
func TestPlanJSONOthers(t *testing.T) {
	all := []*whatif.Plan{preview(t), simulate(t, "b", 2, "1", whatif.Options{}), simulate(t, "c", 2, "3", whatif.Options{})}
	var got struct {
		ScaleSet string
		Others   []struct {
			ScaleSet string
			Final    []struct{ Name string }
		}
	}
	if err := json.Unmarshal([]byte(planText(t, plans.JSON{}, all...)), &got); err != nil {
		t.Fatal(err)
	}
	if got.ScaleSet != "web" || len(got.Others) != 2 || got.Others[1].ScaleSet != "c" || got.Others[0].Final[0].Name != "b_0" {
		t.Errorf("%+v", got)
	}
}

// hostile is a name that is poison for every format.
const hostile = "=cmd|'/C x'!A1<script>alert(1)</script>\x1b[31m\"`[x](y)|\u202e"

func hostilePlan(t testing.TB) *whatif.Plan {
	return simulate(t, hostile, 7, "5,6", whatif.Options{Explain: []int{6}})
}

func TestPlanHostileNames(t *testing.T) {
	for ext, r := range planFormats {
		text := planText(t, r, hostilePlan(t))
		if i := strings.IndexFunc(text, func(c rune) bool { return c != '\n' && unicode.Is(unicode.Cc, c) }); i >= 0 {
			t.Errorf("%s has a control character at %d: %q", ext, i, text[i:min(len(text), i+20)])
		}
		switch ext {
		case "html", "svg", "md":
			if strings.Contains(text, "<script") {
				t.Errorf("%s has markup of the input", ext)
			}
		case "csv":
			rows, err := csv.NewReader(strings.NewReader(text)).ReadAll()
			if err != nil {
				t.Fatal(err)
			}
			for _, row := range rows {
				for _, c := range row {
					if c != "" && strings.ContainsRune("=+-@", rune(c[0])) {
						t.Errorf("a cell is a formula: %q", c)
					}
				}
			}
		case "json":
			var v struct{ Final []struct{ Name string } }
			if err := json.Unmarshal([]byte(text), &v); err != nil || v.Final[0].Name != hostile+"_0" {
				t.Errorf("%v: %q", err, v.Final)
			}
		}
	}
}

// Pictures and pages stand alone: well formed, without scripts, loading nothing.
func TestPlanPagesStandAlone(t *testing.T) {
	for _, p := range []*whatif.Plan{preview(t), hostilePlan(t), simulate(t, "big", 1000, "10,900", whatif.Options{})} {
		svg := planText(t, plans.SVG{}, p)
		for d := xml.NewDecoder(strings.NewReader(svg)); ; {
			if _, err := d.Token(); err == io.EOF {
				break
			} else if err != nil {
				t.Fatalf("the picture is not XML: %v", err)
			}
		}
		for name, text := range map[string]string{"svg": svg, "html": planText(t, plans.HTML{}, p)} {
			for _, bad := range []string{"<script", "src=", "@import", "url(", "<link", "<iframe", "onload"} {
				if strings.Contains(text, bad) {
					t.Errorf("%s has %s", name, bad)
				}
			}
			if !strings.Contains(text, "prefers-color-scheme:dark") {
				t.Errorf("%s knows no dark", name)
			}
		}
	}
}

func TestPlanTablesAreBounded(t *testing.T) {
	p := simulate(t, "big", 1_000_000, "500000", whatif.Options{})
	for ext, r := range planFormats {
		if ext == "json" || ext == "csv" {
			continue
		}
		if n := len(planText(t, r, p)); n > 100_000 {
			t.Errorf("%s of half a million removals has %d bytes", ext, n)
		}
	}
}

func BenchmarkPlanJSON(b *testing.B) {
	p := simulate(b, "web", 100_000, "50000,90000", whatif.Options{})
	b.ReportAllocs()
	for b.Loop() {
		if err := (plans.JSON{}).Report(io.Discard, plans.Preview{Plans: []*whatif.Plan{p}}); err != nil {
			b.Fatal(err)
		}
	}
}
