package autoscale

import (
	"bufio"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"
)

// A CSVError is an error in a file of metrics, with its position.
type CSVError struct {
	Name         string // of the file
	Line, Column int    // from 1; columns count bytes
	Text         string
}

func (e *CSVError) Error() string {
	return fmt.Sprintf("%s:%d:%d: %s", e.Name, e.Line, e.Column, e.Text)
}

// ReadCSV reads metrics: a header, then one row for each sample. One column is called
// time (or timestamp, date); one can be called instances, the number of instances that
// shared the load; the others are metrics, named as in the rules. An empty cell was not
// measured. Columns are separated by commas or semicolons. Times are RFC 3339, or UTC
// without an offset (2026-01-31 08:00[:00]), and ascending. max limits the number of
// samples; 0 means 1,000,000. An error in the file is a [*CSVError] with its name.
func ReadCSV(name string, r io.Reader, max int) (Series, error) {
	if max <= 0 {
		max = 1_000_000
	}
	rows := &rowReader{in: r, left: maxRow}
	in := bufio.NewReader(rows)
	c := &csvReader{name: name, Reader: csv.NewReader(in)}
	c.Comma, c.TrimLeadingSpace, c.ReuseRecord = separator(in), true, true
	if err := c.header(); err != nil {
		return Series{}, err
	}
	c.rows = 1
	var blocks [][]Sample // a slice that grows is in memory several times
	n := 0
	for ; ; n++ {
		rows.left = maxRow
		row, err := c.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return Series{}, c.broken(err)
		}
		if n >= max {
			return Series{}, c.mistake(0, "the file has more than %d samples, the limit; use longer intervals", max)
		}
		if n*len(c.metrics) >= maxValues {
			return Series{}, c.mistake(0, "the file has more than %d values, the limit; use longer intervals or fewer metrics", maxValues)
		}
		s, err := c.sample(row)
		if err != nil {
			return Series{}, err
		}
		if n%blockSize == 0 {
			blocks = append(blocks, make([]Sample, 0, blockSize))
		}
		c.rows = n + 2
		last := &blocks[len(blocks)-1]
		*last = append(*last, s)
	}
	if n == 0 {
		return Series{}, &CSVError{name, 1, 1, "the file has a header but no samples"}
	}
	c.series.Samples = slices.Concat(blocks...)
	return c.series, nil
}

// The limits of a file: its metrics, its values, and the bytes of a row.
const (
	maxMetrics = 100
	maxValues  = 5_000_000
	maxRow     = 64 << 10

	blockSize = 4096
)

// A rowReader fails when a row is too long. Its reader sets left for each row.
type rowReader struct {
	in   io.Reader
	left int
}

var errLongRow = fmt.Errorf("the row has more than %d bytes, the limit", maxRow)

// Read implements [io.Reader].
func (r *rowReader) Read(p []byte) (int, error) {
	if r.left <= 0 {
		return 0, errLongRow
	}
	n, err := r.in.Read(p)
	r.left -= n
	return n, err
}

type csvReader struct {
	*csv.Reader
	name            string
	series          Series
	time, instances int   // columns; instances is -1 when there is none
	metrics         []int // columns of series.Metrics
	last            time.Time
	rows            int // read so far
}

// separator looks at the first line: semicolons are what some spreadsheets write.
func separator(in *bufio.Reader) rune {
	if mark, err := in.Peek(3); err == nil && string(mark) == "\uFEFF" {
		_, _ = in.Discard(3) // was just seen
	}
	head, _ := in.Peek(4096)
	line, _, _ := strings.Cut(string(head), "\n")
	if strings.Contains(line, ";") && !strings.Contains(line, ",") {
		return ';'
	}
	return ','
}

func (c *csvReader) mistake(field int, format string, args ...any) error {
	line, column := c.FieldPos(field)
	return &CSVError{c.name, line, column, fmt.Sprintf(format, args...)}
}

