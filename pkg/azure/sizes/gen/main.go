// Command gen generates sizes.txt of package sizes from the facts beside it:
//
//	go generate ./pkg/azure/sizes
package main

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
)

func main() {
	text, err := generate("facts/sizes.json")
	if err == nil {
		err = os.WriteFile("sizes.txt", []byte(text), 0o644)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "gen:", err)
		os.Exit(1)
	}
}

type size struct {
	Listed, PremiumIO, AcceleratedNetworking, EphemeralOSDisk *bool
	EncryptionAtHost, LowPriority, UltraSSD                   *bool
	TrustedLaunchDisabled                                     *bool
	HyperVGenerations, DiskControllers                        []string
	Architecture                                              string
	Confidential                                              json.RawMessage
	MaxDataDisks, MaxNics                                     *float64
	CachedDiskGiB, TempDiskGiB, NVMeDiskGiB                   *float64
}

func generate(name string) (string, error) {
	raw, err := os.ReadFile(name)
	if err != nil {
		return "", err
	}
	var all map[string]size
	if err := json.Unmarshal(raw, &all); err != nil {
		return "", fmt.Errorf("%s: %w", name, err)
	}
	var b strings.Builder
	for _, name := range slices.Sorted(maps.Keys(all)) {
		s := all[name]
		fmt.Fprintf(&b, "%s\t%s", name, s.letters())
		for _, n := range []*float64{s.MaxDataDisks, s.MaxNics, s.CachedDiskGiB, s.TempDiskGiB, s.NVMeDiskGiB} {
			if n == nil {
				b.WriteString("\t-")
				continue
			}
			fmt.Fprintf(&b, "\t%d", int(*n))
		}
		b.WriteByte('\n')
	}
	return b.String(), nil
}

// letters returns the letters of the capabilities in the order in which package
// sizes reads them.
func (s size) letters() string {
	trusted := s.TrustedLaunchDisabled
	if trusted != nil {
		able := !*trusted
		trusted = &able
	}
	confidential := "-"
	switch {
	case string(s.Confidential) == "null":
		confidential = "n"
	case len(s.Confidential) > 0:
		confidential = "y"
	}
	arm := "-"
	if s.Architecture != "" {
		is := s.Architecture == "Arm64"
		arm = letter(&is)
	}
	return letter(s.Listed) + letter(s.PremiumIO) + letter(s.AcceleratedNetworking) + letter(s.EphemeralOSDisk) + letter(s.EncryptionAtHost) +
		letter(s.LowPriority) + letter(s.UltraSSD) + letter(trusted) + confidential +
		among(s.HyperVGenerations, "V1") + among(s.HyperVGenerations, "V2") + among(s.DiskControllers, "SCSI") + among(s.DiskControllers, "NVMe") + arm
}

func letter(b *bool) string {
	switch {
	case b == nil:
		return "-"
	case *b:
		return "y"
	}
	return "n"
}

func among(list []string, want string) string {
	if list == nil {
		return "-"
	}
	has := slices.Contains(list, want)
	return letter(&has)
}
