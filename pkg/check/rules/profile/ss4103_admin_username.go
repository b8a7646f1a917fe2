package profile

import (
	_ "embed"
	"fmt"
	"slices"
	"strings"

	"github.com/scaleset/scaleset/pkg/azure/guidance"
	"github.com/scaleset/scaleset/pkg/azure/vmss"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

//go:embed ss4103_admin_username.md
var adminUsernamePage string

// adminUsernameRule reports names of administrators that Azure rejects.
var adminUsernameRule = &lint.Rule{
	Code: "SS4103", Name: "admin-username", Severity: diag.Error, Since: "0.1", Page: &adminUsernamePage,
	Guidance: []guidance.ID{guidance.AdminUsername}, Run: checkAdminUsername,
}

func checkAdminUsername(p *lint.Pass) {
	for _, set := range p.ScaleSets {
		name, ok := set.OS.AdminUsername.Known()
		if !ok || p.Assumed(name) {
			continue
		}
		if why := wrongUsername(name, set.System()); why != "" {
			p.Reportf(set.OS.AdminUsername, "adminUsername %q %s", name, why).
				Detailf("Choose another name, such as azureuser.")
		}
	}
}

// longestLinuxName is the most characters of a name on Linux, and so on any
// system.
const longestLinuxName = 64

// wrongUsername says what is wrong with a name; "" when nothing is.
func wrongUsername(name string, system vmss.System) string {
	longest := longestLinuxName
	if system == vmss.Windows {
		longest = guidance.Get(guidance.AdminUsername).Limit
	}
	switch n := len([]rune(name)); {
	case n == 0:
		return "is empty"
	case n > longest:
		return fmt.Sprintf("has %d characters; the limit%s is %d", n, on(system), longest)
	case system == vmss.Windows && strings.HasSuffix(name, "."):
		return "ends in a dot, which Azure rejects on Windows"
	case slices.Contains(rejectedUsernames(), strings.ToLower(name)):
		return "is a common name that Azure rejects"
	}
	return ""
}

// rejectedUsernames are listed in the schema of Microsoft.Compute, OSProfile.
func rejectedUsernames() []string {
	return []string{
		"administrator", "admin", "user", "user1", "test", "user2", "test1", "user3", "admin1", "1", "123", "a", "actuser", "adm", "admin2",
		"aspnet", "backup", "console", "david", "guest", "john", "owner", "root", "server", "sql", "support", "support_388945a0", "sys",
		"test2", "test3", "user4", "user5",
	}
}
