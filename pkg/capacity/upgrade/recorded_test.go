package upgrade_test

import (
	"encoding/json"
	"fmt"
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
	Batches                             []any
	Instances                           []struct {
		ID                         string
		UpdateDomain               int16
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

// TestRecordedProgress: the counts that records show of a run that goes on, that
// is done, that was cancelled, or that never began.
func TestRecordedProgress(t *testing.T) {
	seen := map[string]int{}
	for _, r := range records(t) {
		if r.Progress == nil || r.InstanceCount == nil {
			continue
		}
		in := upgrade.Input{State: state(t, placement.Config{Flexible: true}, *r.InstanceCount), Policy: rolling(), Health: probe, Change: reimg, Room: noRoom}
		done, failed, running, pending := r.Progress.SuccessfulInstanceCount, r.Progress.FailedInstanceCount, r.Progress.InProgressInstanceCount, r.Progress.PendingInstanceCount
		switch {
		case strings.HasPrefix(r.Outcome, "Cancelled"):
			// The running batch was finished, or counted as failed: either way it
			// is the one that the plan lists as interrupted.
			in.Cancel = 1
			s := upgrade.New(in).Stop
			if s == nil || s.Code != upgrade.CodeCancelled || len(s.Interrupted) != done+failed || len(s.Pending) != pending || len(s.Upgraded)+len(s.Failed) != 0 {
				t.Errorf("%s: cancelled with %+v, the plan says %+v", r.Source, *r.Progress, s)
			}
			seen["cancelled"]++
		case strings.Contains(r.Outcome, upgrade.CodeBefore):
			for n := range in.State.Instances {
				in.State.Instances[n].Flags |= placement.Unhealthy
			}
			if p := upgrade.New(in); p.Stop == nil || p.Stop.Code != upgrade.CodeBefore || len(p.Batches) != 0 || done+failed+running+pending != 0 {
				t.Errorf("%s: recorded %+v, the plan has %d batches and stops with %+v", r.Source, *r.Progress, len(p.Batches), p.Stop)
			}
			seen["refused"]++
		case running > 0:
			p := upgrade.New(in)
			found, before := false, 0
			for _, b := range p.Batches {
				found = found || before == done && len(b.Instances) == running && *r.InstanceCount-before-len(b.Instances) == pending
				before += len(b.Instances)
			}
			if !found {
				t.Errorf("%s: no batch leaves %+v of %d; batches %s", r.Source, *r.Progress, *r.InstanceCount, shape(p))
			}
			seen["running"]++
		case r.Outcome == "Completed":
			p := upgrade.New(in)
			after := 0
			for _, b := range p.Batches {
				after += len(b.Instances)
			}
			if p.Stop != nil || after != done || done != *r.InstanceCount || failed+pending != 0 {
				t.Errorf("%s: recorded %+v of %d, the plan upgrades %d", r.Source, *r.Progress, *r.InstanceCount, after)
			}
			seen["completed"]++
		default:
			t.Logf("nothing to compare: %s %s %+v", r.Policy, r.Outcome, *r.Progress)
		}
	}
	for outcome, least := range map[string]int{"cancelled": 3, "refused": 1, "running": 2, "completed": 30} {
		if seen[outcome] < least {
			t.Errorf("%d records of runs that are %s, want %d and more", seen[outcome], outcome, least)
		}
	}
}

// TestRecordedBatches: the batches that records list by id or by size, of runs
// that Azure itself orchestrates.
func TestRecordedBatches(t *testing.T) {
	n := 0
	for _, r := range records(t) {
		if len(r.Batches) == 0 || strings.HasPrefix(r.Policy, "AKS") {
			continue // node pools of AKS are upgraded by AKS, one node at a time
		}
		in := upgrade.Input{Policy: rolling(), Health: probe, Change: reimg, Room: noRoom}
		in.State.ServiceFabric = strings.Contains(r.Policy, "Service Fabric")
		for _, i := range r.Instances {
			id, err := strconv.Atoi(i.ID)
			if err != nil {
				t.Fatalf("id %q", i.ID)
			}
			in.State.Instances = append(in.State.Instances, upgrade.Instance{Instance: placement.Instance{ID: id, UpdateDomain: i.UpdateDomain}})
		}
		if r.InstanceCount != nil {
			in.State.Instances = state(t, placement.Config{Flexible: true}, *r.InstanceCount).Instances
		}
		if len(in.State.Instances) == 0 {
			continue
		}
		n++
		p := upgrade.New(in)
		for k, recorded := range r.Batches {
			if k >= len(p.Batches) {
				t.Errorf("%s: %d batches were recorded, the plan has %s", r.Source, len(r.Batches), shape(p))
				break
			}
			got := p.Batches[k]
			switch recorded := recorded.(type) {
			case float64: // a number of instances
				if int(recorded) != len(got.Instances) {
					t.Errorf("%s: batch %d had %v instances, the plan has %d", r.Source, k+1, recorded, len(got.Instances))
				}
			case []any: // ids
				if want := strings.Trim(fmt.Sprint(ids(got.Instances)), "[]"); strings.Trim(fmt.Sprint(recorded), "[]") != want {
					t.Errorf("%s: batch %d had the instances %v, the plan has %s", r.Source, k+1, recorded, want)
				}
			}
		}
	}
	if n < 40 {
		t.Errorf("%d records list batches that a plan can speak about, want 40 or more", n)
	}
}

var threshold = regexp.MustCompile(`threshold (\d+) %`)

// TestRecordedStops: each stop that records tell, with its code and its limit. The
// messages say that all upgraded instances were unhealthy: the first batch had one
// instance, and it failed.
func TestRecordedStops(t *testing.T) {
	seen := map[string]int{}
	for _, r := range records(t) {
		for _, code := range []string{upgrade.CodeBefore, upgrade.CodeDuring, upgrade.CodeUpgraded} {
			if !strings.Contains(r.Outcome, code) {
				continue
			}
			seen[code]++
			n := 5
			if r.InstanceCount != nil {
				n = *r.InstanceCount
			}
			in := upgrade.Input{State: state(t, placement.Config{Flexible: true}, n), Policy: rolling(), Health: probe, Change: reimg, Room: noRoom}
			limit := upgrade.DefaultPercent
			if m := threshold.FindStringSubmatch(r.Outcome); m != nil {
				limit, _ = strconv.Atoi(m[1])
			}
			switch code {
			case upgrade.CodeBefore: // more than the limit are unhealthy, and nothing moves
				for k := range n {
					in.State.Instances[k].Flags |= placement.Unhealthy
				}
			case upgrade.CodeDuring: // the upgraded ones may fail, the whole set may not
				in.Policy.MaxUnhealthyPercent, in.Policy.MaxUnhealthyUpgradedPercent = limit, 100
				in.State = state(t, placement.Config{Flexible: true}, 2)
				in.Fail = []int{0}
			case upgrade.CodeUpgraded:
				in.Policy.MaxUnhealthyUpgradedPercent, in.Fail = limit, []int{0}
			}
			p := upgrade.New(in)
			if p.Stop == nil || p.Stop.Code != code || p.Stop.Limit != limit {
				t.Errorf("%s: %s, the plan stops with %+v", r.Source, r.Outcome, p.Stop)
				continue
			}
			if code == upgrade.CodeUpgraded && (p.Stop.Unhealthy != p.Stop.Of || p.Stop.After != 1 || p.Stop.Failed[0].ID != 0) {
				t.Errorf("%s: 100 %% unhealthy with the first failed id 0, the plan says %+v", r.Source, p.Stop)
			}
			if code == upgrade.CodeBefore && (len(p.Batches) != 0 || p.Minutes != (upgrade.Minutes{})) {
				t.Errorf("%s: %d batches and %v minutes, want none", r.Source, len(p.Batches), p.Minutes)
			}
		}
	}
	for code, least := range map[string]int{upgrade.CodeBefore: 2, upgrade.CodeDuring: 2, upgrade.CodeUpgraded: 2} {
		if seen[code] < least {
			t.Errorf("%d records stop with %s, want %d and more", seen[code], code, least)
		}
	}
}

// TestRecordedOperations: what single operations took, from the shortest to the
// longest, lies inside the range that a plan takes for the work on an instance.
func TestRecordedOperations(t *testing.T) {
	actions := map[string]upgrade.Action{"reimage": upgrade.Reimage, "reimageall": upgrade.Reimage, "restart": upgrade.Restart, "redeploy": upgrade.Redeploy, "manualupgrade": upgrade.InPlace}
	n := 0
	for _, r := range records(t) {
		operation, ok := strings.CutPrefix(r.Policy, "operation /")
		took, timed := r.Minutes.(map[string]any)
		action, known := actions[operation[strings.LastIndexByte(operation, '/')+1:]]
		if !ok || !timed || !known {
			continue
		}
		n++
		change := upgrade.Change{Action: action, OS: upgrade.Linux}
		if r.OS == "Windows" {
			change.OS = upgrade.Windows
		}
		// By hand and all at once: the work alone, without a wait for health.
		p := upgrade.New(upgrade.Input{State: state(t, placement.Config{Flexible: true}, 2), Change: change, All: true, Room: noRoom})
		least, most := took["min"].(float64), took["max"].(float64)
		if least < p.Minutes.Least-0.05 || most > p.Minutes.Most+0.05 {
			t.Errorf("%s, %s: took %.2f to %.2f minutes, the plan says %v", r.Policy, r.OS, least, most, p.Minutes)
		}
	}
	if n < 30 {
		t.Errorf("%d records of operations, want 30 and more", n)
	}
}
