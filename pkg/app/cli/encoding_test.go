package cli

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf16"
)

// TestUTF16: files that older PowerShells write are checked, fixed and formatted
// like any other, and written as UTF-8.
func TestUTF16(t *testing.T) {
	dir := t.TempDir()
	const text = `{"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#", "contentVersion": "1.0.0.0", "resources": [
 {"type": "Microsoft.Compute/virtualMachineScaleSets", "apiVersion": "2024-07-01", "name": "é", "location": "westus2", "properties": {"overprovison": false}}]}`
	wide := []byte("\xff\xfe")
	for _, u := range utf16.Encode([]rune(text)) {
		wide = append(wide, byte(u), byte(u>>8))
	}
	for _, tt := range []struct {
		args []string
		says string
		text string // what the file holds then
	}{
		{[]string{"lint", "--fix", "a.json"}, "fixed: Write overprovision", "\uFEFF" + strings.Replace(text, "overprovison", "overprovision", 1)},
		{[]string{"lint", "a.json"}, "the file is UTF-16LE; not every tool reads that", string(wide)},
		{[]string{"fmt", "--check", "a.json"}, "a.json", string(wide)},
		{[]string{"fmt", "a.json"}, "a.json", ""},
	} {
		name := filepath.Join(dir, "a.json")
		if err := os.WriteFile(name, wide, 0o644); err != nil {
			t.Fatal(err)
		}
		said, _ := say(t, dir, tt.args...)
		if !strings.Contains(said, tt.says) {
			t.Errorf("%q: %s", tt.args, said)
		}
		got, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if tt.text != "" && string(got) != tt.text {
			t.Errorf("%q leaves %q, want %q", tt.args, got, tt.text)
		}
		if tt.text == "" && !strings.Contains(string(got), `"name": "é",`) {
			t.Errorf("%q leaves %q", tt.args, got)
		}
	}
}
