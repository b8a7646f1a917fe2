package instances_test

import (
	"errors"
	"testing"

	"github.com/scaleset/scaleset/pkg/capacity/instances"
	"github.com/scaleset/scaleset/pkg/capacity/placement"
)

// Open gives the instances of a list in their domains, those of ids alone by id.
func TestOpen(t *testing.T) {
	s, err := instances.Read("l.json", []byte(`[{"instanceId":"0","name":"a_0"},{"instanceId":"4","name":"a_4"},{"instanceId":"5","name":"a_5"}]`))
	if err != nil {
		t.Fatal(err)
	}
	set, err := s.Open()
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []placement.Instance{{ID: 0}, {ID: 4, FaultDomain: 4, UpdateDomain: 4}, {ID: 5, FaultDomain: 0, UpdateDomain: 1}} {
		if got := set.Instances()[i]; got != want {
			t.Errorf("%+v, want %+v", got, want)
		}
	}
	change, err := set.Resize(4)
	if err != nil || change.Added[0].ID != 6 {
		t.Errorf("added %v, want 6: the surplus of 3 has used up to 5", change.Added)
	}
}

// A set of which nothing says how many instances it has cannot be opened.
func TestOpenUnknown(t *testing.T) {
	_, err := instances.New("web").Open()
	var m *instances.Mistake
	if !errors.As(err, &m) || m.In(func(instances.Field) string { return "--from" }) != "the number of instances of web was not given; pass --from N" {
		t.Errorf("%v", err)
	}
	s := instances.New("web")
	s.Capacity, s.Overprovisions = 5, true
	set, err := s.Open()
	if err != nil || set.Len() != 5 {
		t.Fatal(err)
	}
	change, _ := set.Resize(6)
	if change.Added[0].ID != 8 {
		t.Errorf("the next id is %d, want 8", change.Added[0].ID)
	}
}
