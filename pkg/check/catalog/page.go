package catalog

import (
	"fmt"
	"strings"

	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

// Text is the page, or what there is to say without one: Markdown.
func (e Entry) Text() string {
	page := ""
	if e.page != nil {
		page = strings.TrimRight(e.page(), "\n")
	}
	switch {
	case page == "":
		return fmt.Sprintf("# %s %s\n\n%s.\n\nSeverity: %s. %s\n", e.Code, e.Name, e.Summary, e.levels(), e.family())
	case e.Rule: // its page has a table about the rule
		return page + "\n"
	}
	return page + "\n\n## Severity\n\n" + sentence(e.levels()) + ".\n"
}

// levels are the severities, and when findings have them.
func (e Entry) levels() string { return lint.LevelsText(e.Severities) }

func sentence(s string) string { return strings.ToUpper(s[:1]) + s[1:] }

// family returns what the codes with the same first digits have in common.
func (e Entry) family() string {
	switch {
	case strings.HasPrefix(string(e.Code), "SS00"):
		return "It concerns the run of the tool, not a resource."
	case strings.HasPrefix(string(e.Code), "SS49"), strings.HasPrefix(string(e.Code), "SS79"):
		return "It concerns a change that is planned, so previews report it and lint does not."
	case strings.HasPrefix(string(e.Code), "SS10") && e.Severity == diag.Error:
		return "The template language rejects it, so nothing of the value can be deployed."
	case e.Severity == diag.Error:
		return "Azure Resource Manager rejects such a template before it calls a resource provider."
	}
	return "Azure Resource Manager accepts it; other tools may not."
}
