// Package sizes returns the capabilities of virtual machine sizes, as of 1
// August 2026. Sizes are added every month: a name that is not listed may be a
// new one.
//
//	size, ok := sizes.Find("Standard_D4s_v3")
//	if ok && size.PremiumStorage == sizes.No { ... }
package sizes

import (
	_ "embed"
	"regexp"
	"strconv"
	"strings"

	"github.com/scaleset/scaleset/pkg/internal/lazy"
	"github.com/scaleset/scaleset/pkg/internal/lines"
)

//go:generate go run ./gen

// table has a line for each size: its name, a letter for each capability in
// the order of [read], and its numbers.
//
//go:embed sizes.txt
var table string

// AsOf is the date of the list.
const AsOf = "2026-08-01"

// Support is whether a size has a capability. The zero value means unknown.
type Support int

// The values.
const (
	Unknown Support = iota
	No
	Yes
)

// A Size describes a virtual machine size. Unknown numbers are -1.
type Size struct {
	Name string // such as Standard_D4s_v3
	// Listed is set if a region listed the size on the date of the table. Less
	// is certain about other sizes.
	Listed bool

	PremiumStorage        Support // Premium SSD disks
	AcceleratedNetworking Support
	EphemeralOSDisk       Support
	EncryptionAtHost      Support
	Spot                  Support
	UltraDisk             Support // in some region
	TrustedLaunch         Support
	Confidential          Support // confidential VM, of either technology
	Generation1           Support // images of Hyper-V generation 1
	Generation2           Support
	SCSI, NVMe            Support // disk controllers
	Arm64                 Support // No is x64

	DataDisks, Interfaces      int // the largest numbers
	CacheGiB, TempGiB, NVMeGiB int // cache and disks on the host
}

// Find returns the size with a name, ignoring case; ok is false if it is
// unknown.
func Find(name string) (Size, bool) {
	line := lines.Find(table, name)
	if line == "" {
		return Size{}, false
	}
	return read(strings.TrimSuffix(line, "\n")), true
}

// Near returns the only listed size whose name differs only in case,
// underscores, hyphens or spaces: Standard_D4s_v5 for Standard_D4sv5.
func Near(name string) (near string, ok bool) {
	want := squeeze(name)
	for line := range strings.Lines(table) {
		known, _, _ := strings.Cut(line, "\t")
		if len(known) >= len(want) && squeeze(known) == want {
			if ok {
				return "", false
			}
			near, ok = known, true
		}
	}
	return near, ok
}

// closed is the newest version of a series that gets no new sizes: only newer
// series do. A name without a version is of the first one.
const closed = 5

var sizeForm = lazy.Value[*regexp.Regexp]{Of: func() *regexp.Regexp {
	return regexp.MustCompile(`(?i)^(standard_[a-z]+)(\d+)(?:-\d+)?([a-z]*)(?:_v(\d+))?$`)
}}

// Unlikely reports whether a name that is not listed is probably no size: its
// family has other sizes of that version, and new sizes only appear in newer
// versions, or its version is beyond every known one. It returns the sizes that
// differ only in the number of processors, if there are some.
// https://learn.microsoft.com/azure/virtual-machines/vm-naming-conventions
func Unlikely(name string) (siblings []string, ok bool) {
	m := sizeForm.Get().FindStringSubmatch(name)
	if m == nil {
		return nil, false
	}
	version := versionOf(m[4])
	newest := 0
	for line := range strings.Lines(table) {
		known, _, _ := strings.Cut(line, "\t")
		k := sizeForm.Get().FindStringSubmatch(known)
		if k == nil {
			continue
		}
		newest = max(newest, versionOf(k[4]))
		if strings.EqualFold(known, name) {
			return nil, false
		}
		if !strings.EqualFold(k[1], m[1]) || versionOf(k[4]) != version {
			continue
		}
		ok = true
		if strings.EqualFold(k[3], m[3]) && !strings.Contains(known, "-") {
			siblings = append(siblings, known)
		}
	}
	return siblings, ok && version <= closed || version > newest+1
}

func versionOf(digits string) int {
	n, _ := strconv.Atoi(digits)
	return max(n, 1)
}

// Names returns the sizes that a region listed on the date of the table, and with
// others also those that none did, in alphabetical order.
func Names(others bool) []string {
	var names []string
	for line := range strings.Lines(table) {
		if s := read(strings.TrimSuffix(line, "\n")); s.Listed || others {
			names = append(names, s.Name)
		}
	}
	return names
}

var separators = lazy.Value[*strings.Replacer]{Of: func() *strings.Replacer { return strings.NewReplacer("_", "", "-", "", " ", "") }}

func squeeze(name string) string { return strings.ToLower(separators.Get().Replace(name)) }

func read(line string) Size {
	name, letters, _ := strings.Cut(line, "\t")
	letters, numbers, _ := strings.Cut(letters, "\t")
	s := Size{Name: name}
	var listed Support
	for i, at := range []*Support{
		&listed, &s.PremiumStorage, &s.AcceleratedNetworking, &s.EphemeralOSDisk, &s.EncryptionAtHost, &s.Spot, &s.UltraDisk,
		&s.TrustedLaunch, &s.Confidential, &s.Generation1, &s.Generation2, &s.SCSI, &s.NVMe, &s.Arm64,
	} {
		*at = Support(strings.IndexByte("-ny", letters[i]))
	}
	s.Listed = listed == Yes
	for _, at := range []*int{&s.DataDisks, &s.Interfaces, &s.CacheGiB, &s.TempGiB, &s.NVMeGiB} {
		var number string
		number, numbers, _ = strings.Cut(numbers, "\t")
		*at = -1
		if number != "-" {
			*at, _ = strconv.Atoi(number) // the generator writes only numbers
		}
	}
	return s
}
