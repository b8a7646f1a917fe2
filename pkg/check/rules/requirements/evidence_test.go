package requirements

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/scaleset/scaleset/pkg/internal/golden"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

// compared are the pages of the documentation whose text was read beside the
// rows that name them, in November 2026. A row that the text does not state was
// lowered to Inferred, or got another source.
var compared = []string{
	"application-gateway/application-gateway-autoscaling-zone-redundant",
	"application-gateway/application-gateway-ssl-policy-overview",
	"application-gateway/configuration-frontend-ip",
	"application-gateway/configuration-listeners",
	"application-gateway/configuration-request-routing-rules",
	"application-gateway/multiple-site-overview",
	"firewall-manager/policy-overview",
	"firewall/policy-rule-sets",
	"key-vault/general/network-security",
	"key-vault/keys/about-keys",
	"load-balancer/cross-region-overview",
	"load-balancer/load-balancer-ha-ports-overview",
	"load-balancer/outbound-rules",
	"private-link/private-endpoint-overview",
	"private-link/private-link-service-overview",
	"role-based-access-control/custom-roles",
	"storage/blobs/lifecycle-management-overview",
	"storage/blobs/lifecycle-management-policy-structure",
	"storage/blobs/point-in-time-restore-overview",
	"traffic-manager/traffic-manager-monitoring",
	"virtual-machine-scale-sets/instance-mix-overview",
	"virtual-machine-scale-sets/standby-pools-overview",
	"virtual-machine-scale-sets/virtual-machine-scale-sets-terminate-notification",
	"virtual-machines/availability-set-overview",
	"virtual-machines/capacity-reservation-overview",
	"virtual-machines/co-location",
	"virtual-machines/dedicated-hosts",
	"virtual-machines/disk-bursting",
	"virtual-machines/ephemeral-os-disks",
	"virtual-machines/extensions/custom-script-linux",
	"virtual-machines/hibernate-resume",
	"virtual-machines/how-to-enable-write-accelerator",
	"virtual-machines/maintenance-configurations",
	"virtual-machines/spot-vms",
	"virtual-network/ip-services/public-ip-address-prefix",
}

var (
	reportAddress = regexp.MustCompile(`^https://(github\.com/[^/]+/[^/]+/(issues|pull|discussions)/\d+|learn\.microsoft\.com/(en-us/)?answers/|stackoverflow\.com/questions/|techcommunity\.microsoft\.com/|raw\.githubusercontent\.com/)`)
	docsAddress   = regexp.MustCompile(`^https://(learn\.microsoft\.com|azure\.microsoft\.com|registry\.terraform\.io|docs\.microsoft\.com)/`)
)

// TestEvidence: a finding is an error only with a source of the kind that its
// evidence names.
func TestEvidence(t *testing.T) {
	used := map[string]bool{}
	for _, f := range families {
		for _, r := range f.Rows {
			page := docsPage(r.Source)
			used[page] = true
			if r.Sure.Severity() != diag.Error {
				continue
			}
			var want *regexp.Regexp
			switch r.Sure {
			case Reported:
				want = reportAddress
			case Documented:
				want = docsAddress
			default:
				want = regexp.MustCompile(`^https://`)
			}
			if !want.MatchString(r.Source) {
				t.Errorf("%s %s: %s: %s is not a source of this kind", f.Code, r.ID, r.Sure, r.Source)
			}
		}
	}
	for _, page := range compared {
		if !used[page] {
			t.Errorf("no row names the page %s", page)
		}
	}
}

// docsPage is the address of a page without its site, product and fragment.
func docsPage(source string) string {
	page, _ := strings.CutPrefix(source, learn)
	page, _, _ = strings.Cut(page, "#")
	return page
}

// restsOn counts the documented rows by what was read for them.
func restsOn(t *testing.T) string {
	text, err := os.ReadFile(filepath.Join(golden.Shared(t), "facts", "az", "what-members-need.json"))
	if err != nil {
		t.Fatal(err)
	}
	var lines map[string]map[string]string
	if err := json.Unmarshal(text, &lines); err != nil {
		t.Fatal(err)
	}
	described := map[string]map[string]bool{}
	for key, members := range lines {
		resourceType, _, _ := strings.Cut(strings.ToLower(key), "@")
		described[resourceType] = map[string]bool{}
		for path := range members {
			described[resourceType][lastName(path)] = true
		}
	}
	var n [4]int
	for _, f := range families {
		for _, r := range f.Rows {
			if r.Sure != Documented {
				continue
			}
			switch {
			case !strings.Contains(r.Source, "/templates/"):
				if slices.Contains(compared, docsPage(r.Source)) {
					n[2]++
				} else {
					n[3]++
				}
			case isDescribed(&r, described):
				n[0]++
			default:
				n[1]++
			}
		}
	}
	return fmt.Sprintf(`
What the documented rows rest on:

| source | rows |
| --- | ---: |
| the description of a property in the REST specification | %d |
| another fact of the REST specification (required, read-only, allowed values, limits) | %d |
| a page of the documentation whose text was compared with its rows in November 2026 | %d |
| another page of the documentation, not compared again | %d |
`, n[0], n[1], n[2], n[3])
}

var word = regexp.MustCompile(`[A-Za-z][A-Za-z.\[\]]{2,}`)

func lastName(path string) string {
	path = strings.ReplaceAll(path, "[]", "")
	return strings.ToLower(path[strings.LastIndexByte(path, '.')+1:])
}

// isDescribed reports whether the specification describes a requirement of one
// of the properties of r.
func isDescribed(r *Row, described map[string]map[string]bool) bool {
	for _, p := range r.Places {
		for _, name := range word.FindAllString(r.Must+" "+r.When, -1) {
			if described[strings.ToLower(p.Type)][lastName(name)] {
				return true
			}
		}
	}
	return false
}
