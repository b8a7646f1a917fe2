package lint

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/scaleset/scaleset/pkg/internal/lazy"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
	"github.com/scaleset/scaleset/pkg/syntax/jsonc"
	"github.com/scaleset/scaleset/pkg/syntax/source"
)

// directive begins a suppression, in a comment and as a key of metadata.
const directive = "scaleset:ignore"

// A suppression silences the findings of some rules within one range.
type suppression struct {
	at     source.Range // the comment, or the string in metadata
	target source.Range // what it applies to
	kind   string       // "comment" or "metadata"
	codes  []string     // codes or names, as written
	until  time.Time    // zero: forever
	reason string
	broken string // why it is not well formed; "" when it is
	used   bool
}

// Suppress marks the findings that comments and metadata of the trees silence,
// and returns them with what is to say about the suppressions: unused, expired,
// not well formed. Findings of every package can be silenced, not those of rules
// alone; call it once, with everything that a run found in the trees. Findings
// that those of a rule replace are left out.
func (r *Runner) Suppress(trees []*jsonc.Tree, found diag.List) diag.List {
	found = r.replace(found)
	names := newNamesOf(found)
	for _, tree := range trees {
		all := suppressionsOf(tree)
		if len(all) > maxSuppressions {
			found.Add(tooManySuppressions(all))
			all = all[:maxSuppressions]
		}
		for _, s := range all {
			r.apply(s, names, found)
		}
		for _, s := range all {
			if d, ok := r.judge(s); ok {
				found.Add(d)
			}
		}
		if r.options.HonorForeign || len(r.options.Packs) > 0 {
			for _, f := range foreignOf(tree) {
				if d, ok := r.applyForeign(f, names, found); ok {
					found.Add(d)
				}
			}
		}
	}
	found.Sort()
	return found
}

// replace leaves out what a rule says better at the same place.
func (r *Runner) replace(found diag.List) diag.List {
	type finding struct {
		at   source.Range
		code diag.Code
	}
	better := map[diag.Code][]diag.Code{}
	for _, rule := range r.all {
		if len(rule.Replaces) > 0 {
			better[rule.Code] = rule.Replaces
		}
	}
	var replaced map[finding]bool
	for _, d := range found {
		for _, code := range better[d.Code] {
			if replaced == nil {
				replaced = map[finding]bool{}
			}
			replaced[finding{d.Subject, code}] = true
		}
	}
	if replaced == nil {
		return found
	}
	return slices.DeleteFunc(found, func(d diag.Diagnostic) bool { return replaced[finding{d.Subject, d.Code}] })
}

// maxSuppressions is how many suppressions of one file count. Each looks at the
// findings of its rules and leads to a finding of its own when it is not used.
const maxSuppressions = 1000

func tooManySuppressions(all []*suppression) diag.Diagnostic {
	return diag.Diagnostic{
		Code: CodeSuppressionBroken, Rule: "suppression-broken", Severity: diag.Warning, Subject: all[maxSuppressions].at,
		Summary: fmt.Sprintf("this file has %d suppressions; the limit is %d, and the rest are ignored", len(all), maxSuppressions),
		Detail:  "Disable the rules in the settings file, or write a baseline.",
	}
}

// namesOf are the findings by what suppressions call them: the code and the
// name of the rule, in lower case.
type namesOf map[string][]int

func newNamesOf(found diag.List) namesOf {
	by := namesOf{}
	for i := range found {
		code, name := strings.ToLower(string(found[i].Code)), strings.ToLower(found[i].Rule)
		by[code] = append(by[code], i)
		if name != code {
			by[name] = append(by[name], i)
		}
	}
	return by
}

// apply looks only at findings that the suppression names. Findings are added
// behind those that names knows, never among them.
func (r *Runner) apply(s *suppression, names namesOf, found diag.List) {
	if s.broken == "" {
		s.broken = r.unknownCode(s.codes)
	}
	if s.broken != "" || r.expired(s) {
		return
	}
	for _, c := range s.codes {
		for _, i := range names[strings.ToLower(c)] {
			d := &found[i]
			if s.covers(d) {
				s.used = true
				if d.Suppressed == nil {
					d.Suppressed = &diag.Suppression{Kind: s.kind, Reason: s.reason, Range: s.at}
				}
			}
		}
	}
}

