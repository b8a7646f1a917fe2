package settings

import (
	"cmp"
	"slices"

	"github.com/scaleset/scaleset/pkg/check/packs"
)

// A Kind is the form of the value of a key.
type Kind int

// The kinds.
const (
	Text     Kind = iota
	Word          // one of Key.Words
	Number        // a whole number, 0 or more
	List          // strings; a single one needs no list
	Patterns      // a List of patterns of files
	File          // the name of a file below the folder of the settings
	Files         // several
	Map           // values by name: what JSON has
	Words         // a List of Key.Words
)

// A Key is a setting that is the value of a flag, mostly of the same name.
type Key struct {
	Name  string
	Flag  string // the name of the flag when it is another one
	Kind  Kind
	Words []string // of a Word or of Words
	Doc   string   // one sentence without a full stop
	// Local keys may differ by path.
	Local bool
	// Lint keys are for lint alone; the others are for every command that
	// expands a template.
	Lint bool
}

// FlagName returns the name of the flag.
func (k Key) FlagName() string { return cmp.Or(k.Flag, k.Name) }

// Keys returns the settings that are flags, in the order of the documentation.
func Keys() []Key {
	severities := []string{"info", "warning", "error"}
	return []Key{
		{Name: "guidance", Kind: Word, Words: []string{"auto", "preview", "current"}, Local: true, Doc: "The era of the guidance to check against; auto chooses by the API version of each scale set"},
		{Name: "packs", Flag: "pack", Kind: Words, Words: packs.Names(), Local: true, Doc: "Packs of rules to turn on, beside those of the command line"},
		{Name: "fail-on", Kind: Word, Words: append(slices.Clone(severities), "never"), Lint: true, Doc: "The lowest severity that makes lint exit with 1"},
		{Name: "min-severity", Kind: Word, Words: severities, Lint: true, Doc: "Findings below this severity are left out"},
		{Name: "max-findings", Kind: Number, Lint: true, Doc: "The largest number of findings to report, most severe first; 0 reports all"},
		{Name: "format", Kind: List, Lint: true, Doc: "How results are written to the standard output; files are named on the command line"},
		{Name: "baseline", Kind: File, Lint: true, Doc: "The file of known findings, which are not reported again"},
		{Name: "exclude", Kind: Patterns, Lint: true, Doc: "Patterns of files to skip in folders"},
		{Name: "parameters", Kind: Files, Local: true, Doc: "Parameter files, each checked in a run of its own, instead of those beside the template"},
		{Name: "set", Kind: Map, Doc: "Values of single parameters in all runs"},
		{Name: "link-root", Kind: File, Doc: "The folder below which linked templates are read"},
		{Name: "usage", Kind: File, Lint: true, Doc: "Saved output of az vm list-usage"},
		{Name: "skus", Kind: File, Lint: true, Doc: "Saved output of az vm list-skus"},
		{Name: "resource-group", Doc: "The name that resourceGroup() answers with"},
		{Name: "location", Doc: "The region of the resource group or of the deployment"},
		{Name: "subscription-id", Doc: "The id that subscription() answers with"},
		{Name: "tenant-id", Doc: "The id that tenant() answers with"},
		{Name: "management-group", Doc: "The name of the management group of the deployment"},
		{Name: "deployment-name", Doc: "The name that deployment() answers with"},
	}
}

// states returns what a rule can be set to.
func states() []string { return []string{"off", "on", "info", "warning", "error"} }
