// Package roles lists the built-in roles of Azure, as of 21 August 2026: those
// of the documentation page
// https://learn.microsoft.com/azure/role-based-access-control/built-in-roles,
// and the preview roles that only the Authorization API lists. The table was
// compared with three public snapshots of that API (the role definitions cached
// by Azure Verified Modules, and two daily change logs).
package roles

import (
	_ "embed"
	"strings"

	"github.com/scaleset/scaleset/pkg/internal/lines"
)

// AsOf is the date of the list.
const AsOf = "2026-08-21"

// table has a line for each role, sorted: the GUID of its definition and its name.
//
//go:embed roles.txt
var table string

// Name returns the display name of a built-in role, such as Reader, by its
// GUID, ignoring case. ok is false if no built-in role has the GUID.
func Name(guid string) (name string, ok bool) {
	line, _, _ := strings.Cut(lines.Find(table, guid), "\n")
	_, name, ok = strings.Cut(line, "\t")
	return name, ok
}

// Near returns the only built-in role whose GUID begins with the same eight
// digits, or ends with the same twelve: a GUID that was only partly copied.
func Near(guid string) (near, name string, ok bool) {
	guid = strings.ToLower(guid)
	if len(guid) != 36 {
		return "", "", false
	}
	for line := range strings.Lines(table) {
		if line[:8] == guid[:8] || line[24:36] == guid[24:] {
			if ok {
				return "", "", false // two are equally close
			}
			near, name, ok = strings.Cut(strings.TrimSuffix(line, "\n"), "\t")
		}
	}
	return near, name, ok
}
