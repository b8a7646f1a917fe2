package value_test

import (
	"fmt"
	"testing"

	"github.com/scaleset/scaleset/pkg/arm/value"
)

// TestObjectGet checks that small and large objects look up names alike: the
// exact spelling first, then any other, the last of several.
func TestObjectGet(t *testing.T) {
	for _, size := range []int{0, 20} {
		members := []value.Member{
			{Name: "Name", Value: value.Int(1)}, {Name: "name", Value: value.Int(2)}, {Name: "NAME", Value: value.Int(3)},
			{Name: "twice", Value: value.Int(4)}, {Name: "twice", Value: value.Int(5)},
		}
		for i := range size {
			members = append(members, value.Member{Name: fmt.Sprint("m", i), Value: value.Null{}})
		}
		o := value.NewObject(members...)
		for name, want := range map[string]value.Value{
			"Name": value.Int(1), "name": value.Int(2), "NAME": value.Int(3), "nAmE": value.Int(3), "twice": value.Int(5), "TWICE": value.Int(5), "none": nil,
		} {
			if got, ok := o.Get(name); got != want || ok != (want != nil) {
				t.Errorf("with %d members, Get(%q) = %v, %v, want %v", o.Len(), name, got, ok, want)
			}
		}
	}
}

// TestGetOfLargeObjects looks up names that differ in case only, among many.
func TestGetOfLargeObjects(t *testing.T) {
	members := []value.Member{{Name: "Key", Value: value.Int(1)}}
	for i := range 20 {
		members = append(members, value.Member{Name: fmt.Sprint("n", i), Value: value.Int(i)})
	}
	members = append(members, value.Member{Name: "KEY", Value: value.Int(2)}, value.Member{Name: "n3", Value: value.Int(33)})
	o := value.NewObject(members...)
	for name, want := range map[string]value.Value{
		"Key": value.Int(1), "KEY": value.Int(2), "key": value.Int(2), "N4": value.Int(4), "n3": value.Int(33), "none": nil,
	} {
		got, ok := o.Get(name)
		if got != want || ok != (want != nil) {
			t.Errorf("Get(%q) = %v, %v, want %v", name, got, ok, want)
		}
	}
}
