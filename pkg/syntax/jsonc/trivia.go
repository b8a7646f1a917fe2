package jsonc

import (
	"sort"
	"strings"
)

// The text between the values of a tree: blanks, comments, commas, colons.

// commentsIn returns the comments within [start, end).
func (t *Tree) commentsIn(start, end int) []Comment {
	from := sort.Search(len(t.Comments), func(i int) bool { return t.Comments[i].At.Start >= start })
	to := from
	for to < len(t.Comments) && t.Comments[to].At.End <= end {
		to++
	}
	return t.Comments[from:to]
}

// isLine reports whether the comment runs to the end of its line.
func (c Comment) isLine() bool { return strings.HasPrefix(c.At.Text(), "//") }

// trivia returns the text [start, end) between two values without its comments.
func (t *Tree) trivia(start, end int) string {
	comments := t.commentsIn(start, end)
	text := t.File.Bytes()
	if len(comments) == 0 {
		return string(text[start:end])
	}
	var b strings.Builder
	for _, c := range comments {
		b.Write(text[start:c.At.Start])
		start = c.At.End
	}
	b.Write(text[start:end])
	return b.String()
}

// commaIn returns the offset of the first comma in [start, end) outside
// comments, or -1.
func (t *Tree) commaIn(start, end int) int {
	text := t.File.Bytes()
	comments := t.commentsIn(start, end)
	for i := start; i < end; i++ {
		if len(comments) > 0 && comments[0].At.Start == i {
			i = comments[0].At.End - 1
			comments = comments[1:]
			continue
		}
		if text[i] == ',' {
			return i
		}
	}
	return -1
}

// breaks counts the line ends of a text, CRLF as one.
func breaks(s string) int {
	n := strings.Count(s, "\n") + strings.Count(s, "\r")
	return n - strings.Count(s, "\r\n")
}

// lineBreak returns the line end that the text uses: that of its first line.
func lineBreak(text []byte) string {
	for i, c := range text {
		switch {
		case c == '\n':
			return "\n"
		case c == '\r' && i+1 < len(text) && text[i+1] == '\n':
			return "\r\n"
		}
	}
	return "\n"
}

// gap describes the text between two neighbours inside brackets: from the end
// of one value, or the opening bracket, to the next value, or the closing
// bracket.
type gap struct {
	trailing []Comment // on the line of the value before
	own      []Comment // on lines of their own
	leading  []Comment // directly before the value after, on its line
	// blank records which of own, and then of leading[0] or the value after,
	// has a blank line before it. It has len(own)+1 entries.
	blank []bool
}

// gap assigns the comments of [start, end) to the values beside them. At a
// closing bracket no comment is leading.
func (t *Tree) gap(start, end int, closing bool) gap {
	comments := t.commentsIn(start, end)
	if len(comments) == 0 {
		return gap{blank: []bool{breaks(string(t.File.Bytes()[start:end])) > 1}}
	}
	lead := len(comments)
	for ; lead > 0 && !closing; lead-- {
		between := t.trivia(comments[lead-1].At.End, end)
		if strings.ContainsAny(between, ",\r\n") {
			break
		}
	}
	g := gap{leading: comments[lead:]}
	at, trail := start, 0
	for ; trail < lead; trail++ {
		if breaks(string(t.File.Bytes()[at:comments[trail].At.Start])) > 0 {
			break
		}
		at = comments[trail].At.End
	}
	g.trailing, g.own = comments[:trail], comments[trail:lead]
	for _, c := range g.own {
		g.blank = append(g.blank, breaks(string(t.File.Bytes()[at:c.At.Start])) > 1)
		at = c.At.End
	}
	next := end
	if len(g.leading) > 0 {
		next = g.leading[0].At.Start
	}
	g.blank = append(g.blank, breaks(string(t.File.Bytes()[at:next])) > 1)
	return g
}
