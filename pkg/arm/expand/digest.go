package expand

import (
	"encoding/binary"
	"hash/maphash"
	"strings"
	"sync/atomic"

	"github.com/scaleset/scaleset/pkg/arm/value"
)

var digestSeed = maphash.MakeSeed()

// Digest returns a number that is the same for resources that deploy the same and
// are written the same, wherever that is: a check that reads only the
// resource has the same result for both. It is never 0, and differs from process
// to process.
func (r *Resource) Digest() uint64 {
	if known := atomic.LoadUint64(&r.digest); known != 0 {
		return known
	}
	var d digester
	d.hash.SetSeed(digestSeed)
	for _, text := range [...]string{r.ID, r.Type, r.Name, r.APIVersion, r.ResourceGroup, r.SubscriptionID} {
		d.text(text)
	}
	for _, flag := range [...]bool{r.NameKnown, r.Conditional, r.Repeated, r.Broken} {
		d.flag(flag)
	}
	d.number(len(r.Nested))
	for _, name := range r.Nested {
		d.text(name)
	}
	d.node(r.Body)
	sum := max(d.hash.Sum64(), 1)
	atomic.StoreUint64(&r.digest, sum)
	return sum
}

type digester struct{ hash maphash.Hash }

func (d *digester) text(text string) {
	d.number(len(text))
	_, _ = d.hash.WriteString(text) // never fails
}

func (d *digester) number(n int) {
	var b [8]byte
	binary.LittleEndian.PutUint64(b[:], uint64(n))
	_, _ = d.hash.Write(b[:])
}

func (d *digester) flag(flag bool) {
	b := byte(0)
	if flag {
		b = 1
	}
	_ = d.hash.WriteByte(b)
}

// node adds a value, whether it depends on an empty default, and the expression
// that it is written as.
func (d *digester) node(n *Node) {
	if n == nil {
		_ = d.hash.WriteByte('-')
		return
	}
	if written := n.Written.Text(); strings.HasPrefix(written, `"[`) {
		_ = d.hash.WriteByte('[')
		d.text(written)
	}
	if n.NeedsValue() {
		_ = d.hash.WriteByte('?')
	}
	switch v := n.Value.(type) {
	case value.Array:
		_ = d.hash.WriteByte('a')
		d.number(len(n.Items))
		if len(n.Items) != len(v) {
			d.number(int(value.Hash(digestSeed, v)))
		}
		for _, item := range n.Items {
			d.node(item)
		}
	case *value.Object:
		_ = d.hash.WriteByte('o')
		d.number(len(n.Members))
		if len(n.Members) != v.Len() {
			d.number(int(value.Hash(digestSeed, v)))
		}
		for i := range n.Members {
			d.text(n.Members[i].Name)
			d.node(n.Members[i].Node)
		}
	case value.String:
		_ = d.hash.WriteByte('s')
		d.text(string(v))
	case value.Int:
		_ = d.hash.WriteByte('i')
		d.number(int(v))
	case value.Number:
		_ = d.hash.WriteByte('n')
		d.text(v.Text)
	case value.Bool:
		_ = d.hash.WriteByte('b')
		d.flag(bool(v))
	case value.Unknown:
		_ = d.hash.WriteByte('u')
		d.text(v.Residual)
		d.text(v.Kind)
		d.flag(v.Secret)
	default:
		_ = d.hash.WriteByte('0')
	}
}
