package lint

import (
	"errors"
	"fmt"
	"strings"

	"github.com/scaleset/scaleset/pkg/azure/guidance"
	"github.com/scaleset/scaleset/pkg/internal/lazy"
)

var (
	ruleName   = lazy.Regexp{Text: `^[a-z0-9]+(-[a-z0-9]+)+$`}
	optionName = lazy.Regexp{Text: `^[a-z]+(-[a-z]+)*$`}
)

// Validate reports everything that is wrong with a list of rules as a list:
// codes and names that are not unique or not in order, pages that are not
// complete, statements that do not exist. Tests call it.
func Validate(rules []*Rule) error {
	var errs []error
	seen := map[string]bool{}
	last := ""
	for _, r := range rules {
		for _, name := range []string{string(r.Code), r.Name} {
			if seen[name] {
				errs = append(errs, fmt.Errorf("%s %s: %q is used twice", r.Code, r.Name, name))
			}
			seen[name] = true
		}
		if string(r.Code) <= last {
			errs = append(errs, fmt.Errorf("%s %s: not in the order of codes", r.Code, r.Name))
		}
		last = string(r.Code)
		for _, err := range r.problems() {
			errs = append(errs, fmt.Errorf("%s %s: %w", r.Code, r.Name, err))
		}
	}
	return errors.Join(errs...)
}

func (r *Rule) problems() []error {
	var errs []error
	add := func(wrong bool, format string, args ...any) {
		if wrong {
			errs = append(errs, fmt.Errorf(format, args...))
		}
	}
	add(!isCode(string(r.Code)), "a code is SS and four digits")
	add(!ruleName.Get().MatchString(r.Name), "a name is lower-case words with hyphens")
	add(r.Since == "", "Since is empty")
	add(r.Run == nil && r.RunAll == nil, "it has neither Run nor RunAll")
	add(len(r.Guidance) == 0 && !strings.HasPrefix(r.Link, "https://"), "it names neither a statement of the guidance nor a link")
	for _, id := range r.Guidance {
		_, ok := guidance.Find(id)
		add(!ok, "the guidance has no statement %q", id)
	}
	names := map[string]bool{}
	for _, o := range r.Options {
		add(names[o.Name], "option %q is declared twice", o.Name)
		names[o.Name] = true
		for _, problem := range o.problems() {
			add(true, "option %q: %s", o.Name, problem)
		}
	}
	page, err := ParsePage(r.Doc())
	add(err != nil, "page: %w", err)
	add(err == nil && page.Title != string(r.Code)+" "+r.Name, "the title of the page is %q", page.Title)
	return errs
}
