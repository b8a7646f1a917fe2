package cli

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime/debug"
	"strings"
	"time"

	"github.com/mattn/go-isatty"
	"github.com/scaleset/scaleset/pkg/check/engine"
	"github.com/scaleset/scaleset/pkg/check/policy"
	"github.com/scaleset/scaleset/pkg/report/render"
	"github.com/spf13/cobra"
)

// The exit codes, the same for all commands.
const (
	ExitClean    = 0 // nothing at or above --fail-on
	ExitFindings = 1 // findings at or above --fail-on
	ExitUsage    = 2 // a mistake in the command line or in the configuration
	ExitFailure  = 3 // the tool failed
)

// An App is what a command knows of the world: streams, facts about the
// terminal, the clock and the version. Tests make their own.
type App struct {
	In io.Reader
	// Out and Err are guarded while a command runs (see [render.Guard]): what a
	// command writes to them is text. For anything else there is [App.stream].
	Out, Err io.Writer
	// OutIsTerminal and ErrIsTerminal say whether a person looks at the stream.
	OutIsTerminal, ErrIsTerminal bool
	// InIsTerminal is set if questions can be asked on the standard input.
	InIsTerminal bool
	// Width is the number of columns of the terminal; 0 is unknown.
	Width int
	// Getenv reads the environment.
	Getenv func(string) string
	// Now is the clock; only what is documented to depend on the time calls it.
	Now func() time.Time
	// Dir is the working folder; relative paths start there.
	Dir string
	// Files are those that templates, parameter files and saved answers are read from;
	// nil: those of Dir, and of its git repository.
	Files   engine.Files
	Version string

	common commonOptions
	// uses says what each command takes from the settings; policy has those of
	// the command that runs, and loadPolicy reads them again.
	uses       map[*cobra.Command]settingsUse
	policy     policy.Policy
	loadPolicy func() (policy.Policy, error)
	streams    *engine.Streams
	// written has what the run writes, by base name, in the place of the disk; nil: the
	// disk is written.
	written map[string][]byte
	// inputs are the absolute paths of the files that the run has read, and force
	// says that they may be overwritten.
	inputs map[string]bool
	force  bool
	// ignored are files that were read in a search and are not inputs after all.
	ignored []string
}

// guard puts guards before the standard streams, and returns the function that takes
// them away.
func (app *App) guard() (end func()) {
	out, errs := render.NewGuard(app.Out, render.PlainText), render.NewGuard(app.Err, render.ColoredText)
	rawOut, rawErr := app.Out, app.Err
	app.Out, app.Err = out, errs
	return func() {
		_, _ = out.Flush(), errs.Flush() // a stream that fails has said so before
		app.Out, app.Err = rawOut, rawErr
	}
}

// unguarded returns a stream for what is not the text of an input: a protocol, a script of
// ours, or the sequences that query a terminal.
func (app *App) unguarded(w io.Writer) io.Writer {
	if g, ok := w.(*render.Guard); ok {
		return g.Unwrap()
	}
	return w
}

// stream calls write with the standard output, guarded as its kind needs it.
func (app *App) stream(kind render.Kind, write func(io.Writer) error) error {
	return render.Guarded(app.unguarded(app.Out), kind, write)
}

// print writes a template to the standard output.
func (app *App) print(template []byte) error {
	return app.stream(render.SourceText, func(w io.Writer) error {
		_, err := w.Write(template)
		return err
	})
}

// files returns those of the working folder, for the whole command.
func (app *App) files() *engine.Streams {
	if app.streams == nil {
		files := app.Files
		if files == nil {
			files = engine.Folder(app.Dir)
		}
		app.streams = engine.NewStreams(files)
	}
	return app.streams
}

// System returns the App of a real process. An empty version is taken from the
// build information of the binary.
func System(version string) *App {
	dir, err := os.Getwd()
	if err != nil {
		dir = "."
	}
	if version == "" {
		version = buildVersion()
	}
	return &App{
		In: os.Stdin, Out: os.Stdout, Err: os.Stderr,
		InIsTerminal: isTerminal(os.Stdin), OutIsTerminal: isTerminal(os.Stdout), ErrIsTerminal: isTerminal(os.Stderr),
		Width:  terminalWidth(os.Stdout, os.Getenv),
		Getenv: os.Getenv, Now: time.Now, Dir: dir, Version: version,
	}
}

func isTerminal(f *os.File) bool {
	return isatty.IsTerminal(f.Fd()) || isatty.IsCygwinTerminal(f.Fd())
}

func buildVersion() string {
	if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "" {
		return info.Main.Version
	}
	return "(devel)"
}

// Command returns the whole tree of commands, for documentation generators.
func Command(app *App) *cobra.Command { return newRootCmd(app, "") }

// Main runs the command line args (without the name of the program) and gives
// the exit code. Messages about failures are already printed when it returns.
func Main(ctx context.Context, app *App, args []string) (code int) {
	defer app.guard()()
	defer func() {
		if failed := recover(); failed != nil {
			code = app.exit(engine.NewDefect(failed), true)
		}
	}()
	app.inputs = map[string]bool{}
	root := newRootCmd(app, alone(args))
	root.SetArgs(args)
	if len(args) > 0 && (args[0] == cobra.ShellCompRequestCmd || args[0] == cobra.ShellCompNoDescRequestCmd) {
		completeFlags(root) // what a flag takes is read out of its usage, which other runs need not wait for
	}
	if err := unknownCommand(root, args); err != nil {
		return app.exit(err, false)
	}
	started := false
	root.PersistentPreRunE = func(cmd *cobra.Command, args []string) error {
		started = true
		if err := app.common.check(); err != nil {
			return err
		}
		return app.configure(cmd)
	}
	return app.exit(root.ExecuteContext(ctx), started)
}

// exit prints the error, if it was not printed yet, and gives its exit code.
// Whatever goes wrong before a command has started is a mistake in its use.
func (app *App) exit(err error, started bool) int {
	var usage *usageError
	switch {
	case err == nil:
		return ExitClean
	case errors.Is(err, errFindings), errors.Is(err, errNarrowed):
		return ExitFindings
	case errors.Is(err, context.Canceled):
		Interrupted(app.Err)
		return ExitFailure
	case errors.As(err, &usage), !started:
		app.complain(err)
		return ExitUsage
	default:
		app.complain(err)
		return ExitFailure
	}
}

// Interrupted says that a run was stopped before its end.
func Interrupted(w io.Writer) {
	_, _ = io.WriteString(w, "scaleset: interrupted; no file was changed after that\n")
}

func (app *App) complain(err error) {
	var b bytes.Buffer
	for line := range strings.Lines(strings.TrimRight(err.Error(), "\n")) {
		fmt.Fprintf(&b, "scaleset: %s\n", render.Neutral(strings.TrimRight(line, "\n")))
	}
	_, _ = app.Err.Write(b.Bytes()) // nowhere is left to complain about a closed standard error
}

// notice prints a line for people, unless --quiet is given.
func (app *App) notice(format string, args ...any) {
	if !app.common.Quiet {
		for line := range strings.Lines(render.Sprintf(format, args...)) {
			fmt.Fprintf(app.Err, "scaleset: %s\n", render.Neutral(strings.TrimRight(line, "\n")))
		}
	}
}

// useColor says whether results on the standard output are coloured.
func (app *App) useColor() bool {
	switch app.common.Color {
	case "always":
		return true
	case "never":
		return false
	}
	return app.OutIsTerminal && app.Getenv("NO_COLOR") == "" && app.Getenv("TERM") != "dumb"
}
