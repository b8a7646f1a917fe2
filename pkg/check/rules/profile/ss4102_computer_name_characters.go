package profile

import (
	_ "embed"
	"fmt"
	"strings"

	"github.com/scaleset/scaleset/pkg/azure/guidance"
	"github.com/scaleset/scaleset/pkg/azure/vmss"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

//go:embed ss4102_computer_name_characters.md
var computerNameCharactersPage string

// computerNameCharacters reports computer name prefixes with characters that no
// computer name has.
var computerNameCharacters = &lint.Rule{
	Code: "SS4102", Name: "computer-name-characters", Severity: diag.Error, Since: "0.1", Page: &computerNameCharactersPage,
	Peers:    []string{"AZR-000262"},
	Guidance: []guidance.ID{guidance.ComputerNameCharacters}, Run: checkComputerNameCharacters,
}

func checkComputerNameCharacters(p *lint.Pass) {
	for _, set := range p.ScaleSets {
		prefix, ok := set.OS.ComputerNamePrefix.Known()
		if !ok || p.Assumed(prefix) {
			continue
		}
		if why := wrongComputerName(prefix, set.System()); why != "" {
			p.Reportf(set.OS.ComputerNamePrefix, "computerNamePrefix %q %s", prefix, why).
				Detailf("Use letters, digits and hyphens.")
		}
	}
}

// rejectedSigns are those that the answer of Azure lists; a dot is rejected
// on Windows only.
const rejectedSigns = " `~!@#$%^&*()=+_[]{}\\|;:'\",<>/?"

// wrongComputerName says what is wrong with a prefix; "" when nothing is.
func wrongComputerName(prefix string, system vmss.System) string {
	for _, r := range prefix {
		if strings.ContainsRune(rejectedSigns, r) || r == '.' && system == vmss.Windows {
			return fmt.Sprintf("contains %q, which computer names cannot have%s", r, on(system))
		}
	}
	if system == vmss.Windows && prefix != "" && strings.Trim(prefix, "0123456789") == "" {
		return "is all digits, which Windows does not allow for computer names"
	}
	return ""
}
