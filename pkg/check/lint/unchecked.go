package lint

import "github.com/scaleset/scaleset/pkg/azure/guidance"

// Unchecked gives the reason why no rule checks a statement. The reason is one sentence for
// people: it is printed in docs/guidance.md.
type Unchecked struct {
	ID     guidance.ID
	Reason string
}
