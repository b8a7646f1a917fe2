package whatif

import "fmt"

// A Mistake is an input that makes no sense: a flag that contradicts another,
// a list that is no list of instances. Its text says what to do instead.
type Mistake struct{ Text string }

func (m *Mistake) Error() string { return m.Text }

func mistakef(format string, args ...any) error { return &Mistake{fmt.Sprintf(format, args...)} }
