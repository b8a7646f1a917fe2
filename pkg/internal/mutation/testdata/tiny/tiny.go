// Package tiny has one piece of logic of each kind, for the tests of mutation.
package tiny

const limit = 3

var weights = map[string]int{"a": 2}

// Above is tested at its boundary.
func Above(n int) bool { return n > limit }

// Near is tested far from it.
func Near(n int) bool { return n >= 7 }

// Grade is tested but for one case.
func Grade(name string) (int, bool) {
	switch name {
	case "low", "least":
		return 1, true
	case "high":
		return 2, true
	}
	return 0, false
}

// Sum loops: without its step it would not end.
func Sum(list []int) (sum int) {
	for i := 0; i < len(list); {
		if n := list[i]; n != 0 && !(n < 0) {
			sum += n * weights["a"]
		}
		i++
	}
	return sum
}

// Idle is not tested.
func Idle(on bool) string {
	if on {
		return "on"
	}
	return ""
}
