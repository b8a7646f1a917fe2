package eval

import (
	"github.com/scaleset/scaleset/pkg/arm/value"
	"github.com/scaleset/scaleset/pkg/internal/fold"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
	"github.com/scaleset/scaleset/pkg/syntax/source"
)

// An Origin records where a value was written and how it got to its place.
// Origins mirror the shape of arrays and objects as far as it is known: an
// element without an origin of its own has that of its parent. Origins are
// shared and do not change once they are built.
type Origin struct {
	// At is the text to change in order to change the value.
	At source.Range
	// Key is the range of the name of an object member.
	Key source.Range
	// Hop is the step that the value passed through here, with the range of the
	// reference (not of the value); the zero step for a plain literal.
	Hop diag.Step
	// From is the origin before the hop; nil at the end of the trail.
	From *Origin
	// Parts are the origins of the inputs of a computed value, in the order of
	// the expression.
	Parts []*Origin

	// Rest is that of the [Placed] value, if it is read through parameters and
	// outputs.
	Rest *value.Unknown

	Members map[string]*Origin // by lower-case name
	Items   []*Origin
}

// Asking returns the origin of a value that is known completely only at
// deployment.
func (o *Origin) Asking(rest *value.Unknown) *Origin {
	if rest == nil || o == nil {
		return o
	}
	asking := *o
	asking.Rest = rest
	return &asking
}

// Through returns o after one more hop; nil for a nil origin.
func (o *Origin) Through(hop diag.Step) *Origin {
	if o == nil {
		return nil
	}
	return &Origin{At: o.At, Key: o.Key, Hop: hop, From: o, Parts: o.Parts, Rest: o.Rest, Members: o.Members, Items: o.Items}
}

// Member returns the origin of a member of an object with origin o; the hops of
// the object are hops of its members.
func (o *Origin) Member(name string) *Origin {
	if o == nil {
		return nil
	}
	return o.element(o.Members[fold.Lower(name)], func(from *Origin) *Origin { return from.Member(name) })
}

// Item returns the origin of element i of an array with origin o.
func (o *Origin) Item(i int) *Origin {
	if o == nil {
		return nil
	}
	var own *Origin
	if i >= 0 && i < len(o.Items) {
		own = o.Items[i]
	}
	return o.element(own, func(from *Origin) *Origin { return from.Item(i) })
}

func (o *Origin) element(own *Origin, in func(*Origin) *Origin) *Origin {
	if own == nil && o.Members == nil && o.Items == nil {
		return o // nothing is known of its parts: they have the same origin
	}
	if own == nil {
		own = &Origin{At: o.At, Key: o.Key}
	}
	if o.Hop.IsZero() {
		return own
	}
	from := own
	if o.From != nil {
		from = in(o.From)
	}
	return &Origin{At: own.At, Key: own.Key, Hop: o.Hop, From: from, Parts: own.Parts, Rest: own.Rest, Members: own.Members, Items: own.Items}
}
