// Command cmd runs the mutants of packages, see package mutation. For each
// package it prints the mutants that no test killed and a row of a table;
// progress goes to standard error.
//
//	go run ./pkg/internal/mutation/cmd [-jobs N] [-files REGEXP] [-tests PACKAGE,...] PACKAGE...
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"regexp"
	"strings"
	"time"

	"github.com/scaleset/scaleset/pkg/internal/mutation"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(ctx context.Context) error {
	jobs := flag.Int("jobs", 2, "how many tests run at a time")
	files := flag.String("files", "", "only files whose names match this regular expression")
	tests := flag.String("tests", "", "other packages whose tests run too, separated by commas")
	flag.Parse()
	o := mutation.Options{Jobs: *jobs, Log: func(format string, args ...any) { fmt.Fprintf(os.Stderr, format+"\n", args...) }}
	if *tests != "" {
		o.Tests = strings.Split(*tests, ",")
	}
	if *files != "" {
		var err error
		if o.Files, err = regexp.Compile(*files); err != nil {
			return err
		}
	}
	for _, pattern := range flag.Args() {
		start := time.Now()
		p, err := mutation.Load(pattern)
		if err != nil {
			return err
		}
		results, err := mutation.Run(ctx, p, o)
		if err != nil {
			return err
		}
		count := map[mutation.Outcome]int{}
		for _, r := range results {
			count[r.Outcome]++
			if r.Outcome != mutation.Killed {
				fmt.Printf("%-11s %s\n", r.Outcome, r)
			}
		}
		fmt.Printf("| `%s` | %d | %d | %d | %d |\n", p.Path, len(results), count[mutation.Killed], count[mutation.Survived], count[mutation.NotCovered])
		fmt.Fprintf(os.Stderr, "%s: %v\n", p.Path, time.Since(start).Round(time.Second))
	}
	return nil
}
