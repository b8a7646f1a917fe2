package network

import (
	_ "embed"
	"strconv"
	"strings"

	"github.com/scaleset/scaleset/pkg/azure/guidance"
	"github.com/scaleset/scaleset/pkg/azure/vmss"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

//go:embed ss6061_security_rule_priority.md
var securityRulePriorityPage string

// securityRulePriority reports security rules whose priority is out of range, or taken by
// another rule of the same direction.
var securityRulePriority = &lint.Rule{
	Code: "SS6061", Name: "security-rule-priority", Severity: diag.Error, Since: "0.1", Page: &securityRulePriorityPage,
	Guidance: []guidance.ID{guidance.SecurityRulePriority},
	Run:      checkSecurityRulePriority,
}

func checkSecurityRulePriority(p *lint.Pass) {
	for _, g := range p.Deployment.SecurityGroups {
		first := map[string]vmss.SecurityRule{} // by direction and priority
		for _, r := range g.Rules.Items {
			n, ok := r.Priority.Known()
			direction, known := r.Direction.Known()
			if !ok {
				continue
			}
			if most := guidance.Get(guidance.SecurityRulePriority).Limit; n < leastPriority || n > most {
				p.Reportf(r.Priority, "the priority of %[2]s is %[1]d; the range is %[3]d to %[4]d", n, named("rule", r.Name), leastPriority, most).
					Detailf("Use a number from %d to %d; lower numbers are evaluated first.", leastPriority, most)
			}
			key := strings.ToLower(direction) + strconv.Itoa(n)
			other, taken := first[key]
			if !taken {
				first[key] = r
			}
			if taken && known && certain(g.Resource) && !sameName(other.Name, r.Name) {
				p.Reportf(r.Priority, "%[2]s and %[3]s both have priority %[1]d", n, named("rule", r.Name), named("rule", other.Name)).
					Relatedf(other.Priority, "the other rule").
					Detailf("Give each %s rule of %s a priority of its own.", strings.ToLower(direction), nameOf(g.Resource.Name))
			}
		}
	}
}

// leastPriority is the lowest priority that a rule may have.
const leastPriority = 100

// sameName reports whether two rules are, or may be, one that is written twice:
// in its group and as a resource.
func sameName(a, b vmss.Field[string]) bool {
	one, ok := a.Known()
	other, known := b.Known()
	return !ok || !known || strings.EqualFold(lastSegment(one), lastSegment(other))
}
