package cli

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"

	"golang.org/x/term"
)

// An interview asks a person at the terminal, a line for each question. The
// questions go to the standard error, so that results can be redirected.
type interview struct {
	terminal *term.Terminal
	end      func()
}

// canAsk reports whether questions can be asked on the terminal.
func (app *App) canAsk() bool { return app.InIsTerminal && app.ErrIsTerminal }

// interview starts an interview. The caller must call end.
func (app *App) interview() (*interview, error) {
	stream := struct {
		io.Reader
		io.Writer
	}{app.In, app.unguarded(app.Err)} // the terminal writes sequences of its own
	i := &interview{terminal: term.NewTerminal(stream, ""), end: func() {}}
	if f, ok := app.In.(*os.File); ok {
		state, err := term.MakeRaw(int(f.Fd()))
		if err != nil {
			return nil, fmt.Errorf("asking on the terminal: %w", err)
		}
		i.end = func() { _ = term.Restore(int(f.Fd()), state) } // nothing else can be tried
	}
	return i, nil
}

// errCancelled is returned when the user cancels an interview.
var errCancelled = usagef("cancelled; nothing was written")

// line asks for a text until check accepts it. An empty answer is the default.
func (i *interview) line(question, standard string, check func(string) error) (string, error) {
	if standard != "" {
		question += " [" + standard + "]"
	}
	i.terminal.SetPrompt(question + ": ")
	for {
		answer, err := i.terminal.ReadLine()
		if errors.Is(err, io.EOF) {
			return "", errCancelled
		}
		if err != nil {
			return "", err
		}
		if answer = strings.TrimSpace(answer); answer == "" {
			answer = standard
		}
		if err = check(answer); err == nil {
			return answer, nil
		}
		fmt.Fprintf(i.terminal, "  %v\n", err)
	}
}

// number asks for an integer of at least low.
func (i *interview) number(question string, standard, low int) (int, error) {
	answer, err := i.line(question, strconv.Itoa(standard), func(s string) error {
		if n, err := strconv.Atoi(s); err != nil || n < low {
			return fmt.Errorf("%q is not a whole number; enter %d or more", s, low)
		}
		return nil
	})
	if err != nil {
		return 0, err
	}
	return strconv.Atoi(answer)
}

// confirm asks for yes or no. No answer is no.
func (i *interview) confirm(question string) (bool, error) {
	answer, err := i.line(question+" (yes or no)", "no", func(s string) error {
		switch strings.ToLower(s) {
		case "y", "yes", "n", "no":
			return nil
		}
		return errors.New("enter yes or no")
	})
	return strings.HasPrefix(strings.ToLower(answer), "y"), err
}

// A choice is one of a few answers.
type choice struct{ name, about string }

// choose prints a numbered list and asks for one entry, by number or name.
func (i *interview) choose(question string, choices []choice) (string, error) {
	width := 0
	for _, c := range choices {
		width = max(width, len(c.name))
	}
	for n, c := range choices {
		fmt.Fprintf(i.terminal, "%4d  %-*s  %s\n", n+1, width, c.name, c.about)
	}
	pick := func(s string) string {
		if n, err := strconv.Atoi(s); err == nil && n >= 1 && n <= len(choices) {
			return choices[n-1].name
		}
		for _, c := range choices {
			if strings.EqualFold(c.name, s) {
				return c.name
			}
		}
		return ""
	}
	answer, err := i.line(question, "", func(s string) error {
		if pick(s) == "" {
			return fmt.Errorf("%q is not in the list; enter a number from 1 to %d, or a name", s, len(choices))
		}
		return nil
	})
	return pick(answer), err
}
