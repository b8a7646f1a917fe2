package upgrade

import "fmt"

// A Sureness is the kind of evidence for a statement.
type Sureness string

// The kinds of evidence.
const (
	Documented Sureness = "documented" // on the page of its source
	Recorded   Sureness = "recorded"   // seen in recordings of real scale sets
	Reported   Sureness = "reported"   // reported publicly
	Assumed    Sureness = "assumed"    // none of these: the tool considers it likely
)

// A Note is a rule that a plan follows.
type Note struct {
	Text     string // a sentence
	Source   string // a link, or "" for what is assumed
	Sureness Sureness
}

const (
	docs          = "https://learn.microsoft.com/azure/virtual-machine-scale-sets/virtual-machine-scale-sets-"
	policyPage    = docs + "upgrade-policy"
	rollingPage   = docs + "configure-rolling-upgrades"
	surgePage     = docs + "maxsurge"
	automaticPage = docs + "automatic-upgrade"
	protectPage   = docs + "instance-protection"
	repairsPage   = docs + "automatic-instance-repairs"
	zonesPage     = docs + "use-availability-zones"
	recordings    = "https://github.com/Azure/azure-cli/tree/dev/src/azure-cli/azure/cli/command_modules/vm/tests/latest/recordings"
	schemaPage    = "https://learn.microsoft.com/rest/api/compute/virtual-machine-scale-sets/create-or-update"
)

// notes lists the rules that this plan follows.
func (p *planner) notes() {
	note := func(text, source string, sure Sureness) {
		p.plan.Notes = append(p.plan.Notes, Note{text, source, sure})
	}
	switch p.Policy.Mode {
	case Manual:
		note("Under upgrade mode Manual, an existing instance keeps its model until you upgrade it; new instances get the newest model.", policyPage, Documented)
	case Automatic:
		note("Under upgrade mode Automatic, all instances may be updated at the same time, in no documented order.", policyPage, Documented)
	case Rolling:
		p.rollingNotes(note)
	case Repair:
		p.repairNotes(note)
	}
	if p.Change.OSUpgrade {
		note("An automatic OS image upgrade follows the rolling policy and not the upgrade mode; the first one may start up to 3 hours after it is turned on.", automaticPage, Documented)
		note("When an instance is not healthy 5 minutes after its OS disk was replaced, the old disk is restored.", automaticPage, Documented)
	}
	if p.Change.Reimages {
		note("Credentials and custom data are applied to an existing instance only when it is reimaged.", policyPage, Documented)
	}
	for _, i := range p.plan.Untouched {
		if i.Pinned {
			note("Instances protected from scale set actions are not upgraded.", protectPage, Documented)
			break
		}
	}
	if p.serving.Regional() > 0 {
		note("A regional instance of a zonal scale set may be in any zone, so it counts as lost.", zonesPage, Documented)
	}
	if p.Change.Work.IsZero() && p.Change.Action != Nothing && len(p.plan.Batches) > 0 {
		sure, source := Recorded, recordings
		action := p.plan.Batches[0].Action
		if action == Replace && p.Change.OS != Windows {
			sure, source = Assumed, ""
		}
		w := p.Change.work(action).rounded()
		note(fmt.Sprintf("One instance takes %g to %g minutes.", w.Least, w.Most), source, sure)
	}
}

func (p *planner) repairNotes(note func(text, source string, sure Sureness)) {
	note(fmt.Sprintf("Automatic repairs work on at most %d%% of the instances at a time, and on one instance in a scale set of fewer than 20: here on %d of %d.", repairPercent, BatchSize(repairPercent, p.total), p.total), repairsPage, Documented)
	note(fmt.Sprintf("An instance is repaired after it has been unhealthy for the grace period of %g minutes, which starts again after each change of its state.", minutes(p.Policy.Grace)), repairsPage, Documented)
	note("Instances with any protection, and instances that failed to provision, are not repaired.", repairsPage, Documented)
	if p.Change.Action == Replace {
		note("A replaced instance is deleted and a new one is created with the newest model.", repairsPage, Documented)
	}
	note("If repairs keep failing, Azure suspends them until you set the service state to Running.", repairsPage, Documented)
	note("The lowest ids are repaired first.", "", Assumed)
}

func (p *planner) rollingNotes(note func(text, source string, sure Sureness)) {
	if p.State.ServiceFabric {
		note("A Service Fabric scale set is upgraded one update domain at a time.", "https://learn.microsoft.com/azure/service-fabric/service-fabric-cluster-upgrade", Documented)
	} else {
		size := BatchSize(p.Policy.MaxBatchPercent, p.total)
		sure := Assumed
		if p.Policy.MaxBatchPercent*p.total%100 == 0 || size == 1 && p.total <= 5 {
			sure = Documented
		}
		text := fmt.Sprintf("A batch holds at most %d of %d instances: %d%%, rounded down, and at least one.", size, p.total, p.Policy.MaxBatchPercent)
		note(text, rollingPage, sure)
	}
	switch {
	case len(p.State.Zones) > 1 && p.Policy.CrossZone:
		note("With cross-zone upgrades enabled, a batch can span zones.", rollingPage, Documented)
	case len(p.State.Zones) > 1:
		note("Different zones are not upgraded at the same time.", automaticPage, Documented)
		note("Zones are upgraded in the order of the template.", "", Assumed)
	}
	if !p.State.Flexible {
		note("A batch stays in one update domain if instances have one; domains are upgraded in ascending order.", automaticPage, Documented)
	}
	note("In a domain, the lowest ids are upgraded first.", recordings, Recorded)
	if p.Policy.UnhealthyFirst {
		note("Unhealthy instances are upgraded first.", rollingPage, Documented)
	}
	if p.Policy.MaxSurge {
		note("With maxSurge, new instances with new ids and addresses are created and healthy before the old ones of a batch are removed; a batch without quota for them is upgraded in place.", surgePage, Documented)
		note("A new instance is shown in the domain of the one that it replaces; Azure may choose another.", "", Assumed)
	}
	switch p.Health.Source {
	case NoHealth:
		note("Without a health source, each batch waits 10 to 14 minutes.", recordings, Recorded)
	default:
		note("Each batch waits for health: at least twice interval × probes.", recordings, Recorded)
		note("Azure waits up to 5 minutes for an upgraded instance to become healthy.", automaticPage, Documented)
	}
	note(fmt.Sprintf("The upgrade stops when more than %d%% of all instances are unhealthy before it or before a batch, or more than %d%% of the upgraded ones after a batch.",
		p.Policy.MaxUnhealthyPercent, p.Policy.MaxUnhealthyUpgradedPercent), schemaPage, Documented)
	if s := p.plan.Stop; s != nil && s.Code == CodeCancelled {
		note("When an upgrade is cancelled, the running batch is finished (recorded in 2017 and 2018) or fails (recorded in 2019).", recordings, Recorded)
	}
	if p.plan.Stop != nil {
		note("A stopped upgrade does not resume; the next change of the model starts a new one.", rollingPage, Documented)
	}
}
