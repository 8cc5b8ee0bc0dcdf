package indicators_test

import "testing"

func TestRefangFunction(t *testing.T) {
	t.Parallel()
	for value, want := range map[string]string{
		"hXXps[:]//Evil[.]example/A": "https://Evil.example/A", "“evil(dot)example”,": "evil.example", "invoice.exe": "invoice.exe", "": "",
	} {
		result, refused := callFunction(t, "refang", value)
		if refused != nil {
			t.Errorf("%s: %s", value, refused.Text)
		} else if got := textOf(t, result); got != want {
			t.Errorf("%s: %s, want %s", value, got, want)
		}
	}
}
