package placement_test

import (
	"fmt"
	"testing"

	"github.com/scaleset/scaleset/pkg/capacity/placement"
)

// Growth is linear: each line should be ten times the one before.
func BenchmarkResize(b *testing.B) {
	shapes := map[string]placement.Config{
		"preview":  {Model: placement.Preview},
		"regional": {},
		"zonal":    {Zones: threeZones},
	}
	for _, name := range []string{"preview", "regional", "zonal"} {
		for n := 1_000; n <= 1_000_000; n *= 10 {
			b.Run(fmt.Sprintf("%s/%d", name, n), func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					s, err := placement.New(shapes[name], n)
					if err != nil {
						b.Fatal(err)
					}
					for _, to := range []int{n / 2, n / 10 * 9} {
						if _, err := s.Resize(to); err != nil {
							b.Fatal(err)
						}
					}
				}
			})
		}
	}
}

func BenchmarkBalance(b *testing.B) {
	for _, config := range []placement.Config{{}, {Zones: []string{"1", "2", "3"}}} {
		s, err := placement.New(config, 1_000_000)
		if err != nil {
			b.Fatal(err)
		}
		b.Run(fmt.Sprintf("%d zones", len(config.Zones)), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				s.Balance()
			}
		})
	}
}
