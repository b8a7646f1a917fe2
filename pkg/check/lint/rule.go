package lint

import (
	"github.com/scaleset/scaleset/pkg/azure/guidance"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

// A Rule checks one thing. It is a value without state, safe for use by many
// goroutines.
type Rule struct {
	Code diag.Code
	Name string // lower-case words with hyphens, such as "capacity-limit"
	// Since is the first version of the tool that has the rule.
	Since string
	// Severity is the usual one.
	Severity diag.Severity
	// Also are the other severities that its findings can have, and when.
	Also []diag.Level
	// Page is the text of the page, see [ParsePage]; nil if there is none. A pointer
	// lets the compiler lay out the rules, so that the program starts without.
	Page *string
	// Guidance are the statements that the rule checks, the most specific
	// first: a finding that cites nothing gets the first that holds.
	Guidance []guidance.ID
	// Origin is where a project declares the rule, such as ".scaleset.yaml:12"; ""
	// for a rule of ours.
	Origin string
	// Link is where the rule is founded when no statement is.
	Link string
	// Replaces are codes of other packages, such as the schema's, whose findings
	// at the same place say less than those of this rule: they are dropped.
	Replaces []diag.Code
	// OffByDefault rules run only when they are enabled.
	OffByDefault bool
	// Peers are the ids of the checks of other tools that look at the same, as those
	// tools write them: "AZR-000261", "CKV_AZURE_97". Package packs knows which tool
	// each belongs to.
	Peers []string
	// Options lists the options that a project can set for the rule.
	Options []Option

	// Run checks one template. RunAll checks all templates of a run together.
	// One of them is set, or both.
	Run    func(*Pass)
	RunAll func(*RunPass)
	// Sum returns what RunAll needs from one template, as [Pass.Sum]. It holds numbers,
	// texts and spots, and no part of the template, which is released where only
	// findings are requested: then RunAll sees only the sums.
	Sum func(*Pass) any
}

// Doc returns the text of the page.
func (r *Rule) Doc() string {
	if r.Page == nil {
		return ""
	}
	return *r.Page
}

// The findings that this package makes itself.
const (
	CodeRuleFailed         diag.Code = "SS0002"
	CodeSuppressionUnused  diag.Code = "SS0010"
	CodeSuppressionExpired diag.Code = "SS0011"
	CodeSuppressionBroken  diag.Code = "SS0012"
	CodeSuppressionForeign diag.Code = "SS0013"
)
