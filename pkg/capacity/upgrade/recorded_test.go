package upgrade_test

import (
	"encoding/json"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/scaleset/scaleset/pkg/capacity/placement"
	"github.com/scaleset/scaleset/pkg/capacity/upgrade"
)

// A record is one upgrade that really happened; the file holds the source of each.
type record struct {
	Source, Policy, Health, OS, Outcome string
	Change                              any
	InstanceCount                       *int
	Minutes                             any
	Progress                            *struct{ SuccessfulInstanceCount, FailedInstanceCount, InProgressInstanceCount, PendingInstanceCount int }
	Instances                           []struct {
		ID                         string
		LatestModelAppliedAfterPut *bool
	}
}

func records(t *testing.T) (all []record) {
	t.Helper()
	text, err := os.ReadFile("testdata/recorded-upgrades.json")
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(text, &all); err != nil {
		t.Fatal(err)
	}
	return all
}

var probeForm = regexp.MustCompile(`^load balancer probe, (\d+) s x (\d+)$`)

// health reads the health source of a record.
func (r record) health() (h upgrade.Health, ok bool) {
	if m := probeForm.FindStringSubmatch(r.Health); m != nil {
		interval, _ := strconv.Atoi(m[1])
		probes, _ := strconv.Atoi(m[2])
		return upgrade.Health{Source: upgrade.Probe, Interval: time.Duration(interval) * time.Second, Probes: probes}, true
	}
	switch r.Health {
	case "none":
		return upgrade.Health{}, true
	case "ApplicationHealthLinux 1.0, defaults":
		return upgrade.Health{Source: upgrade.Extension, Interval: 5 * time.Second, Probes: 1}, true
	}
	return h, false
}

// input is what a plan for the record is made from, if a plan can speak about it.
func (r record) input(t *testing.T) (in upgrade.Input, ok bool) {
	if r.InstanceCount == nil {
		return in, false
	}
	policy := rolling()
	change := upgrade.Change{OS: upgrade.Linux}
	text, _ := r.Change.(string)
	if strings.Contains(text, "Windows") || strings.Contains(text, "Standard_A0") {
		change.OS = upgrade.Windows
	}
	if strings.Contains(r.Policy, "cancel") || strings.Contains(r.Outcome, "Faulted") || strings.Contains(r.Outcome, "MaxUnhealthy") || strings.Contains(r.Policy, "read 1 s") {
		return in, false
	}
	health, known := r.health()
	switch {
	case strings.HasPrefix(r.Policy, "extensionRollingUpgrade, mode Manual"), strings.HasPrefix(r.Policy, "Rolling, osRollingUpgrade"), strings.HasPrefix(r.Policy, "PUT"):
		change.Walk = true
	case r.Policy == "Rolling" && strings.HasPrefix(text, "one extension added"):
		change.Action = upgrade.InPlace
	case r.Policy == "Automatic" && strings.HasPrefix(text, "one extension added"):
		policy.Mode, change.Action, known = upgrade.Automatic, upgrade.InPlace, true
	case r.Policy == "Automatic" && strings.HasPrefix(text, "sku.name"):
		policy.Mode, change.Action, known = upgrade.Automatic, upgrade.Redeploy, true
	default:
		return in, false
	}
	return upgrade.Input{State: state(t, placement.Config{Flexible: true}, *r.InstanceCount), Policy: policy, Health: health, Change: change, Room: noRoom}, known
}

// TestRecordedMinutes: the recorded minutes lie inside the predicted range for
// at least 90 percent of the records that a plan can speak about.
func TestRecordedMinutes(t *testing.T) {
	inside, all := 0, 0
	for _, r := range records(t) {
		took, ok := r.Minutes.(float64)
		in, speaks := r.input(t)
		if !ok || !speaks {
			continue
		}
		all++
		p := upgrade.New(in)
		// A PUT without a change waits once for all instances since March 2022,
		// and once for each before.
		least := p.Minutes.Least
		if strings.HasPrefix(r.Policy, "PUT") && len(p.Batches) > 0 {
			least = p.Batches[0].Took.Least
		}
		if took >= least-0.05 && took <= p.Minutes.Most+0.05 {
			inside++
		} else {
			t.Logf("%s %s (%s): took %.2f, predicted %v", r.Policy, r.Health, r.Change, took, p.Minutes)
		}
	}
	if all < 90 {
		t.Errorf("%d records have minutes that a plan can speak about, want 90 or more", all)
	}
	if inside*100 < all*90 {
		t.Errorf("%d of %d records are inside the predicted range; 90%% are wanted", inside, all)
	}
	t.Logf("%d of %d records are inside the predicted range", inside, all)
}

