package expand

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/scaleset/scaleset/pkg/arm"
	"github.com/scaleset/scaleset/pkg/syntax/jsonc"
	"github.com/scaleset/scaleset/pkg/syntax/source"
)

// BenchmarkExpand expands parsed templates of three sizes: the work of one set
// of parameters.
func BenchmarkExpand(b *testing.B) {
	for _, name := range []string{"small", "medium", "large"} {
		text, err := os.ReadFile(filepath.Join("testdata", "bench", name+".json"))
		if err != nil {
			b.Fatal(err)
		}
		tree := jsonc.Parse(source.NewFile(name+".json", text))
		template := arm.ParseTemplate(tree)
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			b.SetBytes(int64(len(text)))
			for b.Loop() {
				Expand(template, Options{Context: oracleContext})
			}
		})
	}
}

// BenchmarkCorpus expands every public template with its recorded parameters.
func BenchmarkCorpus(b *testing.B) {
	type job struct {
		t *arm.Template
		o Options
	}
	var jobs []job
	corpus(b, func(a answer, template []byte) {
		jobs = append(jobs, job{arm.ParseTemplate(jsonc.Parse(source.NewFile(a.Template, template))), a.options()})
	})
	b.ReportAllocs()
	for b.Loop() {
		for _, j := range jobs {
			Expand(j.t, j.o)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N*len(jobs)), "µs/template")
}
