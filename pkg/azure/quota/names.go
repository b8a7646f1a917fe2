package quota

import (
	"slices"
	"strconv"
	"strings"
)

// Named returns the cores and the family of a size by its name, as of the naming
// rules of 2023-05-01
// (https://learn.microsoft.com/azure/virtual-machines/vm-naming-conventions). Since the
// middle of 2017 a name contains the number of cores; earlier series number
// their sizes and are looked up. Sizes with disabled cores (Standard_M8-2ms)
// and unknown series are not found, because the name does not show their use of
// the quota.
//
// The rules are those of the page of [namesDate]; the numbers of the older
// series A, D, Dv2, G are those of the pages of previous generations
// (https://learn.microsoft.com/azure/virtual-machines/sizes-previous-gen); the
// names of families are those of a list of usages of 2020.
func Named(size string) (Size, bool) {
	n, ok := split(size)
	if !ok {
		return Size{}, false
	}
	cores := n.number
	switch {
	case n.basic && n.series != "A":
		return Size{}, false
	case n.series == "A" && n.version == "":
		cores = seriesA(n.number)
	case (n.series == "D" || n.series == "DS") && (n.version == "" || n.version == "v2"):
		cores = seriesD(n.number, n.version)
	case n.series == "G" || n.series == "GS":
		cores = seriesG(n.number)
	case !slices.Contains(numbered[:], n.series):
		return Size{}, false
	}
	if cores <= 0 {
		return Size{}, false
	}
	return Size{Name: size, Cores: cores, Family: n.family()}, true
}

// numbered are the series whose names contain the number of cores.
var numbered = [...]string{
	"A", "B", "D", "DC", "E", "EC", "F", "FX", "L", "M",
	"H", "HB", "HC", "HX", "NC", "NCC", "ND", "NG", "NP", "NV",
}

// A name is a size split into parts: Standard_NC4as_T4_v3 has the series NC,
// the number 4, the features "as", the version v3.
type name struct {
	basic    bool
	series   string // upper case
	number   int
	features string // upper case
	version  string // "" or "v2" and so on, lower case
	promo    bool
}

func split(size string) (n name, ok bool) {
	rest := strings.ToLower(size)
	if rest, ok = strings.CutPrefix(rest, "standard_"); !ok {
		if rest, n.basic = strings.CutPrefix(rest, "basic_"); !n.basic {
			return n, false
		}
	}
	rest, n.promo = strings.CutSuffix(rest, "_promo")
	if i := strings.LastIndex(rest, "_v"); i >= 0 && isNumber(rest[i+2:]) {
		rest, n.version = rest[:i], rest[i+1:]
	}
	rest, _, _ = strings.Cut(rest, "_") // the accelerator, or the memory
	letters := strings.TrimLeft(rest, "abcdefghijklmnopqrstuvwxyz")
	n.series = strings.ToUpper(rest[:len(rest)-len(letters)])
	features := strings.TrimLeft(letters, "0123456789")
	digits := letters[:len(letters)-len(features)]
	if strings.Trim(features, "abcdefghijklmnopqrstuvwxyz") != "" || n.series == "" || !isNumber(digits) {
		return n, false
	}
	n.number, _ = strconv.Atoi(digits)
	n.features = strings.ToUpper(features)
	return n, true
}

func isNumber(s string) bool {
	return s != "" && len(s) <= 4 && strings.Trim(s, "0123456789") == ""
}

// family returns the row of the usages as far as it follows from the name of
// the size; a name that is not in the list has no effect.
func (n name) family() string {
	switch {
	case n.basic:
		return "basicAFamily"
	case n.series == "A" && n.version == "" && n.number >= 8:
		return "standardA8_A11Family"
	case n.series == "A" && n.version == "":
		return "standardA0_A7Family"
	case n.series == "A":
		return "standardA" + n.version + "Family"
	case n.series == "B" && n.version == "":
		return "standardBSFamily"
	case n.promo:
		return "standard" + n.series + n.features + n.version + "PromoFamily"
	}
	return "standard" + n.series + n.features + n.version + "Family"
}

// seriesA returns the cores of A0 to A11, Basic and Standard; 0 for others.
func seriesA(number int) int {
	cores := [...]int{1, 1, 2, 4, 8, 2, 4, 8, 8, 16, 8, 16}
	if number >= len(cores) {
		return 0
	}
	return cores[number]
}

// seriesD returns the cores of D, DS, Dv2 and DSv2; 0 for others.
func seriesD(number int, version string) int {
	switch number {
	case 1:
		return 1
	case 2, 11:
		return 2
	case 3, 12:
		return 4
	case 4, 13:
		return 8
	case 14:
		return 16
	case 5:
		if version == "v2" {
			return 16
		}
	case 15:
		if version == "v2" {
			return 20
		}
	}
	return 0
}

// seriesG returns the cores of G1 to G5 and GS1 to GS5; 0 for others.
func seriesG(number int) int {
	if number < 1 || number > 5 {
		return 0
	}
	return 1 << number
}
