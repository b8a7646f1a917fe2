//go:build unix

package policy_test

import (
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"syscall"
	"testing"
	"time"

	"github.com/scaleset/scaleset/pkg/check/engine"
	"github.com/scaleset/scaleset/pkg/check/policy"
	"github.com/scaleset/scaleset/pkg/check/rules"
	"github.com/scaleset/scaleset/pkg/internal/golden"
)

// BenchmarkCustom measures a check of all public templates with a scale set, with
// all rules of ours and with some rules of a project beside them, in turns: percent
// is what those add to the medians of the time of the processors, their compilation
// included.
func BenchmarkCustom(b *testing.B) {
	corpus := filepath.Join(golden.Root(b), "..", "shared", "corpus", "scale-sets")
	if _, err := os.Stat(corpus); err != nil {
		b.Skip("the collection of public templates is not beside the repository")
	}
	for _, bb := range []struct {
		name string
		take int // of the rules of examples/policy, the first is for scale sets
	}{{"one", 1}, {"twelve", 12}} {
		b.Run(bb.name, func(b *testing.B) {
			check := func(n int) time.Duration {
				runtime.GC()
				start := spent(b)
				c := engine.Config{Files: engine.Folder(corpus), Rules: rules.All(), Jobs: 1, FindingsOnly: true}
				if n > 0 {
					p, err := policy.Load(corpus, filepath.Join(golden.Root(b), "examples", "policy", ".scaleset.yaml"))
					if err != nil || len(p.Custom) < n {
						b.Fatal(err, len(p.Custom))
					}
					c.Rules = append(c.Rules, p.Custom[:n]...)
				}
				e, err := engine.New(c)
				if err != nil {
					b.Fatal(err)
				}
				if _, err := e.Check(b.Context(), []string{"."}); err != nil {
					b.Fatal(err)
				}
				return spent(b) - start
			}
			var without, with []time.Duration
			for b.Loop() {
				without, with = append(without, check(0)), append(with, check(bb.take))
			}
			slices.Sort(without)
			slices.Sort(with)
			a, c := without[len(without)/2], with[len(with)/2]
			b.ReportMetric(100*float64(c-a)/float64(a), "percent")
			b.ReportMetric(float64(a.Microseconds())/1000, "ms-without")
			b.ReportMetric(float64(c.Microseconds())/1000, "ms-with")
		})
	}
}

// spent is the time of the processors that the process has used.
func spent(b *testing.B) time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		b.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
