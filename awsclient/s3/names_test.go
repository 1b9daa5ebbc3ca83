package s3_test

import (
	"slices"
	"strings"
	"testing"

	"straws/awsclient/s3"
)

func TestParseAddress(t *testing.T) {
	tests := []struct {
		name, in    string
		bucket, key string
		foreign     bool
		wrong       string
	}{
		{"the service", "s3", "", "", false, ""},
		{"the service as a URI", "s3://", "", "", false, ""},
		{"a bucket", "s3://datalake", "datalake", "", false, ""},
		{"a bucket with a slash", "s3://datalake/", "datalake", "", false, ""},
		{"a prefix", "s3://datalake/raw/2026/", "datalake", "raw/2026/", false, ""},
		{"a key", "s3://datalake/raw/a b.csv", "datalake", "raw/a b.csv", false, ""},
		{"an empty first folder", "s3://datalake//x", "datalake", "/x", false, ""},
		{"no decoding", "s3://datalake/a%2Fb", "datalake", "a%2Fb", false, ""},
		{"Hadoop's way", "s3a://acme-logs/j-1/", "acme-logs", "j-1/", false, ""},
		{"ARN of a bucket", "arn:aws:s3:::datalake", "datalake", "", false, ""},
		{"ARN of an object", "arn:aws-cn:s3:::datalake/raw/x:y", "datalake", "raw/x:y", false, ""},
		{"ARN of everything below", "arn:aws:s3:::datalake/raw/*", "datalake", "raw/", false, ""},
		{"old bucket", "s3://Old_Bucket/x", "Old_Bucket", "x", false, ""},
		{"another service", "ec2", "", "", true, ""},
		{"another scheme", "https://example.com/", "", "", true, ""},
		{"ARN of another service", "arn:aws:lambda:eu-west-1:123456789012:function:f", "", "", true, ""},
		{"no bucket", "s3:///key", "", "", false, "name is missing"},
		{"bad characters", "s3://my bucket/x", "", "", false, "letters, digits, dots and hyphens"},
		{"too short", "s3://ab", "", "", false, "3 to 63"},
		{"an IP address", "s3://192.168.1.1/x", "", "", false, "IP addresses"},
		{"escape sequence", "s3://a\x1b[2J/x", "", "", false, `"a\x1b[2J" cannot be a bucket`},
		{"access point", "arn:aws:s3:eu-west-1:123456789012:accesspoint/x", "", "", false, "not the ARN of a bucket"},
		{"long key", "s3://datalake/" + strings.Repeat("k", 1025), "", "", false, "1025 bytes"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			a, ok, err := s3.ParseAddress(tt.in)
			if ok == tt.foreign {
				t.Fatalf("ok = %t", ok)
			}
			if tt.wrong != "" {
				if err == nil || !strings.Contains(err.Error(), tt.wrong) {
					t.Errorf("err = %v, want %q", err, tt.wrong)
				}
				return
			}
			if err != nil || a.Bucket != tt.bucket || a.Key != tt.key {
				t.Errorf("got %q %q, %v", a.Bucket, a.Key, err)
			}
		})
	}
}

func TestLevels(t *testing.T) {
	for in, want := range map[string][]string{
		"":       {""},
		"a/b/":   {"", "a/", "a/b/"},
		"a//b/c": {"", "a/", "a//", "a//b/"},
		"/x":     {"", "/"},
	} {
		if got := (s3.Address{Bucket: "b", Key: in}).Levels(); !slices.Equal(got, want) {
			t.Errorf("levels of %q: %q, want %q", in, got, want)
		}
	}
}

func FuzzParseAddress(f *testing.F) {
	f.Add("s3://datalake/a//b/")
	f.Add("arn:aws:s3:::datalake/x")
	f.Fuzz(func(t *testing.T, in string) {
		a, ok, err := s3.ParseAddress(in)
		if !ok || err != nil || a.Bucket == "" {
			return
		}
		again, ok, err := s3.ParseAddress(s3.URI(a.Bucket, a.Key))
		if !ok || err != nil || again != a {
			t.Errorf("%q gave %+v, whose URI gives %+v, %v", in, a, again, err)
		}
	})
}

func TestNames(t *testing.T) {
	_, s := open(t)
	for _, tt := range []struct{ name, got, want string }{
		{"URI", s3.URI("b", "a b/\x01"), "s3://b/a b/\x01"},
		{"ARN", s3.ARN("eu-west-1", "datalake", "a/b"), "arn:aws:s3:::datalake/a/b"},
		{"ARN in China", s3.ARN("cn-north-1", "datalake", ""), "arn:aws-cn:s3:::datalake"},
		{"URL", s3.URL(s, "datalake", "a b/ü+.csv"), "https://datalake.s3.eu-west-1.amazonaws.com/a%20b/%C3%BC%2B.csv"},
		{"URL with dots", s3.URL(s, "my.bucket", "x"), "https://s3.eu-west-1.amazonaws.com/my.bucket/x"},
	} {
		if tt.got != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, tt.got, tt.want)
		}
	}
}
