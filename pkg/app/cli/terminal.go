package cli

import (
	"os"
	"strconv"
	"strings"

	"golang.org/x/term"
)

// terminalWidth returns the number of columns: what COLUMNS says, else what the
// terminal does, if it is one; 0 is unknown.
func terminalWidth(f *os.File, getenv func(string) string) int {
	if n, err := strconv.Atoi(getenv("COLUMNS")); err == nil && n > 0 {
		return n
	}
	if !isTerminal(f) {
		return 0
	}
	n, _, err := term.GetSize(int(f.Fd()))
	if err != nil {
		return 0
	}
	return n
}

// useLinks says whether the terminal shows hyperlinks (OSC 8). Those that do
// not mostly pass over the sequence, but some print it, so only known ones get
// any. FORCE_HYPERLINK decides, as in other tools.
func (app *App) useLinks() bool {
	switch app.Getenv("FORCE_HYPERLINK") {
	case "":
	case "0":
		return false
	default:
		return true
	}
	if !app.OutIsTerminal || !app.useColor() || app.Getenv("CI") != "" {
		return false
	}
	if vte, err := strconv.Atoi(app.Getenv("VTE_VERSION")); err == nil {
		return vte >= 5000 // 0.50, GNOME 3.26
	}
	switch app.Getenv("TERM_PROGRAM") {
	case "iTerm.app", "WezTerm", "vscode", "Hyper", "ghostty", "rio":
		return true
	}
	for _, known := range []string{"kitty", "foot", "alacritty", "ghostty"} {
		if strings.Contains(app.Getenv("TERM"), known) {
			return true
		}
	}
	return app.Getenv("WT_SESSION") != "" || app.Getenv("KONSOLE_VERSION") != ""
}
