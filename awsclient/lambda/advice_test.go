package lambda_test

import (
	"strings"
	"testing"
	"time"

	"straws/awsclient/lambda"
)

func TestAdvice(t *testing.T) {
	for _, tt := range []struct {
		name             string
		used, memory     int64
		longest, timeout time.Duration
		want             []string
	}{
		{"well set up", 90, 128, time.Second, 3 * time.Second, nil},
		{"far too large", 100, 1024, time.Second, 3 * time.Second, []string{"100 of 1024 MB used; 192 MB would do"}},
		{"the smallest there is", 10, 128, time.Second, 3 * time.Second, nil},
		{"not below the smallest", 10, 512, time.Second, 3 * time.Second, []string{"128 MB would do"}},
		{"just below the share", 410, 1024, 0, 0, nil},
		{"close to the timeout", 90, 128, 2500 * time.Millisecond, 3 * time.Second, []string{"2.5 of 3 s"}},
		{"both", 100, 1024, 14 * time.Minute, 15 * time.Minute, []string{"MB would do", "840.0 of 900 s"}},
		{"nothing is known", 0, 0, 0, 0, nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := lambda.Advice(tt.used, tt.memory, tt.longest, tt.timeout)
			if len(got) != len(tt.want) {
				t.Fatalf("got %q, want %q", got, tt.want)
			}
			for i := range got {
				if !strings.Contains(got[i], tt.want[i]) {
					t.Errorf("got %q, want %q", got[i], tt.want[i])
				}
			}
		})
	}
}
