package whatif

// MostPreviewed limits the instances in all previews of one document or comparison: a
// hundred scale sets as large as Azure accepts.
const MostPreviewed = 100_000

// Previewed counts the instances that the previews of a document have so far.
type Previewed int

// Room reports whether one more preview of a number of instances is within the limit,
// and counts it if so.
func (p *Previewed) Room(instances int) bool {
	if instances > MostPreviewed-int(*p) {
		return false
	}
	*p += Previewed(max(instances, 0))
	return true
}
