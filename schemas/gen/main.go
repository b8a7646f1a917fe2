// Command gen generates the documents of package schemas from recorded facts:
//
//	go generate ./schemas
//
// The facts, in ../facts, are tables of property paths with the API versions
// that have them. They are never edited: mistakes in them, and limits that are
// too strict, are corrected by the files in ../patches, each correction with
// its reason.
package main

import (
	"bytes"
	"compress/flate"
	"flag"
	"fmt"
	"os"
	"path/filepath"

	"github.com/scaleset/scaleset/schemas"
)

func main() {
	facts := flag.String("facts", "facts", "folder with arm/*.json and the files beside it")
	out := flag.String("out", ".", "folder of package schemas")
	show := flag.String("print", "", "print the document of this resource type instead of writing files")
	flag.Parse()
	if err := run(*facts, *out, *show); err != nil {
		fmt.Fprintln(os.Stderr, "gen:", err)
		os.Exit(1)
	}
}

func run(facts, out, show string) error {
	files, err := generate(facts, filepath.Join(out, "patches"))
	if err != nil {
		return err
	}
	if show != "" {
		_, err := os.Stdout.WriteString(files.documents[schemas.FileName(show)])
		return err
	}
	for name, text := range files.documents {
		if err := os.WriteFile(filepath.Join(out, "types", name), deflate(text), 0o644); err != nil {
			return err
		}
	}
	return os.WriteFile(filepath.Join(out, "catalog.txt"), []byte(files.catalog), 0o644)
}

// An output is the output of the generator: the text of each document, by file
// name, and the catalog.
type output struct {
	documents map[string]string
	catalog   string
}

func generate(facts, patchFolder string) (*output, error) {
	tables, err := readTables(filepath.Join(facts, "arm"))
	if err != nil {
		return nil, err
	}
	patches, err := readPatches(patchFolder, filepath.Join(facts, "also-accepted.json"), filepath.Join(facts, "read-only.json"))
	if err != nil {
		return nil, err
	}
	limits, err := readLimits(filepath.Join(facts, "constraints.json"))
	if err != nil {
		return nil, err
	}
	out := &output{documents: map[string]string{}}
	for _, t := range tables {
		doc, err := t.document()
		if err != nil {
			return nil, err
		}
		if err := limits.apply(doc); err != nil {
			return nil, err
		}
		if err := patches.apply(doc); err != nil {
			return nil, err
		}
		doc.settle()
		text, err := doc.text()
		if err != nil {
			return nil, err
		}
		out.documents[schemas.FileName(t.Type)] = text
	}
	if err := patches.unused(); err != nil {
		return nil, err
	}
	out.catalog, err = writeCatalog(tables, filepath.Join(facts, "resource-types.json"), filepath.Join(facts, "more-api-versions.json"))
	return out, err
}

func deflate(text string) []byte {
	var b bytes.Buffer
	w, _ := flate.NewWriter(&b, flate.BestCompression) // the level is valid
	w.Write([]byte(text))
	w.Close()
	return b.Bytes()
}
