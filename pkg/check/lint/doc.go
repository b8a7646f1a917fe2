// Package lint runs rules over templates.
//
// # How to write a rule
//
// CONTRIBUTING.md has the steps; go run ./pkg/check/rules/new writes the files.
// A rule is one file, its page and its templates beside it:
//
//	pkg/check/rules/capacity/
//	  capacity.go                    // func Rules() []*lint.Rule, in code order
//	  ss4001_capacity_limit.go       // var capacityLimit = &lint.Rule{...} and its Run
//	  ss4001_capacity_limit.md       // the page: it is executed, and printed by explain
//	  capacity_test.go               // func TestRules(t *testing.T) { ruletest.Run(t, Rules()) }
//	  testdata/ss4001/{good,bad}_*.json
//
// Every rule follows these principles:
//
//   - A value is absent, known or unknown. [vmss.Field.Known] is the only way
//     to it; nothing is said about a value that is unknown. A default of the
//     service comes through [vmss.Field.Or] or a method of [vmss.ScaleSet].
//   - What a partial template (SKU and capacity alone) does not carry is not
//     absent. [Pass.ScaleSets] has whole sets only; rules about capacity that
//     need no profile use [Pass.AllScaleSets].
//   - Error is for what the service of that API version rejects; unwise is a
//     Warning; a hint is Info. One rule may use several: [Finding.Severity].
//   - The era of a set is set.Era: by its API version, or what the user asked
//     for. [ScaleSet.Limit] and [ScaleSet.Says] pick the statement that holds.
//   - The message is one line without a full stop, with the offending value and
//     the limit. What to do goes to [Finding.Detailf]. Never put the text of a
//     password or another secret there.
//   - Point at the value to change: [Pass.Reportf] takes a field, a list, a
//     reference, a set or a node, and fills in place, pointer, resource, trail,
//     era, source and link. An absent field points at what should hold it.
//   - One case a rule; never repeat another rule; as little configuration as
//     possible: an [Option] is for a threshold or for exceptions about which
//     projects really differ, never for a limit of Azure. The rule reads
//     it by [Pass.Number], [Pass.Numbers], [Pass.Texts] or [Pass.Lists]. Where the schema says less about the same value, [Rule.Replaces]
//     drops its finding. References that lead out of the template are silent
//     ([vmss.Ref]: only Dangling is certain).
//   - Rules are run by many goroutines at once: no state.
//   - A mechanical fix is attached by [Finding.Fix], several edits that do not
//     overlap; [Finding.Choice] for one that only the author can choose.
//   - Rules that see all templates of a run (quotas, totals) set RunAll, and go
//     by [RunPass.Files], since a template comes once for each parameter file.
//     They set Sum too, and look at the sums alone: the templates are released.
//
// # Codes
//
//	SS0001-SS0009  the tool: unreadable file, failed rule, limits reached
//	SS0010-SS0012  suppressions: unused, expired, not well formed
//	SS10xx         expressions: syntax and evaluation
//	SS20xx         JSON text and structure of templates
//	SS21xx-SS29xx  advice on the language: unused, secrets, locations
//	SS30xx         schema, and from SS3020 envelopes of resources
//	SS31xx         names
//	SS32xx         references between resources
//	SS40xx         capacity, quota and autoscale (autoscale from SS4050)
//	SS41xx         profile: names, credentials, images, priority
//	SS42xx         extensions
//	SS43xx         sizes of machines
//	SS50xx         storage accounts, images and disks
//	SS60xx         network
//	SS70xx         availability, upgrades, health (upgrades from SS7050)
//	SS80xx         requirements of properties, a table (package requirements)
//	SS81xx         advice on properties, in the same table; off, for packs
//
// The rules of a project have codes of its own, which do not begin with SS
// (package custom).
//
// A code is never used for another rule again.
//
// # Suppressions
//
// A comment suppresses findings about the member or element that it is
// behind, or that follows it:
//
//	"capacity": 120 // scaleset:ignore SS4001 staged rollout, see ticket 12
//	// scaleset:ignore SS4001,SS5001 until=2027-01-31 moved in January
//
// In strict JSON the same text is in the metadata of the template, a
// resource, a parameter, as a string or an array of strings:
//
//	"metadata": { "scaleset:ignore": "SS4001 staged rollout" }
//
// The reason is required. One that silences nothing, is past its date or is
// not well formed is a finding itself.
package lint
