package funcs

import (
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"

	"github.com/scaleset/scaleset/pkg/arm/value"
)

// A decimal is a number in decimal digits: 0.d1d2d3... times ten to the power
// of point. The digits have no zeros at the start or the end; no digits mean 0.
type decimal struct {
	negative bool
	digits   string
	point    int
	float    bool // from a float, not an integer
	f        float64
}

func newDecimal(v value.Value) decimal {
	switch v := v.(type) {
	case value.Int:
		return decimalText(strconv.FormatInt(int64(v), 10))
	case value.Number:
		if value.KindName(v) == "int" {
			return decimalText(v.Text)
		}
		f, _ := v.Float()
		d := decimalText(strconv.FormatFloat(f, 'f', -1, 64))
		d.float, d.f = true, f
		d.negative = math.Signbit(f)
		return d
	}
	return decimal{}
}

// decimalText parses digits with a sign and a point.
func decimalText(s string) decimal {
	s, negative := strings.CutPrefix(s, "-")
	whole, fraction, _ := strings.Cut(s, ".")
	return decimal{negative: negative, digits: whole + fraction, point: len(whole)}.trimmed()
}

func (d decimal) trimmed() decimal {
	lead := len(d.digits) - len(strings.TrimLeft(d.digits, "0"))
	d.digits = strings.TrimRight(d.digits[lead:], "0")
	d.point -= lead
	if d.digits == "" {
		d.point = 0
	}
	return d
}

// digit returns the i-th digit, 0 beyond the ends.
func (d decimal) digit(i int) byte {
	if i < 0 || i >= len(d.digits) {
		return '0'
	}
	return d.digits[i]
}

// rounded keeps n digits, rounding a half up.
func (d decimal) rounded(n int) decimal {
	if n >= len(d.digits) {
		return d
	}
	if n < 0 {
		d.digits, d.point = "", 0
		return d
	}
	up := d.digits[n] >= '5'
	kept := []byte(d.digits[:n])
	if up {
		i := n - 1
		for i >= 0 && kept[i] == '9' {
			kept[i] = '0'
			i--
		}
		if i >= 0 {
			kept[i]++
		} else {
			kept = append([]byte{'1'}, kept...)
			d.point++
		}
	}
	d.digits = string(kept)
	return d.trimmed()
}

// places keeps n digits after the decimal point. Floats are rounded by their
// exact value, a half to the even digit, as .NET does since Core 2.1.
func (d decimal) places(n int) decimal {
	if !d.float || n > 400 {
		return d.rounded(d.point + n)
	}
	return d.exact(strconv.FormatFloat(math.Abs(d.f), 'f', n, 64))
}

// significant keeps n significant digits.
func (d decimal) significant(n int) decimal {
	if !d.float || n > 400 {
		return d.rounded(n)
	}
	text, exp, _ := strings.Cut(strconv.FormatFloat(math.Abs(d.f), 'e', max(n, 1)-1, 64), "e")
	e := d.exact(text)
	power, _ := strconv.Atoi(exp)
	e.point += power
	return e
}

// exact parses text as a decimal with the sign of d.
func (d decimal) exact(text string) decimal {
	e := decimalText(text)
	e.negative, e.float, e.f = d.negative, d.float, d.f
	return e
}

// fixed formats d with n digits after the decimal point, and with commas
// between the thousands if group is set. It does not round.
func (d decimal) fixed(n int, group bool) string {
	var b strings.Builder
	if d.point <= 0 {
		b.WriteByte('0')
	}
	for i := range max(d.point, 0) {
		b.WriteByte(d.digit(i))
		if left := d.point - i - 1; group && left > 0 && left%3 == 0 {
			b.WriteByte(',')
		}
	}
	if n > 0 {
		b.WriteByte('.')
	}
	for i := range n {
		b.WriteByte(d.digit(d.point + i))
	}
	return b.String()
}

