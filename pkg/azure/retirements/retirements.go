// Package retirements returns the retirement dates of virtual machine sizes,
// images, extensions and features, according to the documentation of November
// 2026. The date of an image is the end of support of its distribution.
// Sources:
// https://learn.microsoft.com/azure/virtual-machines/sizes/retirement/retired-sizes-list,
// https://endoflife.date and the pages of the services.
package retirements

import (
	_ "embed"
	"regexp"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/scaleset/scaleset/pkg/internal/lazy"
)

//go:generate go run ./gen

//go:embed retirements.txt
var table string

// AsOf is the date of the list.
const AsOf = "2026-11-29"

// A Retirement is the end of something that a template can use.
type Retirement struct {
	Date        time.Time // first day without it
	What        string    // such as Dv2-series
	Replacement string    // "" if the source names none

	begin []string // what the names begin with
	names func() *regexp.Regexp
}

// Within reports whether the retirement date is on or before a day plus a
// number of months; the zero time is the date of the list.
func (r Retirement) Within(today time.Time, months int) bool {
	if today.IsZero() {
		today, _ = time.Parse(time.DateOnly, AsOf)
	}
	return !today.AddDate(0, months, 0).Before(r.Date)
}

// Past reports whether the retirement date is on or before a day; the zero time
// is the date of the list.
func (r Retirement) Past(today time.Time) bool { return r.Within(today, 0) }

// When returns the date in words: "was retired on 2024-08-31".
func (r Retirement) When(today time.Time) string {
	verb := "will be retired on "
	if r.Past(today) {
		verb = "was retired on "
	}
	return verb + r.Date.Format(time.DateOnly)
}

// OfSize returns the retirement of a size, ignoring case; ok is false if there
// is none.
func OfSize(name string) (Retirement, bool) { return of("size", name) }

// OfImage returns the end of support of a platform image; ok is false if there
// is none.
func OfImage(publisher, offer, sku string) (Retirement, bool) {
	return of("image", publisher+":"+offer+":"+sku)
}

// OfExtension returns the retirement of an extension; ok is false if there is
// none.
func OfExtension(publisher, kind string) (Retirement, bool) {
	return of("extension", publisher+":"+kind)
}

// Features whose dates rules use.
const (
	UnmanagedDisks = "unmanaged (VHD blob) disks"
	BasicBalancer  = "Basic Load Balancer"
	BasicAddress   = "Basic SKU public IP addresses"
	NatPools       = "Inbound NAT rule V1 for VMs and scale sets (NAT pools)"
	GatewayV1      = "Application Gateway v1"
	GroupFlowLogs  = "NSG flow logs"
	HardDiskSystem = "Standard HDD as OS disk"
)

// OfFeature returns the retirement of a feature, by its name in the list; ok is
// false if there is none.
func OfFeature(name string) (Retirement, bool) {
	for _, r := range all.Get()["feature"] {
		if r.What == name {
			return r, true
		}
	}
	return Retirement{}, false
}

func of(about, name string) (Retirement, bool) {
	for _, r := range all.Get()[about] {
		if begins(name, r.begin) && r.names().MatchString(name) {
			return r, true
		}
	}
	return Retirement{}, false
}

var all = lazy.Value[map[string][]Retirement]{Of: func() map[string][]Retirement {
	list := map[string][]Retirement{}
	for line := range strings.Lines(table) {
		c := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		date, err := time.Parse(time.DateOnly, c[1])
		if err != nil {
			continue // the test of the table reports it
		}
		list[c[0]] = append(list[c[0]], Retirement{date, c[3], c[4], beginnings(c[2]), sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile("(?i)" + c[2]) })})
	}
	return list
}}

func begins(name string, with []string) bool {
	return slices.ContainsFunc(with, func(begin string) bool {
		return len(name) >= len(begin) && strings.EqualFold(name[:len(begin)], begin)
	})
}

// beginnings are the letters that the alternatives of a pattern begin with. A pattern
// is only compiled for a name that begins like that, and most templates have none.
func beginnings(pattern string) (all []string) {
	pattern = strings.TrimSuffix(strings.TrimPrefix(pattern, "^"), "$")
	alternatives := []string{pattern}
	if inner := strings.TrimSuffix(strings.TrimPrefix(pattern, "("), ")"); len(inner) == len(pattern)-2 && !strings.ContainsAny(inner, "()") {
		alternatives = strings.Split(inner, "|")
	}
	for _, a := range alternatives {
		all = append(all, beginning(a))
	}
	return all
}

// beginning are the letters at the beginning of a pattern.
func beginning(pattern string) string {
	var letters []byte
	for i := 0; i < len(pattern); i++ {
		c := pattern[i]
		switch {
		case c == '\\' && i+1 < len(pattern) && strings.IndexByte(".-", pattern[i+1]) >= 0:
			i++
			c = pattern[i]
		case strings.IndexByte("?*{", c) >= 0: // the letter before may be missing
			return string(letters[:max(len(letters)-1, 0)])
		case strings.IndexByte(`\.+()|[]^$`, c) >= 0:
			return string(letters)
		}
		letters = append(letters, c)
	}
	return string(letters)
}