func (r *Runner) expired(s *suppression) bool {
	return !s.until.IsZero() && !r.options.Today.IsZero() && r.options.Today.After(s.until.AddDate(0, 0, 1))
}

// unknownCode returns the first code that does not exist.
func (r *Runner) unknownCode(codes []string) string {
	for _, c := range codes {
		if r.ruleNamed(c) != nil || r.isOther(c) || r.isAbsent(c) {
			continue
		}
		if near := nearestRule(c, r.all); near != "" {
			return fmt.Sprintf("no rule is called %q; did you mean %s?", c, near)
		}
		return fmt.Sprintf("no rule is called %q", c)
	}
	return ""
}

// isOther reports whether a code or a name is that of findings of no rule. Those
// with a 9 behind the family are of other commands, which see a change.
func (r *Runner) isOther(c string) bool {
	if r.options.Others == nil || isCode(c) && c[3] == '9' {
		return isCode(c)
	}
	return slices.ContainsFunc(r.options.Others(), func(o string) bool { return strings.EqualFold(o, c) })
}

// isAbsent reports whether a code may be that of a rule of the project, in a run
// that has none of these: it ignores the settings, or takes others. Two letters and
// four digits are more likely a misspelled code of ours.
func (r *Runner) isAbsent(c string) bool {
	return customCode.Get().MatchString(c) && !strings.HasPrefix(c, "SS") && !likeOurs.Get().MatchString(c) && !slices.ContainsFunc(r.all, func(rule *Rule) bool { return rule.Origin != "" })
}

var (
	customCode = lazy.Regexp{Text: `^[A-Z]{2,10}[0-9]{1,5}$`}
	likeOurs   = lazy.Regexp{Text: `^[A-Z]{2}[0-9]{4}$`}
)

func isCode(s string) bool {
	return len(s) == 6 && strings.EqualFold(s[:2], "SS") && strings.Trim(s[2:], "0123456789") == ""
}

// covers reports whether the finding is about what the suppression applies to:
// its value, or a place that the value came through.
func (s *suppression) covers(d *diag.Diagnostic) bool {
	if s.target.Contains(d.Subject) || !d.Context.IsZero() && s.target.Contains(d.Context) {
		return true
	}
	return slices.ContainsFunc(d.Trail, func(step diag.Step) bool {
		return !step.Place.IsZero() && s.target.Contains(step.Place)
	})
}

// judge returns the finding about the suppression itself.
func (r *Runner) judge(s *suppression) (diag.Diagnostic, bool) {
	d := diag.Diagnostic{Severity: diag.Warning, Subject: s.at}
	switch {
	case s.broken != "":
		d.Code, d.Rule = CodeSuppressionBroken, "suppression-broken"
		d.Summary = "this suppression is ignored: " + s.broken
		d.Detail = "Write " + directive + " CODE[,CODE] [until=YYYY-MM-DD] and the reason."
	case r.expired(s):
		d.Code, d.Rule = CodeSuppressionExpired, "suppression-expired"
		d.Summary = fmt.Sprintf("this suppression of %s expired on %s", strings.Join(s.codes, ", "), s.until.Format(time.DateOnly))
		d.Detail = "Fix what it suppressed, or give it a later date."
	case !s.used && r.allRan(s.codes):
		d.Code, d.Rule = CodeSuppressionUnused, "suppression-unused"
		d.Summary = fmt.Sprintf("this suppression of %s matches no finding", strings.Join(s.codes, ", "))
		d.Detail = "Remove it: the finding that it suppressed is gone."
		if s.kind == "comment" {
			d.Fixes = []diag.Fix{{Message: "Remove the comment", Edits: []diag.Edit{{Range: s.at}}}}
		}
	default:
		return d, false
	}
	return d, true
}

// allRan reports whether none of the codes belongs to a rule that is off, or that
// the run does not have.
func (r *Runner) allRan(codes []string) bool {
	return !slices.ContainsFunc(codes, func(c string) bool {
		rule := r.ruleNamed(c)
		return rule == nil && r.isAbsent(c) || rule != nil && !slices.Contains(r.rules, rule)
	})
}
