package quota_test

import (
	"slices"
	"testing"

	"github.com/scaleset/scaleset/pkg/azure/quota"
)

func TestOffers(t *testing.T) {
	const list = `[{"name":"Standard_D2s_v3","capabilities":[{"name":"vCPUs","value":"2"},{"name":"PremiumIO","value":"True"}],
		"locationInfo":[{"location":"westEurope","zones":["1","3"]}],
		"restrictions":[{"type":"Zone","values":["westeurope"],"restrictionInfo":{"locations":["westeurope"],"zones":["3"]}},
			{"type":"Location","values":["northeurope"],"restrictionInfo":{"locations":["northeurope"],"zones":null}}]}]`
	s, err := quota.ParseSizes("skus.json", []byte(list))
	if err != nil {
		t.Fatal(err)
	}
	if got := s.Capability("standard_d2s_v3", "premiumio"); got != "True" {
		t.Errorf("PremiumIO is %q", got)
	}
	if got := s.OneLocation(); got != "westeurope" || !s.Covers("WestEurope") || s.Covers("northeurope") {
		t.Errorf("the location is %q", got)
	}
	o, ok := s.Offer("Standard_D2s_v3", "westeurope")
	if !ok || o.Restricted || !slices.Equal(o.Zones, []string{"1", "3"}) || !slices.Equal(o.RestrictedZones, []string{"3"}) {
		t.Errorf("the offer is %+v, %v", o, ok)
	}
	if _, ok := s.Offer("Standard_D4s_v3", "westeurope"); ok {
		t.Error("a size that is not in the list is offered")
	}
	var none *quota.Sizes
	if none.Capability("a", "b") != "" || none.Covers("westeurope") || none.OneLocation() != "" {
		t.Error("no list says something")
	}
}
