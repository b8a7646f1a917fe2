package whatif

import (
	"fmt"
	"strings"

	"github.com/scaleset/scaleset/pkg/diag"
	"github.com/scaleset/scaleset/pkg/guidance"
	"github.com/tidwall/gjson"
)

// AddQuota adds the limits of a saved az vm list-usage (or of the REST answer,
// or of the classic command line). The instances that the set has now, from,
// are taken to be in it. Cores are compared only when cores, of one instance,
// is above 0 (see [CoresOf]).
func (s *Source) AddQuota(name string, usages []byte, from, cores int, family string) error {
	root, err := parseSaved(name, usages)
	const hint = "save the output of: az vm list-usage -l LOCATION -o json"
	if err != nil {
		return &Mistake{strings.ReplaceAll(err.Error(), listHint, hint)}
	}
	if !root.IsArray() {
		root = member(root, "value")
	}
	read := 0
	root.ForEach(func(_, row gjson.Result) bool {
		what := member(member(row, "name"), "value").String()
		limit, ok1 := number(member(row, "limit"))
		used, ok2 := number(member(row, "currentValue"))
		if !ok1 || !ok2 || what == "" {
			return true
		}
		read++
		each := 0
		switch {
		case strings.EqualFold(what, "virtualMachines"):
			each = 1
		case strings.EqualFold(what, "cores"), family != "" && strings.EqualFold(what, family):
			each = cores
		}
		if each > 0 {
			s.Limits = append(s.Limits, quotaLimit(what, limit, used, from, each))
		}
		return true
	})
	if read == 0 {
		return mistakef("%s lists no usage; %s", name, hint)
	}
	return nil
}

func quotaLimit(what string, limit, used, from, each int) Limit {
	l := Limit{
		Name: "quota-" + what, Max: from + max(0, limit-used)/each, Severity: diag.Error, Code: CodeQuota, Rule: "simulate-quota", About: what,
		Remedy: "Ask support for a higher quota, or scale less.", Says: guidance.Get(guidance.CoreQuota),
	}
	l.Reason = fmt.Sprintf("what the quota of %d %s leaves with %d in use", limit, what, used)
	if each > 1 {
		l.Reason += fmt.Sprintf(" and %d for each instance", each)
	}
	return l
}

// CoresOf finds a size in a saved az vm list-skus: its cores and the name of
// its family in a list of usages. cores is 0 when the size is not there.
func CoresOf(name string, skus []byte, size string) (cores int, family string, err error) {
	root, err := parseSaved(name, skus)
	const hint = "save the output of: az vm list-skus -l LOCATION -o json"
	if err != nil {
		return 0, "", &Mistake{strings.ReplaceAll(err.Error(), listHint, hint)}
	}
	if !root.IsArray() {
		root = member(root, "value")
	}
	if !root.IsArray() {
		return 0, "", mistakef("%s lists no sizes; %s", name, hint)
	}
	root.ForEach(func(_, row gjson.Result) bool {
		if size == "" || !strings.EqualFold(member(row, "name").String(), size) {
			return true
		}
		family = member(row, "family").String()
		member(row, "capabilities").ForEach(func(_, c gjson.Result) bool {
			if strings.EqualFold(member(c, "name").String(), "vCPUs") {
				cores, _ = number(member(c, "value"))
			}
			return true
		})
		return cores == 0
	})
	return cores, family, nil
}
