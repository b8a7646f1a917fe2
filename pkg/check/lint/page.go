package lint

import (
	"fmt"
	"strings"

	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

// A Page is the documentation of a rule, in Markdown:
//
//	# SS4001 capacity-limit
//
//	One sentence.
//
//	## Bad
//	(a template, in a ```json block)
//	## Output
//	(exactly what lint says about it, in a ```text block)
//	## Good
//	(a template about which lint says nothing)
//	## Why
//	(the statements, and where they are made)
//	## How to fix
//
// A block that is an object with "type" is one resource, an array is a list of
// resources; both mean a template that has only these.
type Page struct {
	Title    string // "SS4001 capacity-limit"
	Sentence string
	Bad      string // the template
	Output   string
	Good     string
	Why      string // Markdown
	Fix      string // Markdown
}

// pageSections are the headings, in order.
var pageSections = [...]string{"Bad", "Output", "Good", "Why", "How to fix"}

// ParsePage reads a page; the error names what is missing.
func ParsePage(text string) (Page, error) {
	head, rest, _ := strings.Cut(text, "\n## ")
	title, sentence, _ := strings.Cut(strings.TrimSpace(head), "\n")
	p := Page{Title: strings.TrimSpace(strings.TrimPrefix(title, "#")), Sentence: strings.TrimSpace(sentence)}
	if !strings.HasPrefix(title, "# ") {
		return p, fmt.Errorf("the page does not begin with a title")
	}
	if p.Sentence == "" || strings.Contains(p.Sentence, "\n\n") {
		return p, fmt.Errorf("after the title comes one sentence")
	}
	sections := strings.Split(rest, "\n## ")
	for i, name := range pageSections {
		if i >= len(sections) || !strings.HasPrefix(sections[i], name+"\n") {
			return p, fmt.Errorf("section %d of the page is %q", i+1, name)
		}
		body := strings.TrimSpace(strings.TrimPrefix(sections[i], name+"\n"))
		if body == "" {
			return p, fmt.Errorf("section %q of the page is empty", name)
		}
		sections[i] = body
	}
	if len(sections) > len(pageSections) {
		return p, fmt.Errorf("the page has a section too many: %q", firstLine(sections[len(pageSections)]))
	}
	p.Bad, p.Output, p.Good = block(sections[0]), block(sections[1]), block(sections[2])
	p.Why, p.Fix = sections[3], sections[4]
	if p.Bad == "" || p.Good == "" {
		return p, fmt.Errorf("the sections Bad and Good hold one fenced block each")
	}
	return p, nil
}

func firstLine(s string) string {
	line, _, _ := strings.Cut(s, "\n")
	return line
}

// block returns the text of the only fenced block of a section.
func block(section string) string {
	_, rest, ok := strings.Cut(section, "```")
	if !ok {
		return ""
	}
	_, rest, _ = strings.Cut(rest, "\n")
	body, _, ok := strings.Cut(rest, "```")
	if !ok {
		return ""
	}
	return body
}

// ReplaceOutput returns the page with another Output.
func ReplaceOutput(page, output string) string {
	before, rest, ok := strings.Cut(page, "\n## Output\n")
	if !ok {
		return page
	}
	_, after, _ := strings.Cut(rest, "\n## Good\n")
	return before + "\n## Output\n\n```text\n" + output + "```\n\n## Good\n" + after
}

// pagePrefix makes a template of resources, on the first line, so that the
// lines of the page stay what they are.
const pagePrefix = `{"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#", "contentVersion": "1.0.0.0", "resources": `

// PageTemplate returns the whole template for a block of a page.
func PageTemplate(block string) string {
	text := strings.TrimSpace(block)
	switch {
	case strings.Contains(text, `"$schema"`):
		return text + "\n"
	case strings.HasPrefix(text, "["):
		return pagePrefix + text + "}\n"
	}
	return pagePrefix + "[" + text + "]}\n"
}

// AboutSection returns the section of the page of a rule that its value gives, in
// Markdown.
func (r *Rule) AboutSection() string {
	state := "on"
	if r.OffByDefault {
		state = "off"
	}
	if r.Origin != "" {
		return fmt.Sprintf("## About this rule\n\n| severity | default | declared at |\n| --- | --- | --- |\n| %s | %s | %s |\n", LevelsText(diag.Levels(r.Severity, r.Also)), state, r.Origin)
	}
	return fmt.Sprintf("## About this rule\n\n| severity | default | since |\n| --- | --- | --- |\n| %s | %s | %s |\n", LevelsText(diag.Levels(r.Severity, r.Also)), state, r.Since)
}

// LevelsText returns the text of a page about the severities of a rule or another kind of
// finding: "error; warning when the capacity is not known", or "error when the
// capacity is known; otherwise warning".
func LevelsText(levels []diag.Level) string {
	var parts []string
	usual := ""
	for i, l := range levels {
		switch text := l.Severity.String(); {
		case l.When == "" && i > 0:
			usual = "otherwise " + text
		case l.When == "":
			parts = append(parts, text)
		case i > 0 && levels[i-1].Severity == l.Severity && levels[i-1].When != "":
			parts[len(parts)-1] += ", or when " + l.When
		default:
			parts = append(parts, text+" when "+l.When)
		}
	}
	if usual != "" {
		parts = append(parts, usual)
	}
	return strings.Join(parts, "; ")
}
