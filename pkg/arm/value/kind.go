package value

// KindName returns the name of the type of v for messages: "string", "int",
// "bool", "array", "object", "null", "float", or "unknown" if the type is not
// known either.
func KindName(v Value) string {
	switch v := v.(type) {
	case Bool:
		return "bool"
	case Int:
		return "int"
	case Number:
		if v.isInteger() {
			return "int" // an integer of more than 64 bits
		}
		return "float"
	case String:
		return "string"
	case Array:
		return "array"
	case *Object:
		return "object"
	case Unknown:
		if v.Kind != "" {
			return v.Kind
		}
		return "unknown"
	}
	return "null"
}

func (n Number) isInteger() bool {
	for i := 0; i < len(n.Text); i++ {
		if c := n.Text[i]; (c < '0' || c > '9') && (c != '-' || i > 0) {
			return false
		}
	}
	return n.Text != "" && n.Text != "-"
}
