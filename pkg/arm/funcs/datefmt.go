package funcs

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// standardTime returns the custom format of a standard format of .NET in the
// invariant culture.
//
// https://learn.microsoft.com/dotnet/standard/base-types/standard-date-and-time-format-strings
func standardTime(letter byte) (layout string, utc, ok bool) {
	switch letter {
	case 'd':
		return "MM/dd/yyyy", false, true
	case 'D':
		return "dddd, dd MMMM yyyy", false, true
	case 'f':
		return "dddd, dd MMMM yyyy HH:mm", false, true
	case 'F':
		return "dddd, dd MMMM yyyy HH:mm:ss", false, true
	case 'g':
		return "MM/dd/yyyy HH:mm", false, true
	case 'G':
		return "MM/dd/yyyy HH:mm:ss", false, true
	case 'm', 'M':
		return "MMMM dd", false, true
	case 'o', 'O':
		return "yyyy-MM-ddTHH:mm:ss.fffffffzzz", false, true
	case 'r', 'R':
		return "ddd, dd MMM yyyy HH:mm:ss 'GMT'", true, true
	case 's':
		return "yyyy-MM-ddTHH:mm:ss", false, true
	case 't':
		return "HH:mm", false, true
	case 'T':
		return "HH:mm:ss", false, true
	case 'u':
		return "yyyy-MM-dd HH:mm:ssZ", true, true
	case 'y', 'Y':
		return "yyyy MMMM", false, true
	}
	return "", false, false
}

// formatTime formats t with a .NET format: one letter is a standard format,
// anything else a custom one; an empty format is the general format of a
// DateTimeOffset.
func formatTime(t time.Time, layout string) (string, error) {
	switch len(layout) {
	case 0:
		layout = "MM/dd/yyyy HH:mm:ss zzz"
	case 1:
		custom, utc, ok := standardTime(layout[0])
		if !ok {
			return "", fmt.Errorf("'%s' is not one of the standard formats d D f F g G m o r s t T u y", layout)
		}
		if layout = custom; utc {
			t = t.UTC()
		}
	}
	f := timeFormatter{t: t, layout: layout}
	return f.run()
}

// A timeFormatter formats a time with a custom format.
//
// https://learn.microsoft.com/dotnet/standard/base-types/custom-date-and-time-format-strings
type timeFormatter struct {
	t      time.Time
	layout string
	pos    int
	out    []byte
}

func (f *timeFormatter) run() (string, error) {
	for f.pos < len(f.layout) {
		if len(f.out) > maxText {
			return "", tooLong(int64(len(f.out)))
		}
		if err := f.next(); err != nil {
			return "", err
		}
	}
	return string(f.out), nil
}

func (f *timeFormatter) next() error {
	c := f.layout[f.pos]
	switch c {
	case '\'', '"':
		return f.quoted(c)
	case '\\':
		if f.pos++; f.pos >= len(f.layout) {
			return errors.New("a \\ at the end escapes nothing")
		}
		f.char()
		return nil
	case '%':
		if f.pos++; f.pos >= len(f.layout) || f.layout[f.pos] == '%' {
			return errors.New("a % needs a letter behind it")
		}
		return f.next()
	}
	if strings.IndexByte("dfFghHKmMstyz", c) < 0 {
		f.char()
		return nil
	}
	n := 1
	for f.pos+n < len(f.layout) && f.layout[f.pos+n] == c {
		n++
	}
	if c == 'K' {
		n = 1 // each is a literal character
	}
	f.pos += n
	return f.field(c, n)
}

// char copies one character.
func (f *timeFormatter) char() {
	_, size := utf8.DecodeRuneInString(f.layout[f.pos:])
	f.out = append(f.out, f.layout[f.pos:f.pos+size]...)
	f.pos += size
}

// quoted copies text up to the closing quote; a backslash escapes.
func (f *timeFormatter) quoted(quote byte) error {
	for f.pos++; f.pos < len(f.layout); {
		switch c := f.layout[f.pos]; {
		case c == quote:
			f.pos++
			return nil
		case c == '\\' && f.pos+1 < len(f.layout):
			f.pos++
		}
		f.char()
	}
	return fmt.Errorf("the %c is never closed", quote)
}

// field formats n letters c.
func (f *timeFormatter) field(c byte, n int) error {
	t := f.t
	switch c {
	case 'd':
		f.named(n, t.Day(), t.Weekday().String()[:3], t.Weekday().String())
	case 'M':
		f.named(n, int(t.Month()), t.Month().String()[:3], t.Month().String())
	case 'h':
		f.number((t.Hour()+11)%12+1, min(n, 2))
	case 'H':
		f.number(t.Hour(), min(n, 2))
	case 'm':
		f.number(t.Minute(), min(n, 2))
	case 's':
		f.number(t.Second(), min(n, 2))
	case 't':
		half := "AM"
		if t.Hour() >= 12 {
			half = "PM"
		}
		f.out = append(f.out, half[:min(n, 2)]...)
	case 'y':
		f.year(n)
	case 'f', 'F':
		return f.fraction(c, n)
	case 'g':
		f.out = append(f.out, "A.D."...)
	case 'z':
		f.offset(n)
	case 'K':
		f.offset(3)
	}
	return nil
}

// named formats a number for one or two letters, a short name for three, a long
// one for more.
func (f *timeFormatter) named(n, number int, short, long string) {
	switch n {
	case 1, 2:
		f.number(number, n)
	case 3:
		f.out = append(f.out, short...)
	default:
		f.out = append(f.out, long...)
	}
}

func (f *timeFormatter) number(n, width int) {
	s := strconv.Itoa(n)
	for range width - len(s) {
		f.out = append(f.out, '0')
	}
	f.out = append(f.out, s...)
}

func (f *timeFormatter) year(n int) {
	if n <= 2 {
		f.number(f.t.Year()%100, n)
		return
	}
	f.number(f.t.Year(), min(n, maxAlign))
}

// fraction formats n digits of the second; F omits zeros at the end, and the
// point if no digit is left.
func (f *timeFormatter) fraction(c byte, n int) error {
	if n > 7 {
		return fmt.Errorf("%d times '%c', where 7 digits are the most", n, c)
	}
	digits := fmt.Sprintf("%09d", f.t.Nanosecond())[:n]
	if c == 'F' {
		digits = strings.TrimRight(digits, "0")
		if digits == "" && len(f.out) > 0 && f.out[len(f.out)-1] == '.' {
			f.out = f.out[:len(f.out)-1]
		}
	}
	f.out = append(f.out, digits...)
	return nil
}

func (f *timeFormatter) offset(n int) {
	_, seconds := f.t.Zone()
	sign := byte('+')
	if seconds < 0 {
		sign, seconds = '-', -seconds
	}
	f.out = append(f.out, sign)
	f.number(seconds/3600, min(n, 2))
	if n > 2 {
		f.out = append(f.out, ':')
		f.number(seconds/60%60, 2)
	}
}
