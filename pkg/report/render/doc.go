// Package render holds what all outputs share: text that is neutral on a terminal,
// in a build log, in Markdown, HTML, XML, JSON and CSV, wrapping, colour, the style
// of pages, numbers and nouns. It is the only package that knows colour.
//
// A writer prints what it is given and checks nothing. Text that comes from the
// input (paths, messages, lines of source) is neutralized before it reaches a
// terminal, and secrets are masked.
package render
