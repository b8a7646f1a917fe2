// Package lines finds lines of sorted tables by binary search: a run needs a
// few lines of tables with thousands.
package lines

import "strings"

// Find returns the lines whose text before the first tab is the key, ignoring
// the case of ASCII letters; "" if there are none. The lines must be sorted by
// that text in lower case, and each must end with a line feed.
func Find(table, key string) string {
	return search(table, "\n", key, "\t")
}

// Section returns the first line of a section and the text after it. A section
// begins with "@" and its name, ignoring the case of ASCII letters; the
// sections must be sorted by name in lower case. Both results are "" if there
// is none.
func Section(table, name string) (spelled, rest string) {
	found := search(table, "\n@", "@"+name, "\n")
	first, rest, ok := strings.Cut(found, "\n")
	if !ok {
		return "", ""
	}
	return first[1:], rest
}

// search finds the records of a key by binary search. The separator is between
// records: its first character ends a record and the others begin the next; end
// follows the key in a record.
func search(table, separator, key, end string) string {
	low, high := 0, len(table) // beginnings of records, or the end
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
			for begin > 0 { // earlier records with the key
				before := strings.LastIndex(table[:begin-1], separator) + 1
				if compare(table[before:begin], key, end) != 0 {
					break
				}
				begin = before
			}
			for next < len(table) { // later ones
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

// after returns the beginning of the first record after offset at.
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
