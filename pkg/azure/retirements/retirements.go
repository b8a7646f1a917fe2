// Package retirements knows when sizes of virtual machines are retired, as the
// documentation said in November 2026:
// https://learn.microsoft.com/azure/virtual-machines/sizes/retirement/retired-sizes-list
package retirements

import (
	_ "embed"
	"regexp"
	"strings"
	"sync"
	"time"
)

//go:generate go run ./gen

//go:embed retirements.txt
var table string

// AsOf is the date of the list.
const AsOf = "2026-11-29"

// A Retirement is the end of a family of sizes.
type Retirement struct {
	Date        time.Time // the day from which the sizes are gone
	What        string    // such as Dv2-series
	Replacement string    // "" when none is named

	names *regexp.Regexp
}

// OfSize is the retirement of a size, compared case-insensitively.
func OfSize(name string) (Retirement, bool) {
	for _, r := range all() {
		if r.names.MatchString(name) {
			return r, true
		}
	}
	return Retirement{}, false
}

var all = sync.OnceValue(func() (list []Retirement) {
	for line := range strings.Lines(table) {
		c := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		date, err := time.Parse(time.DateOnly, c[0])
		if err != nil {
			continue // the test of the table says so
		}
		list = append(list, Retirement{date, c[2], c[3], regexp.MustCompile("(?i)" + c[1])})
	}
	return list
})
