// Command scaleset-man writes the manual pages of scaleset into a folder. It
// runs when a release is built, so that scaleset itself does not contain the
// generator.
package main

import (
	"fmt"
	"os"
	"strconv"
	"time"

	"github.com/spf13/cobra/doc"

	"github.com/scaleset/scaleset/pkg/app/cli"
)

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: scaleset-man FOLDER")
		os.Exit(cli.ExitUsage)
	}
	if err := write(os.Args[1]); err != nil {
		fmt.Fprintf(os.Stderr, "scaleset-man: %v\n", err)
		os.Exit(cli.ExitFailure)
	}
}

// write writes reproducible pages: their only date is that of the source, in
// seconds, see https://reproducible-builds.org/specs/source-date-epoch/.
func write(folder string) error {
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return err
	}
	root := cli.Command(cli.System(""))
	root.DisableAutoGenTag = true
	seconds, _ := strconv.ParseInt(os.Getenv("SOURCE_DATE_EPOCH"), 10, 64) // 1970 without one
	date := time.Unix(seconds, 0).UTC()
	return doc.GenManTree(root, &doc.GenManHeader{Section: "1", Source: "scaleset", Manual: "scaleset", Date: &date}, folder)
}
