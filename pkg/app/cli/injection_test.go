package cli

import (
	"encoding/csv"
	"encoding/xml"
	"errors"
	"io"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// checkFormat reads pages, pictures and tables as their readers do, and wants
// nothing in them that acts. It counts the scripts, of which ours is one.
func checkFormat(t *testing.T, format, text string) (scripts int) {
	switch format {
	case "csv":
		rows := csv.NewReader(strings.NewReader(text))
		rows.FieldsPerRecord, rows.Comment = -1, '#'
		all, err := rows.ReadAll()
		if err != nil {
			t.Errorf("no CSV: %v", err)
		}
		for _, row := range all {
			for _, cell := range row {
				if _, err := strconv.ParseFloat(cell, 64); err != nil && strings.ContainsAny(cell[:min(1, len(cell))], "=+-@\t\r") {
					t.Errorf("a formula: %q", cell)
				}
			}
		}
	case "html", "svg":
		d := xml.NewDecoder(strings.NewReader(text))
		d.Strict = format == "svg"
		if !d.Strict {
			d.AutoClose, d.Entity = xml.HTMLAutoClose, xml.HTMLEntity
		}
		for {
			token, err := d.Token()
			if errors.Is(err, io.EOF) {
				return scripts
			}
			if err != nil {
				t.Errorf("cannot be read: %v", err)
				return scripts
			}
			start, ok := token.(xml.StartElement)
			if !ok {
				continue
			}
			if slices.Contains([]string{"script", "img", "iframe", "object", "embed", "foreignObject"}, start.Name.Local) {
				scripts++
			}
			for _, a := range start.Attr {
				address := slices.Contains([]string{"href", "src", "action", "formaction", "data"}, a.Name.Local)
				if strings.HasPrefix(strings.ToLower(a.Name.Local), "on") || address && !strings.HasPrefix(a.Value, "https://") && !strings.HasPrefix(a.Value, "#") {
					t.Errorf("<%s %s=%q>", start.Name.Local, a.Name.Local, a.Value)
				}
			}
		}
	}
	return 0
}