// formatNumber formats a number with a .NET format in the invariant culture.
//
// https://learn.microsoft.com/dotnet/standard/base-types/standard-numeric-format-strings
func formatNumber(v value.Value, spec string) (string, error) {
	letter, precision, standard := standardNumber(spec)
	if !standard {
		return customNumber(newDecimal(v), spec)
	}
	if precision > maxText/2 {
		return "", tooLong(int64(precision))
	}
	d := newDecimal(v)
	if d.float && strings.IndexByte("DXB", letter&^0x20) >= 0 {
		return "", fmt.Errorf("'%s' is for integers only", clip(spec))
	}
	switch letter {
	case 'D', 'd':
		return d.minus(leadingZeros(d.fixed(0, false), precision)), nil
	case 'X', 'x', 'B', 'b':
		return formatBits(v, letter, precision)
	case 'F', 'f':
		p := orElse(precision, 2)
		return signed(d.places(p), "-", d.places(p).fixed(p, false), ""), nil
	case 'N', 'n':
		p := orElse(precision, 2)
		return signed(d.places(p), "-", d.places(p).fixed(p, true), ""), nil
	case 'C', 'c':
		p := orElse(precision, 2)
		return currency(d.places(p), p), nil
	case 'P', 'p':
		return percent(d, orElse(precision, 2)), nil
	case 'E', 'e':
		return d.scientific(letter, orElse(precision, 6), 3), nil
	case 'G', 'g':
		return d.general(v, letter, precision), nil
	case 'R', 'r':
		return d.general(v, letter-'R'+'G', 0), nil
	}
	return "", errors.New("it is not one of the standard formats C D E F G N P R X B")
}

// standardNumber splits a standard format into its letter and its digits.
// precision is -1 if there are no digits.
func standardNumber(spec string) (letter byte, precision int, ok bool) {
	letter = spec[0]
	if c := letter | 0x20; c < 'a' || c > 'z' {
		return 0, 0, false
	}
	if len(spec) == 1 {
		return letter, -1, true
	}
	if strings.Trim(spec[1:], "0123456789") != "" || len(spec) > 10 {
		return 0, 0, false
	}
	precision, _ = strconv.Atoi(spec[1:])
	return letter, precision, true
}

func orElse(n, other int) int {
	if n < 0 {
		return other
	}
	return n
}

func leadingZeros(s string, width int) string {
	return strings.Repeat("0", max(0, width-len(s))) + s
}

func (d decimal) minus(s string) string {
	if d.negative {
		return "-" + s
	}
	return s
}

// signed adds before and after to the text of a negative number. A negative
// float that was rounded to zero keeps its sign.
func signed(d decimal, before, text, after string) string {
	if d.negative && (d.digits != "" || d.float) {
		return before + text + after
	}
	return text
}

func currency(d decimal, places int) string {
	return signed(d, "(", "¤"+d.fixed(places, true), ")")
}

// percent formats a hundred times the number.
func percent(d decimal, places int) string {
	d = d.places(places + 2)
	if d.digits != "" {
		d.point += 2
	}
	return signed(d, "-", d.fixed(places, true)+" %", "")
}

// formatBits formats the two's complement of 64 bits.
func formatBits(v value.Value, letter byte, precision int) (string, error) {
	n, ok := v.(value.Int)
	if !ok {
		return "", errors.New("the integer has more than 64 bits")
	}
	base := 16
	if letter|0x20 == 'b' {
		base = 2
	}
	s := strconv.FormatUint(uint64(n), base)
	if letter == 'X' {
		s = strings.ToUpper(s)
	}
	return leadingZeros(s, precision), nil
}

// scientific formats d.ddd, the letter, and the exponent with its sign and at
// least expDigits digits.
func (d decimal) scientific(letter byte, places, expDigits int) string {
	r := d.significant(places + 1)
	exp := r.point - 1
	if r.digits == "" {
		exp = 0
	}
	m := r
	m.point = 1
	return signed(r, "-", m.fixed(places, false)+exponent(letter, exp, expDigits), "")
}

func exponent(letter byte, exp, digits int) string {
	sign := "+"
	if exp < 0 {
		sign, exp = "-", -exp
	}
	return string(rune(letter)) + sign + leadingZeros(strconv.Itoa(exp), digits)
}

// general formats the shorter of the plain and the scientific form.
func (d decimal) general(v value.Value, letter byte, precision int) string {
	if precision <= 0 {
		text, _ := plainText(v)
		if letter == 'g' {
			text = strings.ToLower(text)
		}
		return text
	}
	r := d.significant(precision)
	if exp := r.point - 1; r.digits != "" && (exp >= precision || exp < -4) {
		e := letter - 'G' + 'E'
		return d.scientificTrimmed(e, precision)
	}
	return signed(r, "-", r.fixed(max(0, len(r.digits)-r.point), false), "")
}

func (d decimal) scientificTrimmed(letter byte, precision int) string {
	r := d.significant(precision)
	return d.scientific(letter, len(r.digits)-1, 2)
}
