package roles

import (
	"regexp"
	"strings"
	"testing"
)

func TestName(t *testing.T) {
	for guid, want := range map[string]string{
		"acdd72a7-3385-48ef-bd42-f606fba81ae7": "Reader",
		"B24988AC-6180-42A0-AB88-20F7382DD24C": "Contributor",
		"b86a8fe4-44ce-4948-aee5-eccb2c155cd7": "Key Vault Secrets Officer",
		"b86a8fe4-5876-4414-b564-bcd99ca3f4d8": "",
	} {
		if got, _ := Name(guid); got != want {
			t.Errorf("%s is %q, want %q", guid, got, want)
		}
	}
}

func TestNear(t *testing.T) {
	near, name, ok := Near("b86a8fe4-5876-4414-b564-bcd99ca3f4d8")
	if !ok || name != "Key Vault Secrets Officer" || near != "b86a8fe4-44ce-4948-aee5-eccb2c155cd7" {
		t.Errorf("got %q, %q, %v", near, name, ok)
	}
	if _, _, ok := Near("00000000-1111-2222-3333-444444444444"); ok {
		t.Error("no built-in role is near")
	}
}

func TestTable(t *testing.T) {
	guid := regexp.MustCompile(`^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$`)
	last, n := "", 0
	for line := range strings.Lines(table) {
		id, name, _ := strings.Cut(strings.TrimSpace(line), "\t")
		if !guid.MatchString(id) || name == "" || id <= last {
			t.Errorf("%q %q after %q", id, name, last)
		}
		last, n = id, n+1
	}
	if n < 900 {
		t.Errorf("%d roles", n)
	}
}
