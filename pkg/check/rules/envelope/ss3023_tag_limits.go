package envelope

import (
	_ "embed"
	"strings"
	"unicode/utf8"

	"github.com/scaleset/scaleset/pkg/arm/expand"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

//go:embed ss3023_tag_limits.md
var tagLimitsPage string

// tagLimits reports too many tags, and names and values that are too long or
// have characters that are not allowed.
var tagLimits = &lint.Rule{
	Code: "SS3023", Name: "tag-limits", Severity: diag.Error, Since: "0.2", Page: &tagLimitsPage,
	Also: []diag.Level{{Severity: diag.Warning, When: "the name of a tag has a character or a prefix that is documented as not allowed"}},
	Link: "https://learn.microsoft.com/azure/azure-resource-manager/management/tag-resources#limitations",
	Run:  checkTagLimits,
}

// The documented limits. https://learn.microsoft.com/azure/azure-resource-manager/management/tag-resources#limitations
const (
	maxTags             = 50
	maxTagName          = 512
	maxTagNameOfAccount = 128 // of storage accounts
	maxTagValue         = 256
	rejectedInTagNames  = `<>%&\?/`
)

func checkTagLimits(p *lint.Pass) {
	seen := once{}
	for _, r := range p.Deployment.Expanded.Resources {
		tags := r.Body.Get("tags")
		if tags == nil {
			continue
		}
		if len(tags.Members) > maxTags && seen.first(tags) {
			p.Reportf(tags, "the resource has %d tags; the limit is %d", len(tags.Members), maxTags).
				Detailf("Remove some tags, or combine several values in one tag as JSON.")
		}
		for _, m := range tags.Members {
			if m.Node != nil {
				checkTag(p, r, m, seen)
			}
		}
	}
}

func checkTag(p *lint.Pass, r *expand.Resource, m expand.Member, seen once) {
	limit := maxTagName
	if is(r.Type, "Microsoft.Storage/storageAccounts") {
		limit = maxTagNameOfAccount
	}
	value, _ := m.Node.Text()
	n, size := utf8.RuneCountInString(m.Name), utf8.RuneCountInString(value)
	prefix := keptPrefix(m.Name)
	switch {
	case strings.HasPrefix(m.Name, "[") || n <= limit && size <= maxTagValue && !rejected(m.Name) && prefix == "" || !seen.first(m.Node):
	case n > limit:
		p.Reportf(m.Node, "the name of tag %s has %d characters; the limit is %d", quote(m.Name), n, limit).Detailf("Shorten the name.")
	case size > maxTagValue:
		p.Reportf(m.Node, "the value of tag %s has %d characters; the limit is %d", quote(m.Name), size, maxTagValue).Detailf("Shorten the value.")
	case prefix != "":
		p.Reportf(m.Node, "the name of tag %s begins with %s", quote(m.Name), prefix).Severity(diag.Warning).
			Detailf("Choose another name: Azure reserves names that begin with microsoft, azure or windows.")
	default:
		// hidden-link:/subscriptions/... and its like deploy every day.
		p.Reportf(m.Node, "the name of tag %s has a character that is documented as not allowed", quote(m.Name)).Severity(diag.Warning).
			Detailf("Remove the character: tag names cannot contain %s.", strings.Join(strings.Split(rejectedInTagNames, ""), " "))
	}
}

func rejected(name string) bool {
	return strings.ContainsAny(name, rejectedInTagNames) && !strings.HasPrefix(strings.ToLower(name), "hidden-")
}

// keptPrefix is the beginning of a name that is documented as reserved. Names
// with more letters behind it, such as azureadmin, are not meant.
// https://learn.microsoft.com/azure/azure-resource-manager/management/tag-resources#limitations
func keptPrefix(name string) string {
	lower := strings.ToLower(name)
	for _, prefix := range [...]string{"microsoft", "azure", "windows"} {
		if rest, ok := strings.CutPrefix(lower, prefix); ok && rest != "" && strings.ContainsRune("-_.:", rune(rest[0])) {
			return prefix
		}
	}
	return ""
}
