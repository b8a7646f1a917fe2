package lint

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/scaleset/scaleset/pkg/internal/lazy"
	"github.com/scaleset/scaleset/pkg/internal/nearest"
)

// An Option is what a project may decide about a rule apart from whether it
// runs: a threshold that is a matter of judgement, or exceptions. Limits of the
// service are not options.
type Option struct {
	Name string // lower-case words with hyphens, such as "months"
	Kind OptionKind
	// Default is an int for a Number, a []int for Numbers, a []string for Texts.
	Default any
	// Least and Most bound a Number and each of Numbers.
	Least, Most int
	Doc         string // one sentence without a full stop, with the unit
}

// An OptionKind is the form of the value of an option.
type OptionKind int

// The kinds.
const (
	Number  OptionKind = iota // a whole number
	Numbers                   // a list of whole numbers
	Texts                     // a list of texts
)

// String returns the kind of value, with an article.
func (k OptionKind) String() string {
	switch k {
	case Number:
		return "a whole number"
	case Numbers:
		return "a list of whole numbers"
	}
	return "a list of strings"
}

// maxItems bounds a list: rules go through it for each value.
const maxItems = 1000

// Read turns a value as YAML or JSON has it (an int, a string, an []any) into
// one of the option. A list of one needs no brackets. The error is
// for the author of the value.
func (o Option) Read(v any) (any, error) {
	if o.Kind == Number {
		n, err := o.number(v)
		return n, err
	}
	items, ok := v.([]any)
	if !ok {
		items = []any{v}
	}
	if len(items) > maxItems {
		return nil, fmt.Errorf("%s has %d items; the limit is %d", o.Name, len(items), maxItems)
	}
	if o.Kind == Numbers {
		list := make([]int, len(items))
		for i, item := range items {
			n, err := o.number(item)
			if err != nil {
				return nil, err
			}
			list[i] = n
		}
		return list, nil
	}
	list := make([]string, len(items))
	for i, item := range items {
		text, ok := item.(string)
		if !ok || strings.TrimSpace(text) == "" {
			return nil, fmt.Errorf("%s must be %s, not %s", o.Name, o.Kind, written(item))
		}
		list[i] = text
	}
	return list, nil
}

func (o Option) number(v any) (int, error) {
	if n, ok := v.(int); ok && o.Least <= n && n <= o.Most {
		return n, nil
	}
	return 0, fmt.Errorf("%s must be %s from %d to %d, not %s", o.Name, o.Kind, o.Least, o.Most, written(v))
}

// written is a value as a message shows it.
func written(v any) string {
	switch v := v.(type) {
	case string:
		return strconv.Quote(v)
	case nil:
		return "nothing"
	case []any:
		return "a list"
	case map[string]any:
		return "a mapping"
	}
	return fmt.Sprint(v)
}

// JSONSchema describes a value of the option.
func (o Option) JSONSchema() map[string]any {
	number := map[string]any{"type": "integer", "minimum": o.Least, "maximum": o.Most}
	list := func(item map[string]any) map[string]any {
		return map[string]any{"anyOf": []any{item, map[string]any{"type": "array", "items": item, "maxItems": maxItems}}}
	}
	s := number
	switch o.Kind {
	case Numbers:
		s = list(number)
	case Texts:
		s = list(map[string]any{"type": "string", "pattern": `\S`})
	}
	s["description"], s["default"] = o.Doc+".", o.Default
	return s
}

// problems returns what is wrong with the declaration.
func (o Option) problems() (all []string) {
	if !optionName.Get().MatchString(o.Name) {
		all = append(all, "its name must be lower-case words with hyphens")
	}
	if o.Doc == "" || strings.HasSuffix(o.Doc, ".") {
		all = append(all, "its Doc must be one sentence without a full stop")
	}
	if o.Kind != Texts && o.Least >= o.Most {
		all = append(all, "it has no bounds")
	}
	if err := o.fits(o.Default); err != nil {
		all = append(all, "its default: "+err.Error())
	}
	return all
}

// fits checks a value that has the form of the option already.
func (o Option) fits(v any) error {
	switch v := v.(type) {
	case int:
		if o.Kind == Number {
			_, err := o.number(v)
			return err
		}
	case []int:
		if o.Kind == Numbers {
			for _, n := range v {
				if _, err := o.number(n); err != nil {
					return err
				}
			}
			return nil
		}
	case []string:
		if o.Kind == Texts {
			return nil
		}
	}
	return fmt.Errorf("%s must be %s, not of the type %T", o.Name, o.Kind, v)
}