// broken rewords what the reader of CSV says.
func (c *csvReader) broken(err error) error {
	if errors.Is(err, errLongRow) {
		return &CSVError{c.name, c.rows + 1, 1, errLongRow.Error()}
	}
	var parse *csv.ParseError
	if !errors.As(err, &parse) {
		return fmt.Errorf("reading %s: %w", c.name, err)
	}
	text := parse.Err.Error()
	if errors.Is(parse.Err, csv.ErrFieldCount) {
		text = fmt.Sprintf("the row must have %d cells, like the header", len(c.metrics)+1+min(1, c.instances+1))
	}
	return &CSVError{c.name, parse.Line, parse.Column, text}
}

func (c *csvReader) header() error {
	row, err := c.Read()
	if errors.Is(err, io.EOF) {
		return &CSVError{c.name, 1, 1, "the file is empty; it needs a header with time and the metrics"}
	}
	if err != nil {
		return c.broken(err)
	}
	c.time, c.instances = -1, -1
	seen := map[string]bool{}
	for i, cell := range row {
		cell = strings.TrimSpace(cell)
		key := strings.ToLower(cell)
		switch {
		case cell == "":
			return c.mistake(i, "the column has no name")
		case seen[key]:
			return c.mistake(i, "two columns are named %q", clip(cell))
		case c.time < 0 && (key == "time" || key == "timestamp" || key == "date"):
			c.time = i
		case key == "instances":
			c.instances = i
		default:
			if len(c.metrics) == maxMetrics {
				return c.mistake(i, "the file has more than %d metrics, the limit; save only those that the rules use", maxMetrics)
			}
			c.series.Metrics = append(c.series.Metrics, strings.Clone(cell))
			c.metrics = append(c.metrics, i)
		}
		seen[key] = true
	}
	switch {
	case c.time < 0:
		return c.mistake(0, "there is no column \"time\"; the file must be CSV with a header, or saved from az monitor metrics list -o json")
	case len(c.metrics) == 0:
		return c.mistake(0, "there is no metric column; name columns like the metrics of the rules, such as Percentage CPU")
	}
	return nil
}

func (c *csvReader) sample(row []string) (s Sample, err error) {
	s.Values = make([]float64, len(c.metrics))
	var ok bool
	if s.Time, ok = ParseTime(row[c.time]); !ok {
		return s, c.mistake(c.time, "%q is not a time; write it as 2026-01-31T08:00:00Z", clip(row[c.time]))
	}
	if !c.last.IsZero() && s.Time.Before(c.last) {
		return s, c.mistake(c.time, "%s is earlier than the previous sample; sort the rows by time", row[c.time])
	}
	c.last = s.Time
	if c.instances >= 0 && strings.TrimSpace(row[c.instances]) != "" {
		if s.Instances, err = strconv.Atoi(strings.TrimSpace(row[c.instances])); err != nil || s.Instances < 0 {
			return s, c.mistake(c.instances, "%q is not a number of instances", clip(row[c.instances]))
		}
	}
	for k, column := range c.metrics {
		cell := strings.TrimSpace(row[column])
		if cell == "" {
			s.Values[k] = math.NaN()
			continue
		}
		s.Values[k], err = strconv.ParseFloat(cell, 64)
		if err != nil || math.IsNaN(s.Values[k]) || math.IsInf(s.Values[k], 0) {
			return s, c.mistake(column, "%q is not a number, in column %s", clip(cell), clip(c.series.Metrics[k]))
		}
	}
	return s, nil
}

// clip shortens a cell for a message.
func clip(cell string) string {
	const most = 100
	if len(cell) <= most {
		return cell
	}
	return strings.ToValidUTF8(cell[:most], "") + "..."
}

// ParseTime parses a time of a series: RFC 3339, or UTC without an offset, such as
// 2026-01-31 08:00. ok is false for other texts.
func ParseTime(text string) (t time.Time, ok bool) {
	text = strings.TrimSpace(text)
	for _, layout := range [...]string{
		time.RFC3339Nano, "2006-01-02 15:04:05Z07:00", "2006-01-02T15:04:05", "2006-01-02 15:04:05",
		"2006-01-02T15:04Z07:00", "2006-01-02T15:04", "2006-01-02 15:04", "2006-01-02",
	} {
		if t, err := time.Parse(layout, text); err == nil {
			return t, true
		}
	}
	return time.Time{}, false
}
