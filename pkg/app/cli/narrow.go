package cli

import (
	"errors"
	"fmt"
	"strings"

	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/report/findings"
)

// errNarrowed says that --strict-settings is given and that the settings narrow
// the run. The message is already printed.
var errNarrowed = errors.New("the settings narrow this run")

// narrowing returns what the settings take away from a run; nil when they take
// nothing away.
func (app *App) narrowing(own lint.Options, keys bool) *findings.Narrowing {
	all := app.policy.Narrowing(own, keys)
	if len(all) == 0 {
		return nil
	}
	n := &findings.Narrowing{File: app.policy.Settings.Source.Path()}
	for _, by := range all {
		n.By = append(n.By, findings.NarrowedBy(by))
	}
	return n
}

// strict reports settings that narrow a run where --strict-settings is given.
func (app *App) strict(n *findings.Narrowing) error {
	if n == nil || !app.common.StrictSettings {
		return nil
	}
	texts := make([]string, len(n.By))
	for i, by := range n.By {
		texts[i] = by.Text
	}
	app.complain(fmt.Errorf("%s narrows this run (%s), which --strict-settings does not allow; remove these settings, or pass --no-settings", n.File, strings.Join(texts, ", ")))
	return errNarrowed
}
