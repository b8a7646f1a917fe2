package storage

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestPrefixed(t *testing.T) {
	tests := []struct {
		letter, name string
		cut          bool
		want         string
	}{
		{"n", "disks", false, "ndisks"},
		{"n", "abcdefghijklmnopqrstuvwx", false, "nabcdefghijklmnopqrstuvw"},
		{"n", "[concat(uniqueString('a'), 'vhds')]", false, "[concat('n', concat(uniqueString('a'), 'vhds'))]"},
		{"n", "[ variables('long') ]", true, "[substring(concat('n', variables('long')), 0, 24)]"},
	}
	for _, tt := range tests {
		if diff := cmp.Diff(tt.want, prefixed(tt.letter, tt.name, tt.cut)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.name, diff)
		}
	}
}
