package s3_test

import (
	"fmt"
	"strings"
	"testing"

	"straws/awsclient/demo"
)

// TestVersionsDetailsAndTagsUnderEveryFault opens each screen while AWS fails,
// and again when it is well.
func TestVersionsDetailsAndTagsUnderEveryFault(t *testing.T) {
	screens := []struct {
		name string
		keys []string
		rows []string // what it shows when all is well
	}{
		{"versions", []string{"V"}, []string{"limits.json", "latest"}},
		{"versions of a key", []string{"K"}, []string{"limits.json", "older"}},
		{"details", []string{"i"}, []string{"config/limits.json", "CRC32"}},
		{"tags", []string{"e"}, []string{"env", "prod"}},
	}
	faults := map[string]demo.Fault{
		"not allowed: ": demo.Denied, "is throttling": demo.Throttled, "InternalError": demo.Internal, "reset the connection": demo.Reset,
		"refused the connection": demo.Refused,
	}
	for _, tt := range screens {
		for sentence, fault := range faults {
			for _, size := range [][2]int{{120, 40}, {80, 24}, {40, 8}} {
				t.Run(fmt.Sprint(tt.name, " ", sentence, size), func(t *testing.T) {
					s := sized(t, "s3://datalake-versioned/config/", size[0], size[1])
					s.account.Fail("*", fault)
					s.Keys(tt.keys...)
					// The HEAD of the details is answered with a bare status.
					bare := tt.name == "details" && size[1] < 12
					if !bare && !strings.Contains(squashed(s.Frame()), squashed(sentence)) {
						t.Errorf("the screen does not say %q:\n%s", sentence, s.Frame())
					}
					s.account.Heal("*")
					s.Resize(120, 40).Keys("r").Want(tt.rows...)
				})
			}
		}
	}
}

// squashed is a text without white space: a narrow screen breaks sentences.
func squashed(s string) string { return strings.Join(strings.Fields(s), "") }
