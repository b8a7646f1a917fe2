package cli

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestFormatsCountTheSame wants as many findings in each format for machines as in
// the JSON.
func TestFormatsCountTheSame(t *testing.T) {
	seeds, findings := seedTemplates(t), 0
	for i := 7; i < len(seeds); i += 53 {
		b := newBench(t, map[string][]byte{"t.json": seeds[i]})
		run := func(format string) string {
			_, out := b.run("lint --no-settings t.json --format " + format)
			return out
		}
		var all struct{ Findings []any }
		if err := json.Unmarshal([]byte(run("json")), &all); err != nil {
			t.Fatal(err)
		}
		n := len(all.Findings)
		findings += n
		var sarif struct{ Runs []struct{ Results []any } }
		var gitlab []any
		if err := json.Unmarshal([]byte(run("sarif")), &sarif); err != nil || len(sarif.Runs) != 1 || len(sarif.Runs[0].Results) != n {
			t.Errorf("seed %d: SARIF: %v, %d runs; want %d results", i, err, len(sarif.Runs), n)
		}
		if err := json.Unmarshal([]byte(run("gitlab")), &gitlab); err != nil || len(gitlab) != n {
			t.Errorf("seed %d: GitLab: %v, %d of %d", i, err, len(gitlab), n)
		}
		for format, mark := range map[string]string{"checkstyle": "<error ", "compact": "\nscaleset:", "github": "\n::", "azure-devops": "\n##vso[task.logissue "} {
			out := "\n" + run(format)
			got := strings.Count(out, mark)
			if format != "checkstyle" { // hints have no command, and are lines of their own
				got += strings.Count(out, "\nt.json:")
			}
			if got != n {
				t.Errorf("seed %d: %s has %d findings, JSON %d:\n%s", i, format, got, n, out)
			}
		}
	}
	if findings < 10 {
		t.Errorf("only %d findings were counted", findings)
	}
}

// TestSavedBetween wants the same instances to be removed on the way from A by B to C
// as from the instances that are there at B, saved as the Azure CLI lists them.
func TestSavedBetween(t *testing.T) {
	type instance struct {
		ID                        int
		Name, Zone                string
		FaultDomain, UpdateDomain int
	}
	type preview struct {
		Steps []struct{ Removed []instance }
		Final []instance
	}
	removed := 0
	for _, model := range []string{"--zones 1,2,3", "--zones 1,2,3 --policy OldestVM", "--fault-domains 5", "--fault-domains 5 --policy NewestVM", "--model preview"} {
		for _, way := range [][3]int{{20, 14, 9}, {30, 7, 2}, {12, 11, 3}, {9, 30, 4}} {
			b := newBench(t, nil)
			simulate := func(line string) (p preview) {
				code, out := b.run("simulate --format json " + line)
				if err := json.Unmarshal([]byte(out), &p); err != nil || code != ExitClean {
					t.Fatalf("simulate %s: exit code %d, %v", line, code, err)
				}
				return p
			}
			whole := simulate(fmt.Sprintf("%s --from %d --to %d,%d", model, way[0], way[1], way[2]))
			between := simulate(fmt.Sprintf("%s --from %d --to %d", model, way[0], way[1]))
			var saved []any
			for _, i := range between.Final {
				one := map[string]any{"instanceId": fmt.Sprint(i.ID), "name": i.Name, "instanceView": map[string]any{"platformFaultDomain": i.FaultDomain, "platformUpdateDomain": i.UpdateDomain}}
				if i.Zone != "" {
					one["zones"] = []string{i.Zone}
				}
				saved = append(saved, one)
			}
			text, err := json.Marshal(saved)
			if err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(filepath.Join(b.folder, "list.json"), text, 0o644); err != nil {
				t.Fatal(err)
			}
			after := simulate(fmt.Sprintf("%s --instances list.json --to %d", strings.ReplaceAll(model, "--zones 1,2,3", ""), way[2]))
			removed += len(after.Steps[0].Removed)
			if diff := cmp.Diff(whole.Steps[1].Removed, after.Steps[0].Removed); diff != "" {
				t.Errorf("%s, %v (-on the way +from what was saved):\n%s", model, way, diff)
			}
		}
	}
	if want := 5 * (5 + 5 + 8 + 26); removed != want {
		t.Errorf("%d instances were removed from saved lists, want %d", removed, want)
	}
}
