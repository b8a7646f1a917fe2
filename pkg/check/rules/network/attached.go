package network

import (
	"strings"

	"github.com/scaleset/scaleset/pkg/azure/vmss"
)

// An attached is a load balancer of this deployment with the reference that
// leads to it.
type attached struct {
	balancer *vmss.LoadBalancer
	by       vmss.Ref
}

// balancersOf are the load balancers that IP configurations use, each once.
func balancersOf(d *vmss.Deployment, configurations []vmss.IPConfiguration) []attached {
	var all []attached
	seen := map[*vmss.LoadBalancer]bool{}
	for _, c := range configurations {
		for _, refs := range [...]vmss.List[vmss.Ref]{c.BackendPools, c.NatPools} {
			for _, ref := range refs.Items {
				if b := d.LoadBalancer(ref); b != nil && !seen[b] {
					seen[b] = true
					all = append(all, attached{b, ref})
				}
			}
		}
	}
	return all
}

// standard reports whether a load balancer certainly has the Standard SKU.
func standard(b *vmss.LoadBalancer) bool {
	sku, ok := b.SKU.Known()
	return ok && strings.EqualFold(sku, "Standard")
}

// basic reports whether a load balancer certainly has the Basic SKU.
func basic(b *vmss.LoadBalancer) bool {
	is, ok := b.Basic()
	return ok && is
}

// lastSegment is the part of a name after its last slash.
func lastSegment(full string) string { return full[strings.LastIndexByte(full, '/')+1:] }

// longestName is how much of an expression a message shows; the excerpt
// below it shows the rest.
const longestName = 40

// nameOf is the short name of a load balancer or another resource, as messages
// say it. Of a name that only a deployment knows it is the expression, the
// middle left out where that is long.
func nameOf(full string) string {
	if !strings.HasPrefix(full, "[") {
		return lastSegment(full)
	}
	runes := []rune(full)
	if len(runes) <= longestName {
		return full
	}
	return string(runes[:longestName-15]) + "…" + string(runes[len(runes)-14:])
}
