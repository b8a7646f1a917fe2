// Command growth draws the time and the memory of a check for growing numbers
// of templates and of resources, from the output of the benchmarks:
//
//	go test ./pkg/check/engine -run xxx -bench 'Templates|Resources' | go run ./pkg/internal/growth > docs/growth.svg
package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"regexp"
	"strconv"
	"strings"
)

func main() {
	charts, err := read(os.Stdin)
	if err == nil {
		err = draw(os.Stdout, charts)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// A chart shows one measure of a check of n units.
type chart struct {
	unit, measure string // "template", "ms"
	points        []point
}

type point struct{ n, y float64 }

// line matches a result of a benchmark of n units, with its figures for one
// unit.
var line = regexp.MustCompile(`^Benchmark\w+/(\d+)(?:-\d+)?\s.*?([\d.]+) KB/(\w+)\s+([\d.]+) µs/\w+`)

// read parses the figures for one unit and returns those for all of them.
func read(r io.Reader) ([]chart, error) {
	var charts []chart
	add := func(unit, measure string, p point) {
		for i := range charts {
			if charts[i].unit == unit && charts[i].measure == measure {
				charts[i].points = append(charts[i].points, p)
				return
			}
		}
		charts = append(charts, chart{unit, measure, []point{p}})
	}
	lines := bufio.NewScanner(r)
	for lines.Scan() {
		m := line.FindStringSubmatch(lines.Text())
		if m == nil {
			continue
		}
		n, err1 := strconv.ParseFloat(m[1], 64)
		kb, err2 := strconv.ParseFloat(m[2], 64)
		us, err3 := strconv.ParseFloat(m[4], 64)
		if err := errors.Join(err1, err2, err3); err != nil {
			return nil, err
		}
		add(m[3], "ms of processor time", point{n, n * us / 1000})
		add(m[3], "MB allocated", point{n, n * kb / 1024})
	}
	if len(charts) == 0 {
		return nil, errors.New("there is no benchmark with µs and KB for each unit in the input")
	}
	return charts, lines.Err()
}

// Sizes in the picture, in pixels.
const (
	width, height           = 420.0, 300.0 // of a chart
	left, right, top, below = 62.0, 24.0, 44.0, 44.0
)

// draw writes the charts, two in a row. Both axes are logarithmic: proportional
// growth is a line of slope one, which is drawn through the last point.
func draw(w io.Writer, charts []chart) error {
	rows := (len(charts) + 1) / 2
	var b strings.Builder
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %g %g" font-family="system-ui,sans-serif" font-size="12" role="img">`+"\n", 2*width, float64(rows)*height)
	b.WriteString(`<title>Growth of the time and memory of a check</title>
<style>:root{--ink:#1c2430;--soft:#5b6675;--grid:#dfe4ea;--mark:#1f6feb;--page:#fff}@media(prefers-color-scheme:dark){:root{--ink:#e6edf3;--soft:#9aa7b5;--grid:#30363d;--mark:#58a6ff;--page:#0d1117}}
text{fill:var(--soft)}.title{fill:var(--ink);font-weight:600}.grid{stroke:var(--grid)}.line{stroke:var(--mark);stroke-width:2;fill:none}.mark{fill:var(--mark)}.ideal{stroke:var(--soft);stroke-dasharray:4 4}</style>
`)
	fmt.Fprintf(&b, `<rect width="%g" height="%g" fill="var(--page)"/>`+"\n", 2*width, float64(rows)*height)
	for i, c := range charts {
		fmt.Fprintf(&b, `<g transform="translate(%g,%g)">`+"\n", width*float64(i%2), height*float64(i/2))
		c.draw(&b)
		b.WriteString("</g>\n")
	}
	b.WriteString("</svg>\n")
	_, err := io.WriteString(w, b.String())
	return err
}

func (c chart) draw(b *strings.Builder) {
	first, last := c.points[0], c.points[len(c.points)-1]
	low, high := math.Inf(1), math.Inf(-1)
	for _, p := range c.points {
		low, high = min(low, p.y), max(high, p.y)
	}
	x := scale{first.n, last.n, left, width - right}
	y := scale{math.Pow(10, math.Floor(math.Log10(low))), math.Pow(10, math.Ceil(math.Log10(high))), height - below, top}
	fmt.Fprintf(b, `<text class="title" x="%g" y="24">%s by %ss</text>`+"\n", left, c.measure, c.unit)
	for v := y.from; v <= y.to*1.01; v *= 10 {
		fmt.Fprintf(b, `<line class="grid" x1="%g" x2="%g" y1="%.1f" y2="%.1f"/><text x="%g" y="%.1f" text-anchor="end">%s</text>`+"\n", left, width-right, y.at(v), y.at(v), left-8, y.at(v)+4, number(v))
	}
	for _, p := range c.points {
		fmt.Fprintf(b, `<text x="%.1f" y="%g" text-anchor="middle">%s</text>`+"\n", x.at(p.n), height-below+20, number(p.n))
	}
	// Proportional to the last point, as far back as the chart goes.
	start := max(first.n, last.n*y.from/last.y)
	fmt.Fprintf(b, `<line class="ideal" x1="%.1f" y1="%.1f" x2="%.1f" y2="%.1f"/>`+"\n", x.at(start), y.at(last.y*start/last.n), x.at(last.n), y.at(last.y))
	b.WriteString(`<polyline class="line" points="`)
	for _, p := range c.points {
		fmt.Fprintf(b, "%.1f,%.1f ", x.at(p.n), y.at(p.y))
	}
	b.WriteString(`"/>` + "\n")
	for _, p := range c.points {
		fmt.Fprintf(b, `<circle class="mark" cx="%.1f" cy="%.1f" r="3.5"><title>%s: %s</title></circle>`+"\n", x.at(p.n), y.at(p.y), number(p.n), number(p.y))
	}
}

// A scale maps values to pixels logarithmically.
type scale struct{ from, to, start, end float64 }

func (s scale) at(v float64) float64 {
	if s.from == s.to {
		return (s.start + s.end) / 2
	}
	return s.start + (s.end-s.start)*math.Log(v/s.from)/math.Log(s.to/s.from)
}

// number formats a number for a chart: 1,000 and 12.5 and 0.1.
func number(v float64) string {
	s := strconv.FormatFloat(v, 'g', 3, 64)
	if v >= 100 {
		s = strconv.FormatFloat(v, 'f', 0, 64)
	}
	if n := len(s); v >= 1000 && n > 3 {
		s = s[:n-3] + "," + s[n-3:]
	}
	return s
}
