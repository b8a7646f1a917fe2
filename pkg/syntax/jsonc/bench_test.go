package jsonc_test

import (
	"bytes"
	"encoding/json"
	"testing"

	"github.com/scaleset/scaleset/pkg/syntax/jsonc"
	"github.com/scaleset/scaleset/pkg/syntax/source"
)

// benchTexts returns the files of the corpus that encoding/json can read too.
func benchTexts(b *testing.B) (texts [][]byte) {
	b.Helper()
	size := 0
	corpus(b, func(_ string, text []byte) {
		text = bytes.TrimPrefix(text, []byte("\uFEFF"))
		if json.Valid(text) {
			texts = append(texts, text)
			size += len(text)
		}
	})
	b.SetBytes(int64(size))
	return texts
}

func BenchmarkParse(b *testing.B) {
	texts := benchTexts(b)
	b.ReportAllocs()
	for b.Loop() {
		for _, text := range texts {
			jsonc.Parse(source.NewFile("b.json", text))
		}
	}
}

// BenchmarkEncodingJSON is the baseline for BenchmarkParse.
func BenchmarkEncodingJSON(b *testing.B) {
	texts := benchTexts(b)
	b.ReportAllocs()
	for b.Loop() {
		for _, text := range texts {
			var v any
			if err := json.Unmarshal(text, &v); err != nil {
				b.Fatal(err)
			}
		}
	}
}

func BenchmarkFormat(b *testing.B) {
	var trees []*jsonc.Tree
	for _, text := range benchTexts(b) {
		trees = append(trees, jsonc.Parse(source.NewFile("b.json", text)))
	}
	b.ReportAllocs()
	for b.Loop() {
		for _, tree := range trees {
			jsonc.Format(tree, jsonc.Options{})
		}
	}
}
