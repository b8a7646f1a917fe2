package profile

import (
	_ "embed"
	"fmt"
	"slices"
	"unicode"

	"github.com/scaleset/scaleset/pkg/arm"
	"github.com/scaleset/scaleset/pkg/azure/guidance"
	"github.com/scaleset/scaleset/pkg/azure/vmss"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

//go:embed ss4104_admin_password.md
var adminPasswordPage string

// adminPasswordRule reports passwords that Azure rejects. It never shows them.
var adminPasswordRule = &lint.Rule{
	Code: "SS4104", Name: "admin-password", Severity: diag.Error, Since: "0.1", Page: &adminPasswordPage,
	Guidance: []guidance.ID{guidance.AdminPassword}, Run: checkAdminPassword,
}

func checkAdminPassword(p *lint.Pass) {
	for _, set := range p.ScaleSets {
		reportPassword(p, set.OS, set.System())
	}
	for _, m := range p.Deployment.Machines {
		reportPassword(p, m.OS(), m.System())
	}
}

func reportPassword(p *lint.Pass, os vmss.OSProfile, system vmss.System) {
	password, ok := os.AdminPassword.Known()
	if !ok || password == "" && (system != vmss.Windows || os.AdminPassword.Place().NeedsValue()) || arm.IsPlaceholder(password) || vmss.Is(os.DisablePassword, true) {
		return
	}
	if why := wrongPassword(password, system); why != "" {
		p.Reportf(os.AdminPassword, "the administrator password %s", why).
			Detailf("Pass a stronger one in a securestring parameter.")
	}
}

// wrongPassword says what is wrong with a password, and nothing of its text; ""
// when nothing is.
func wrongPassword(password string, system vmss.System) string {
	// Of a system that is not known only what both reject is wrong.
	shortest, longest := 6, 123
	switch system {
	case vmss.Windows:
		shortest = 8
	case vmss.Linux:
		longest = 72
	}
	switch n := len([]rune(password)); {
	case n < shortest:
		return fmt.Sprintf("is too short; the minimum%[2]s is %[1]d characters", shortest, on(system))
	case n > longest:
		return fmt.Sprintf("is too long; the limit%[2]s is %[1]d characters", longest, on(system))
	case slices.Contains(rejectedPasswords(), password):
		return "is a common password that Azure rejects"
	}
	if n := kindsOfCharacters(password); n < 3 {
		return fmt.Sprintf("has %s of character; it needs three of lower case, upper case, digit and special", lint.Count(n, "kind"))
	}
	return ""
}

func kindsOfCharacters(password string) int {
	var lower, upper, digit, special int
	for _, r := range password {
		switch {
		case unicode.IsLower(r):
			lower = 1
		case unicode.IsUpper(r):
			upper = 1
		case unicode.IsDigit(r):
			digit = 1
		default:
			special = 1
		}
	}
	return lower + upper + digit + special
}

// rejectedPasswords are listed in the schema of Microsoft.Compute, OSProfile.
func rejectedPasswords() []string {
	return []string{
		"abc@123", "P@$$w0rd", "P@ssw0rd", "P@ssword123", "Pa$$word", "pass@word1", "Password!", "Password1", "Password22", "iloveyou!",
	}
}
