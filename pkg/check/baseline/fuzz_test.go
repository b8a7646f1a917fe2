package baseline

import "testing"

// FuzzRead wants a baseline or an error of any text.
func FuzzRead(f *testing.F) {
	for _, text := range []string{"", "{}", `{"version":"1","findings":[{"code":"SS4001","path":"a.json","count":2}]}`, `{"version":1}`, `{"findings":[null]}`} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		if b, err := Read(text); (b == nil) == (err == nil) {
			t.Errorf("a baseline %v and the error %v", b, err)
		}
	})
}
