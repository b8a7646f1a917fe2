package funcs

import (
	"net/url"
	"strings"
	"unicode/utf8"

	"github.com/scaleset/scaleset/pkg/arm/value"
)

func uri(c *Call) (value.Value, error) {
	base, rel, err := c.str2()
	if err != nil {
		return nil, err
	}
	b, err := url.Parse(base)
	if err != nil || !b.IsAbs() {
		return nil, wrong(0, "must be an absolute URI such as https://contoso.com/a/, not '%s'", clip(base))
	}
	r, err := url.Parse(rel)
	if err != nil {
		r = &url.URL{Path: rel} // .NET escapes text that does not parse
	}
	joined := b.ResolveReference(r)
	joined.Scheme, joined.Host = strings.ToLower(joined.Scheme), canonicalHost(joined)
	if joined.Path == "" && joined.Host != "" {
		joined.Path = "/"
	}
	return value.String(joined.String()), nil
}

// canonicalHost returns the host in lower case, without the default port of the
// scheme.
func canonicalHost(u *url.URL) string {
	host := strings.ToLower(u.Host)
	switch u.Scheme {
	case "https":
		return strings.TrimSuffix(host, ":443")
	case "http":
		return strings.TrimSuffix(host, ":80")
	}
	return host
}

// uriComponent escapes all characters except the unreserved ones of RFC 3986.
func uriComponent(c *Call) (value.Value, error) {
	s, err := c.str(0)
	if err != nil {
		return nil, err
	}
	if 3*len(s) > maxText {
		return nil, tooLong(int64(3 * len(s)))
	}
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if isUnreserved(s[i]) {
			b.WriteByte(s[i])
			continue
		}
		const hex = "0123456789ABCDEF"
		b.Write([]byte{'%', hex[s[i]>>4], hex[s[i]&15]})
	}
	return value.String(b.String()), nil
}

func isUnreserved(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || strings.IndexByte("-_.~", c) >= 0
}

func uriComponentToString(c *Call) (value.Value, error) { return c.text1(unescapeURI) }

// unescapeURI decodes %XX; an invalid escape, or one that is not valid UTF-8,
// is kept.
func unescapeURI(s string) string {
	var b strings.Builder
	for i := 0; i < len(s); {
		raw := escapedBytes(s[i:])
		if len(raw) == 0 {
			b.WriteByte(s[i])
			i++
			continue
		}
		if r, size := utf8.DecodeRune(raw); r != utf8.RuneError || size > 1 {
			b.Write(raw[:size])
			i += 3 * size
			continue
		}
		b.WriteString(s[i : i+3])
		i += 3
	}
	return b.String()
}

// escapedBytes decodes the escapes that s starts with, at most as many as one
// character needs.
func escapedBytes(s string) []byte {
	var raw []byte
	for len(raw) < utf8.UTFMax && len(s) >= 3 && s[0] == '%' {
		high, low := unhex(s[1]), unhex(s[2])
		if high < 0 || low < 0 {
			break
		}
		raw = append(raw, byte(high<<4|low))
		s = s[3:]
	}
	return raw
}

func unhex(c byte) int {
	switch {
	case c >= '0' && c <= '9':
		return int(c - '0')
	case c >= 'a' && c <= 'f':
		return int(c-'a') + 10
	case c >= 'A' && c <= 'F':
		return int(c-'A') + 10
	}
	return -1
}

const (
	textURI = "data:text/plain;charset=utf-8;base64,"
	jsonURI = "data:application/json;charset=utf-8;base64,"
)

func dataURI(c *Call) (value.Value, error) {
	start, text := jsonURI, ""
	switch v := c.Args[0].(type) {
	case value.Null:
		return nil, wrongType(0, "a value that is not null", v)
	case value.String:
		start, text = textURI, string(v)
	default:
		if !value.IsKnown(v) {
			return nil, ErrUnknown
		}
		text = value.JSON(v)
	}
	return value.String(start + encodeBase64(text)), nil
}

// dataURIToString parses data:[type][;charset=...][;base64],DATA (RFC 2397).
func dataURIToString(c *Call) (value.Value, error) {
	s, err := c.str(0)
	if err != nil {
		return nil, err
	}
	head, data, ok := strings.Cut(s, ",")
	if !ok || len(head) < 5 || !strings.EqualFold(head[:5], "data:") {
		return nil, wrong(0, "must be a data URI such as data:;base64,SGk=, not '%s'", clip(s))
	}
	if !strings.HasSuffix(strings.ToLower(head), ";base64") {
		return value.String(unescapeURI(data)), nil
	}
	raw, err := decodeBase64(unescapeURI(data))
	if err != nil {
		return nil, wrong(0, "does not contain valid base64: '%s'", clip(data))
	}
	return value.String(textOf(raw)), nil
}
