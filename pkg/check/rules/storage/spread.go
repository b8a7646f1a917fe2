package storage

import (
	"slices"
	"strconv"
	"strings"

	"github.com/scaleset/scaleset/pkg/azure/vmss"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
	"github.com/scaleset/scaleset/pkg/syntax/expr"
	"github.com/scaleset/scaleset/pkg/syntax/jsonc"
)

// A spread is the shape of most templates with several accounts: a variable
// that lists their names, a loop that makes them, and containers that name them
// by index. Only in this shape more accounts can be written unseen.
type spread struct {
	tree       *jsonc.Tree
	variable   string
	names      *jsonc.Array  // the value of the variable
	containers *jsonc.Array  // vhdContainers
	used       []int         // the indexes that containers name
	pattern    *jsonc.String // a container, whose index can be replaced
	index      expr.Node     // the index in it
	count      *jsonc.Number // of the loop; nil when it follows the length of the list
}

// spreadOver are the edits that spread the disks over so many accounts; nil
// when the template is of another shape. account is the name of one of them as
// far as it is known.
func spreadOver(p *lint.Pass, containers vmss.List[vmss.Container], accounts int, account string) []diag.Edit {
	s := &spread{tree: p.Template.Tree}
	var ok bool
	if s.containers, ok = p.Written(containers).(*jsonc.Array); !ok || !s.readContainers() || !s.readNames() || !s.readLoop() {
		return nil
	}
	more := accounts - len(s.names.Elements)
	var edits []diag.Edit
	if more > 0 {
		edits = append(edits, s.append(s.names, s.newNames(more, accounts, account))...)
		if s.count != nil {
			edits = append(edits, s.tree.Replace(s.count, strconv.Itoa(accounts)))
		}
	}
	var entries []string
	for i := range accounts {
		if !slices.Contains(s.used, i) {
			entries = append(entries, s.entry(i))
		}
	}
	if len(entries) == 0 {
		return nil
	}
	return append(edits, s.append(s.containers, entries)...)
}

// readContainers requires every container to name a variable by a literal index.
func (s *spread) readContainers() bool {
	for _, e := range s.containers.Elements {
		text, ok := e.(*jsonc.String)
		if !ok || !s.readEntry(text) {
			return false
		}
	}
	return s.pattern != nil
}

func (s *spread) readEntry(text *jsonc.String) bool {
	node, mistakes := expr.Parse(text.Value, text.Map())
	if mistakes.HasErrors() {
		return false
	}
	found := 0
	expr.Walk(node, func(n expr.Node) bool {
		at, ok := n.(*expr.Index)
		if !ok {
			return true
		}
		name, i, ok := elementOf(at)
		if !ok || s.variable != "" && !strings.EqualFold(name, s.variable) {
			found = -1
			return false
		}
		found++
		s.variable, s.pattern, s.index = name, text, at.Key
		s.used = append(s.used, i)
		return true
	})
	return found == 1
}

// elementOf reads variables('name')[i].
func elementOf(n *expr.Index) (name string, i int, ok bool) {
	call, ok := n.Target.(*expr.Call)
	if !ok || call.Namespace != "" || !strings.EqualFold(call.Name, "variables") || len(call.Args) != 1 {
		return "", 0, false
	}
	text, ok := call.Args[0].(*expr.String)
	key, isInt := n.Key.(*expr.Int)
	if !ok || !isInt {
		return "", 0, false
	}
	i, err := strconv.Atoi(key.Text)
	return text.Value, i, err == nil
}

// readNames requires the variable to be a list of strings.
func (s *spread) readNames() bool {
	names, ok := s.tree.Lookup("/variables/" + jsonc.PointerToken(s.variable)).(*jsonc.Array)
	if !ok || len(names.Elements) == 0 {
		return false
	}
	s.names = names
	return !slices.ContainsFunc(names.Elements, func(n jsonc.Node) bool {
		_, ok := n.(*jsonc.String)
		return !ok
	})
}

// readLoop requires a loop that makes the accounts of the list, as many as it has.
func (s *spread) readLoop() bool {
	resources, ok := s.tree.Lookup("/resources").(*jsonc.Array)
	if !ok {
		return false
	}
	for _, n := range resources.Elements {
		o, _ := n.(*jsonc.Object)
		kind, _ := o.Text("type")
		name, _ := o.Text("name")
		if !strings.EqualFold(kind, "Microsoft.Storage/storageAccounts") || !s.mentions(name) {
			continue
		}
		loop, ok := memberOf(o, "copy").(*jsonc.Object)
		if !ok {
			return false
		}
		switch count := memberOf(loop, "count").(type) {
		case *jsonc.Number:
			s.count = count
			return count.Text == strconv.Itoa(len(s.names.Elements))
		case *jsonc.String:
			text := strings.ReplaceAll(strings.ToLower(count.Value), " ", "")
			return text == "[length(variables('"+strings.ToLower(s.variable)+"'))]"
		}
		return false
	}
	return false
}

// mentions reports whether a name is an element of the list by copyIndex().
func (s *spread) mentions(name string) bool {
	name = strings.ReplaceAll(strings.ToLower(name), " ", "")
	return strings.Contains(name, "variables('"+strings.ToLower(s.variable)+"')[copyindex()]")
}

func memberOf(o *jsonc.Object, name string) jsonc.Node {
	if m := o.Get(name); m != nil {
		return m.Value
	}
	return nil
}

// accountNameMax is the length that names of storage accounts may have.
const accountNameMax = 24

// newNames are names made of the first one, each with another letter before it:
// letters as far apart as they can be.
func (s *spread) newNames(n, accounts int, account string) []string {
	first := s.names.Elements[0].(*jsonc.String).Value
	var names []string
	for _, letter := range spreadLetters(accounts + 1)[1:] {
		if len(names) == n {
			break
		}
		if account == "" || !strings.HasPrefix(account, letter) {
			names = append(names, jsonc.Quote(prefixed(letter, first, len(account)+1 > accountNameMax)))
		}
	}
	return names
}

func prefixed(letter, name string, cut bool) string {
	if !expr.IsExpression(name) {
		return (letter + name)[:min(len(name)+1, accountNameMax)]
	}
	inner := "concat('" + letter + "', " + strings.TrimSpace(name[1:len(name)-1]) + ")"
	if cut {
		inner = "substring(" + inner + ", 0, " + strconv.Itoa(accountNameMax) + ")"
	}
	return "[" + inner + "]"
}

// entry is the container of another account, written as the one there is.
func (s *spread) entry(i int) string {
	raw := s.pattern.At.Text()
	at := s.index.Range()
	start, end := at.Start-s.pattern.At.Start, at.End-s.pattern.At.Start
	return raw[:start] + strconv.Itoa(i) + raw[end:]
}

// append are the edits that add values at the end of a list, each on a line of
// its own if those of the list are.
func (s *spread) append(list *jsonc.Array, values []string) []diag.Edit {
	between := ", "
	if strings.Contains(list.At.Text(), "\n") {
		between = ",\n"
	}
	return s.tree.InsertElement(list, len(list.Elements), strings.Join(values, between))
}
