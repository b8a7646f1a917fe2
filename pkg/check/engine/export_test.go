package engine

// SetSharedSteps changes how many steps the templates of a run share, and returns
// what undoes it.
func SetSharedSteps(n int) (undo func()) {
	before := sharedSteps
	sharedSteps = n
	return func() { sharedSteps = before }
}
