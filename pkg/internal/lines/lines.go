// Package lines finds lines of tables that are sorted, without reading the rest:
// a run asks a table of thousands of lines for a few.
package lines

import "strings"

// Find returns the lines of a key, compared without the case of ASCII letters:
// those whose text before the first tab it is. They follow each other. The lines
// are sorted by that text in lower case, and each ends with a line feed.
func Find(table, key string) string {
	return search(table, "\n", key, "\t")
}

// Section returns the first line of a section and what follows it. A section
// begins with "@" and its name, compared without the case of ASCII letters; the
// sections are sorted by name in lower case. Both are "" when there is none.
func Section(table, name string) (spelled, rest string) {
	found := search(table, "\n@", "@"+name, "\n")
	first, rest, ok := strings.Cut(found, "\n")
	if !ok {
		return "", ""
	}
	return first[1:], rest
}

// search finds the records of a key by halves. A separator stands between
// records, of which the first character ends a record and the others begin the
// next; end is behind the key in a record.
func search(table, separator, key, end string) string {
	low, high := 0, len(table) // begins of records, or the end
	for low < high {
		middle := low + (high-low)/2
		begin := low
		if i := strings.LastIndex(table[low:middle+len(separator)-1], separator); i >= 0 {
			begin = low + i + 1
		}
		next := after(table, middle, separator)
		switch c := compare(table[begin:next], key, end); {
		case c < 0:
			low = next
		case c > 0:
			high = begin
		default:
			for begin > 0 { // others of the key before it
				before := strings.LastIndex(table[:begin-1], separator) + 1
				if compare(table[before:begin], key, end) != 0 {
					break
				}
				begin = before
			}
			for next < len(table) { // and behind it
				then := after(table, next, separator)
				if compare(table[next:then], key, end) != 0 {
					break
				}
				next = then
			}
			return table[begin:next]
		}
	}
	return ""
}

// after is the begin of the first record behind the one at a place.
func after(table string, at int, separator string) int {
	if i := strings.Index(table[at:], separator); i >= 0 {
		return at + i + 1
	}
	return len(table)
}

// compare compares the key of a record with a key, both in lower case.
func compare(record, key, end string) int {
	for i := range len(key) {
		if i >= len(record) || record[i] == end[0] {
			return -1
		}
		if a, b := lower(record[i]), lower(key[i]); a != b {
			return int(a) - int(b)
		}
	}
	if len(record) > len(key) && record[len(key)] != end[0] {
		return 1
	}
	return 0
}

func lower(c byte) byte {
	if 'A' <= c && c <= 'Z' {
		return c + 'a' - 'A'
	}
	return c
}
