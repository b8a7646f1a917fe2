package value

import (
	"errors"
	"math"
	"strconv"
	"strings"
)

// A Value is one of Null, Bool, Int, Number, String, Array, *Object, Unknown.
// Values are immutable.
type Value interface{ value() }

// Null is JSON null.
type Null struct{}

// Bool is true or false.
type Bool bool

// Int is a 64-bit integer, the only number that expressions compute with.
type Int int64

// Number is a JSON number that is not a 64-bit integer: a fraction, an
// exponent, or a larger integer. It keeps its text; the deployment service
// passes such numbers on and rejects most computations with them.
type Number struct{ Text string }

// String is text.
type String string

// Array is a list of values.
type Array []Value

// Unknown is a value that is known only at deployment.
type Unknown struct {
	// Residual is the remaining expression, in ARM syntax without the outer
	// brackets, with the value of each known part filled in.
	Residual string
	// Reason is a short sentence for people, such as "reference() is answered
	// only at deployment".
	Reason string
	// Secret is set if the value is a secure parameter or derived from one.
	Secret bool
	// Kind is the type of the value as [KindName] names it, taken from the
	// result of a function or the declaration of a parameter. It is "" if it is
	// not known or the value may be null.
	Kind string
}

func (Null) value()    {}
func (Bool) value()    {}
func (Int) value()     {}
func (Number) value()  {}
func (String) value()  {}
func (Array) value()   {}
func (*Object) value() {}
func (Unknown) value() {}

// Float returns the number as a float64; ok is false if the text is not a
// number.
func (n Number) Float() (f float64, ok bool) {
	f, err := strconv.ParseFloat(n.Text, 64)
	if err != nil && !errors.Is(err, strconv.ErrRange) || math.IsNaN(f) {
		return 0, false
	}
	return f, true // out of range: an infinity
}

// A Member is a name and a value of an object.
type Member struct {
	Name  string
	Value Value
}

// An Object is an ordered list of members. Lookup ignores case, as property
// access does in the deployment service; the written spelling is kept.
type Object struct {
	members []Member
	index   map[string]int // lower-case name to its last member; nil for small objects
	spelled map[string]int // name to its last member; nil unless names differ in case only

	residual string   // expression of the object, for Contains
	runtime  []Member // see WithRuntime
}

const indexFrom = 9 // with fewer members a scan is faster than a map

// NewObject returns an object with the members, in order. The caller must not
// change the slice afterwards.
func NewObject(members ...Member) *Object {
	o := &Object{members: members}
	if len(members) < indexFrom {
		return o
	}
	o.index = make(map[string]int, len(members))
	for i, m := range members {
		lower := strings.ToLower(m.Name)
		if at, ok := o.index[lower]; ok && members[at].Name != m.Name {
			o.spelled = make(map[string]int, len(members))
		}
		o.index[lower] = i
	}
	if o.spelled != nil {
		for i, m := range members {
			o.spelled[m.Name] = i
		}
	}
	return o
}

// WithRuntime returns a copy of o that may have further members at deployment.
// They are not listed, counted, printed or compared; Get returns them with the
// given values, which are unknown, and Contains does not know whether they
// exist. residual is the expression of the object.
func (o *Object) WithRuntime(residual string, members ...Member) *Object {
	c := *o
	c.residual, c.runtime = residual, members
	return &c
}

// Contains reports whether the object has a member, ignoring case: a Bool, or
// an Unknown for a member that may exist only at deployment.
func (o *Object) Contains(name string) Value {
	if _, ok := o.get(name); ok {
		return Bool(true)
	}
	if v, ok := o.atRuntime(name); ok {
		u, _ := v.(Unknown)
		u.Residual = "contains(" + o.residual + ", " + Expression(String(name)) + ")"
		u.Kind = "bool"
		return u
	}
	return Bool(false)
}

func (o *Object) atRuntime(name string) (Value, bool) {
	for _, m := range o.runtime {
		if strings.EqualFold(m.Name, name) {
			return m.Value, true
		}
	}
	return nil, false
}

// Len returns the number of members.
func (o *Object) Len() int { return len(o.members) }

// Members returns all members in order. The caller must not change the slice.
func (o *Object) Members() []Member { return o.members }

// Get returns the member with a name: the exact spelling first, then ignoring
// case, then among the members that may exist only at deployment.
func (o *Object) Get(name string) (Value, bool) {
	if v, ok := o.get(name); ok {
		return v, true
	}
	return o.atRuntime(name)
}

func (o *Object) get(name string) (Value, bool) {
	if v, ok := o.exact(name); ok {
		return v, true
	}
	if o.index != nil {
		i, ok := o.index[strings.ToLower(name)]
		if !ok {
			return nil, false
		}
		return o.members[i].Value, true
	}
	for i := len(o.members) - 1; i >= 0; i-- {
		if strings.EqualFold(o.members[i].Name, name) {
			return o.members[i].Value, true
		}
	}
	return nil, false
}

// exact returns the member with exactly this name.
func (o *Object) exact(name string) (Value, bool) {
	if o.index == nil {
		for i := len(o.members) - 1; i >= 0; i-- {
			if o.members[i].Name == name {
				return o.members[i].Value, true
			}
		}
		return nil, false
	}
	i, ok := o.spelled[name]
	if o.spelled == nil {
		i, ok = o.index[strings.ToLower(name)]
	}
	if !ok || o.members[i].Name != name {
		return nil, false
	}
	return o.members[i].Value, true
}

// IsKnown reports whether v and everything in it is known.
func IsKnown(v Value) bool {
	switch v := v.(type) {
	case Unknown:
		return false
	case Array:
		for _, e := range v {
			if !IsKnown(e) {
				return false
			}
		}
	case *Object:
		for _, m := range v.members {
			if !IsKnown(m.Value) {
				return false
			}
		}
	}
	return true
}

// IsObject reports whether v is an object.
func IsObject(v Value) bool { _, ok := v.(*Object); return ok }

// IsArray reports whether v is an array.
func IsArray(v Value) bool { _, ok := v.(Array); return ok }

// IsNull reports whether v is null.
func IsNull(v Value) bool { _, ok := v.(Null); return ok }