// TestRecordedManual: under mode Manual no instance gets the new model.
func TestRecordedManual(t *testing.T) {
	n := 0
	for _, r := range records(t) {
		if r.Policy != "Manual" || len(r.Instances) == 0 || r.Instances[0].LatestModelAppliedAfterPut == nil {
			continue
		}
		n++
		var s upgrade.State
		for _, i := range r.Instances {
			id, err := strconv.Atoi(i.ID)
			if err != nil {
				t.Fatalf("id %q", i.ID)
			}
			s.Instances = append(s.Instances, upgrade.Instance{Instance: placement.Instance{ID: id}})
		}
		for k, i := range upgrade.New(upgrade.Input{State: s, Change: reimg, Room: noRoom}).Final {
			if i.Latest != *r.Instances[k].LatestModelAppliedAfterPut {
				t.Errorf("%s: instance %d has the newest model: %v", r.Source, i.ID, i.Latest)
			}
		}
	}
	if n == 0 {
		t.Error("no record of mode Manual was found")
	}
}

// TestRecordedProgress: the counts of the last batch that records show.
func TestRecordedProgress(t *testing.T) {
	n := 0
	for _, r := range records(t) {
		if r.Progress == nil || r.InstanceCount == nil || r.Progress.InProgressInstanceCount == 0 || r.Progress.FailedInstanceCount > 0 {
			continue
		}
		n++
		p := upgrade.New(upgrade.Input{State: state(t, placement.Config{Flexible: true}, *r.InstanceCount), Policy: rolling(), Health: probe, Change: reimg, Room: noRoom})
		found := false
		done := 0
		for _, b := range p.Batches {
			if done == r.Progress.SuccessfulInstanceCount && len(b.Instances) == r.Progress.InProgressInstanceCount && *r.InstanceCount-done-len(b.Instances) == r.Progress.PendingInstanceCount {
				found = true
			}
			done += len(b.Instances)
		}
		if !found {
			t.Errorf("%s: no batch leaves %+v of %d; batches %s", r.Source, *r.Progress, *r.InstanceCount, shape(p))
		}
	}
	if n == 0 {
		t.Error("no record of a batch in progress was found")
	}
}

// TestRecordedStops: what recorded stops say, with sets of the same size.
func TestRecordedStops(t *testing.T) {
	seen := map[string]bool{}
	for _, r := range records(t) {
		for _, code := range []string{upgrade.CodeBefore, upgrade.CodeDuring, upgrade.CodeUpgraded} {
			if strings.Contains(r.Outcome, code) {
				seen[code] = true
			}
		}
	}
	for _, code := range []string{upgrade.CodeBefore, upgrade.CodeDuring, upgrade.CodeUpgraded} {
		if !seen[code] {
			t.Errorf("no record stops with %s", code)
		}
	}
	// Three instances, one of them unhealthy: 33 % is more than 20 %, and nothing moves.
	three := state(t, placement.Config{}, 3)
	three.Instances[2].Flags |= placement.Unhealthy
	p := upgrade.New(upgrade.Input{State: three, Policy: rolling(), Health: probe, Change: reimg, Room: noRoom})
	if p.Stop == nil || p.Stop.Code != upgrade.CodeBefore || len(p.Batches) != 0 || p.Minutes != (upgrade.Minutes{}) {
		t.Errorf("one of three is unhealthy: %+v", p.Stop)
	}
	// The first instance fails in a batch of one: 100 %, whatever the limit below 100.
	p = upgrade.New(upgrade.Input{State: state(t, placement.Config{}, 5), Policy: rolling(), Health: probe, Change: reimg, Room: noRoom, Fail: []int{0}})
	if p.Stop == nil || p.Stop.Code != upgrade.CodeUpgraded || p.Stop.Unhealthy != 1 || p.Stop.Of != 1 || len(p.Stop.Pending) != 4 {
		t.Errorf("the first of five fails: %+v", p.Stop)
	}
}