// Option is the option of the rule with the name. The error names the nearest.
func (r *Rule) Option(name string) (Option, error) {
	i := slices.IndexFunc(r.Options, func(o Option) bool { return o.Name == name })
	if i >= 0 {
		return r.Options[i], nil
	}
	if len(r.Options) == 0 {
		return Option{}, fmt.Errorf("%s %s has no options", r.Code, r.Name)
	}
	var names []string
	for _, o := range r.Options {
		names = append(names, o.Name)
	}
	if best := nearest.Name(name, names); best != "" {
		return Option{}, fmt.Errorf("%s %s has no option %q; did you mean %q?", r.Code, r.Name, name, best)
	}
	return Option{}, fmt.Errorf("%s %s has no option %q, only %s", r.Code, r.Name, name, strings.Join(names, ", "))
}

// optionOf is the value of an option of a rule: an int, a []int or a []string.
// An option that the rule does not have is a defect of the caller.
func (o Options) optionOf(r *Rule, name string) any {
	option, err := r.Option(name)
	if err != nil {
		panic(err)
	}
	if v, ok := o.Values[r.Code][name]; ok {
		return v
	}
	return option.Default
}

// Number is the value of an option of the rule at work; so are Numbers and Texts.
func (p *Pass) Number(option string) int { return p.Options.optionOf(p.Rule, option).(int) }

// Numbers is the value of an option that is a list of numbers.
func (p *Pass) Numbers(option string) []int { return p.Options.optionOf(p.Rule, option).([]int) }

// Texts is the value of an option that is a list of texts.
func (p *Pass) Texts(option string) []string { return p.Options.optionOf(p.Rule, option).([]string) }

// Lists reports whether an option that is a list of texts has the text, in
// whatever case: names in templates have none.
func (p *Pass) Lists(option, text string) bool {
	return slices.ContainsFunc(p.Texts(option), func(s string) bool { return strings.EqualFold(s, text) })
}

// OptionsSection is the section about the options of a rule for its page, in
// Markdown, with the lines of the settings that give each its default; "" for
// a rule without options.
func (r *Rule) OptionsSection() string {
	if len(r.Options) == 0 {
		return ""
	}
	var table, settings strings.Builder
	for _, o := range r.Options {
		fmt.Fprintf(&table, "| `%s` | %s | %s | %s. |\n", o.Name, o.form(), OptionText(o.Default), o.Doc)
		fmt.Fprintf(&settings, "      %s: %s\n", o.Name, OptionText(o.Default))
	}
	return "## Options\n\n| option | value | default | what it says |\n| --- | --- | --- | --- |\n" + table.String() +
		"\nIn `.scaleset.yaml`, with the defaults:\n\n```yaml\nrules:\n  " + string(r.Code) + ":\n    options:\n" + settings.String() + "```\n"
}

// form returns which values are allowed.
func (o Option) form() string {
	form := strings.TrimPrefix(o.Kind.String(), "a ")
	if o.Kind != Texts {
		form += fmt.Sprintf(" from %d to %d", o.Least, o.Most)
	}
	return form
}

// OptionText is the value of an option as YAML on one line.
func OptionText(v any) string {
	switch v := v.(type) {
	case []int:
		items := make([]string, len(v))
		for i, n := range v {
			items[i] = strconv.Itoa(n)
		}
		return "[" + strings.Join(items, ", ") + "]"
	case []string:
		items := make([]string, len(v))
		for i, s := range v {
			items[i] = s
			if !plainText.Get().MatchString(s) || yamlWord.Get().MatchString(s) {
				items[i] = strconv.Quote(s)
			}
		}
		return "[" + strings.Join(items, ", ") + "]"
	}
	return fmt.Sprint(v)
}

// plainText is what YAML reads as a string without quotes, wherever it is,
// apart from the words that yamlWord matches.
var (
	plainText = lazy.Regexp{Text: `^[A-Za-z][A-Za-z0-9._/-]*$`}
	yamlWord  = lazy.Regexp{Text: `(?i)^(null|true|false|yes|no|on|off|y|n)$`}
)
