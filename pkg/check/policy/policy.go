// Package policy decides how the templates of a project are checked: which rules
// run on which template, how severe their findings are, what is suppressed, and
// with which parameters a template is evaluated. It reads the settings of the
// project and applies them to a configuration of the engine; what the caller
// gives itself counts more.
//
//	p, err := policy.Load(dir, "")
//	if err != nil {
//		return err // for the author of the settings
//	}
//	config := engine.Config{Files: engine.Folder(dir), Rules: rules.All()}
//	p.Apply(&config, ".")
package policy

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"github.com/scaleset/scaleset/pkg/azure/guidance"
	"github.com/scaleset/scaleset/pkg/check/engine"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/check/rules"
	"github.com/scaleset/scaleset/pkg/check/settings"
)

// A Policy is the settings of a project, and what a caller gives in their place.
// The zero Policy has no settings and changes nothing.
type Policy struct {
	Settings *settings.Settings // nil: there are none
	// Dir is the absolute working folder, to which the paths of templates are
	// relative.
	Dir string
	// Overridden reports whether the caller has given the value of a key of the
	// settings itself; nil: it has given none.
	Overridden func(key string) bool
	// Custom are the rules of the project, in the order of their codes.
	Custom []*lint.Rule
}

// rules returns ours and those of the project.
func (p Policy) rules() []*lint.Rule { return append(rules.All(), p.Custom...) }

// Load reads the settings in the file at an absolute path, or, when it is "",
// those found from the absolute folder dir upwards; there may be none. An error
// of the type [settings.Mistakes] is one of the author of the file.
func Load(dir, file string) (Policy, error) {
	p := Policy{Dir: dir}
	if file == "" {
		file = settings.Find(dir)
	}
	if file == "" {
		return p, nil
	}
	var err error
	p.Settings, err = settings.Load(file, p.relative(file), settings.Checks{Rule: knownRule, Option: readOption, Taken: isTaken})
	if err != nil || len(p.Settings.Custom) == 0 {
		return p, err
	}
	compiled, mistakes := compile(p.Settings.Custom)
	if len(mistakes) > 0 {
		return Policy{Dir: dir}, mistakes
	}
	p.Custom = compiled
	return p, nil
}

// Apply completes a configuration by the settings: the values that the caller
// has not given, rules and their options, blocks for some paths, suppressions.
// What c.Lint says of a rule counts more than the settings. The run will look at
// paths, files and folders: when they cover all that is below the settings, a
// suppression that silences nothing is reported.
func (p Policy) Apply(c *engine.Config, paths ...string) {
	if p.Settings == nil {
		return
	}
	p.fill(c)
	c.Rules = slices.Concat(c.Rules, p.Custom)
	own := c.Lint
	c.Lint, c.Other = p.judge(own, p.Settings.Top)
	c.For = p.locals(own)
	for _, s := range p.Settings.Suppressions {
		c.Suppressions = append(c.Suppressions, lint.Suppression{
			At: s.At, Codes: p.codesOf(s.Rules), Reason: s.Reason, Until: s.Until, Partial: !p.covers(paths),
			Match: func(path string) bool {
				return len(s.Paths) == 0 || p.Settings.Matches(s.Paths, p.abs(path))
			},
		})
	}
}

// covers reports whether a run over paths sees all that is below the settings.
func (p Policy) covers(paths []string) bool {
	return slices.ContainsFunc(paths, func(path string) bool {
		rel, err := filepath.Rel(p.abs(path), p.Settings.Dir)
		return err == nil && rel != ".." && !strings.HasPrefix(rel, ".."+string(filepath.Separator))
	})
}

// Era returns the era that a template is checked against; own is the era of the caller, which
// counts when it has overridden the key "guidance" or if the settings do not set it.
func (p Policy) Era(own guidance.Era, path string) guidance.Era {
	o, _ := p.judge(lint.Options{Era: own}, p.blocks(path)...)
	return o.Era
}

// fill gives a configuration the values of the settings that are not overridden.
func (p Policy) fill(c *engine.Config) {
	for _, s := range p.Settings.Top.Settings {
		if p.overridden(s.Key.Name) {
			continue
		}
		switch values := p.Values(s); s.Key.Name {
		case "parameters":
			c.Parameters = values
		case "set":
			c.Set, c.AllowUndeclaredSet = map[string]string{}, true
			for _, v := range values {
				name, text, _ := strings.Cut(v, "=")
				c.Set[name] = text
			}
		case "link-root":
			c.LinkRoot = values[0]
		case "resource-group":
			c.Context.ResourceGroup = values[0]
		case "location":
			c.Context.Location = values[0]
		case "subscription-id":
			c.Context.SubscriptionID = values[0]
		case "tenant-id":
			c.Context.TenantID = values[0]
		case "management-group":
			c.Context.ManagementGroup = values[0]
		case "deployment-name":
			c.Context.DeploymentName = values[0]
		}
	}
}

// Values returns the values of a setting, with file names relative to the working
// folder.
func (p Policy) Values(s settings.Setting) []string {
	values := slices.Clone(s.Values)
	if s.Key.Kind != settings.File && s.Key.Kind != settings.Files {
		return values
	}
	for i, name := range values {
		if !filepath.IsAbs(name) {
			values[i] = p.relative(filepath.Join(p.Settings.Dir, filepath.FromSlash(name)))
		}
	}
	return values
}

// locals gives what holds for a template, by the blocks that match it.
func (p Policy) locals(own lint.Options) func(path string) engine.Local {
	if len(p.Settings.Blocks) == 0 {
		return nil
	}
	var mu sync.Mutex
	known := map[string]engine.Local{} // by path
	return func(path string) engine.Local {
		mu.Lock()
		defer mu.Unlock()
		l, ok := known[path]
		if !ok {
			l = p.local(own, path)
			known[path] = l
		}
		return l
	}
}

func (p Policy) local(own lint.Options, path string) engine.Local {
	key, blocks := p.matching(path)
	if key == "" {
		return engine.Local{}
	}
	l := engine.Local{Key: key}
	l.Lint, l.Other = p.judge(own, append([]settings.Block{p.Settings.Top}, blocks...)...)
	for _, b := range blocks {
		for _, s := range b.Settings {
			if s.Key.Name == "parameters" && !p.overridden("parameters") {
				l.Parameters = p.Values(s)
			}
		}
	}
	return l
}

// matching returns the blocks that match a template, and a name for them together.
func (p Policy) matching(path string) (key string, blocks []settings.Block) {
	if len(p.Settings.Blocks) == 0 {
		return "", nil
	}
	matches := p.Settings.Matcher(p.abs(path))
	for i, b := range p.Settings.Blocks {
		if matches(b.Match) {
			key += fmt.Sprintf("%d ", i)
			blocks = append(blocks, b)
		}
	}
	return key, blocks
}

// blocks returns the blocks that apply to a template, or to all if path is "".
func (p Policy) blocks(path string) []settings.Block {
	if p.Settings == nil {
		return nil
	}
	all := []settings.Block{p.Settings.Top}
	if path != "" {
		_, local := p.matching(path)
		all = append(all, local...)
	}
	return all
}

func (p Policy) overridden(key string) bool { return p.Overridden != nil && p.Overridden(key) }

func (p Policy) abs(name string) string {
	if filepath.IsAbs(name) {
		return name
	}
	return filepath.Join(p.Dir, name)
}

// relative returns an absolute path as the user would write it.
func (p Policy) relative(name string) string {
	if rel, err := filepath.Rel(p.Dir, name); err == nil {
		return filepath.ToSlash(rel)
	}
	return filepath.ToSlash(name)
}
