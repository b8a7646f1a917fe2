package quota

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"github.com/tidwall/gjson"

	"github.com/scaleset/scaleset/pkg/syntax/savedjson"
)

// The rows of a list of usages that do not belong to a family of sizes.
const (
	Cores           = "cores"
	SpotCores       = "lowPriorityCores"
	VirtualMachines = "virtualMachines"
	ScaleSets       = "virtualMachineScaleSets"
)

// A Usage is a saved list of usages: the quotas of a subscription in one
// region, and their use. The list does not contain the region.
type Usage struct {
	Name string // of the file
	Rows []Row  // in the order of the list
}

// A Row is one quota.
type Row struct {
	Name        string // such as "cores" or "standardDSv3Family"
	Label       string // for people, may be ""
	Limit, Used int
}

// Left returns the free part of the quota, at least 0.
func (r Row) Left() int { return max(0, r.Limit-r.Used) }

// Row returns the row with a name, ignoring case.
func (u *Usage) Row(name string) (Row, bool) {
	for _, r := range u.Rows {
		if strings.EqualFold(r.Name, name) {
			return r, true
		}
	}
	return Row{}, false
}

// maxUsages and maxSizes limit the rows of a saved response. One region has some 200
// usages; all regions have some 10,000 sizes.
const (
	maxUsages = 10_000
	maxSizes  = 100_000
)

// ParseUsage parses the output of az vm list-usage (an array with numbers as
// strings), of the classic command line (numbers), or the response of the REST
// API ({"value": [...]}). It returns an error, with the command to use, for
// any other text. name is the name of the file.
func ParseUsage(name string, text []byte) (*Usage, error) {
	const hint = "save the output of: az vm list-usage -l LOCATION -o json"
	list, err := parse(name, text, hint)
	if err != nil {
		return nil, err
	}
	u := &Usage{Name: name}
	n := 0
	list.ForEach(func(_, row gjson.Result) bool {
		if n++; n > maxUsages {
			err = fmt.Errorf("%s has more than %d usages; %s", name, maxUsages, hint)
			return false
		}
		r := Row{Name: member(member(row, "name"), "value").String(), Label: member(member(row, "name"), "localizedValue").String()}
		var ok1, ok2 bool
		r.Limit, ok1 = number(member(row, "limit"))
		r.Used, ok2 = number(member(row, "currentValue"))
		if ok1 && ok2 && r.Name != "" {
			u.Rows = append(u.Rows, r)
		}
		return true
	})
	if err != nil {
		return nil, err
	}
	if len(u.Rows) == 0 {
		return nil, fmt.Errorf("%s lists no usage; %s", name, hint)
	}
	return u, nil
}

// parse returns the list in a saved response, bare or under "value".
func parse(name string, text []byte, hint string) (gjson.Result, error) {
	root, err := savedjson.Parse(text)
	if err != nil {
		return gjson.Result{}, fmt.Errorf("%s %w; %s", name, err, hint)
	}
	if !root.IsArray() {
		root = member(root, "value")
	}
	if !root.IsArray() {
		return gjson.Result{}, fmt.Errorf("%s is not a list; %s", name, hint)
	}
	return root, nil
}

// member returns the member of an object with a name, ignoring case.
func member(v gjson.Result, name string) (found gjson.Result) {
	if !v.IsObject() {
		return found
	}
	v.ForEach(func(key, value gjson.Result) bool {
		if strings.EqualFold(key.Str, name) {
			found = value
		}
		return !found.Exists()
	})
	return found
}

// number returns the value of a number, or of a string that spells one.
func number(v gjson.Result) (int, bool) {
	switch v.Type {
	case gjson.Number:
		return int(v.Num), v.Num == math.Trunc(v.Num) && math.Abs(v.Num) < 1<<31
	case gjson.String:
		n, err := strconv.ParseInt(strings.TrimSpace(v.Str), 10, 32)
		return int(n), err == nil
	}
	return 0, false
}
