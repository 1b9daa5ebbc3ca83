package s3

import (
	"errors"
	"fmt"
	"net/netip"
	"regexp"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws/arn"
)

// Address is a place in S3: all buckets, a bucket, what is below a prefix, or
// an object.
type Address struct {
	Bucket string // "" for the list of buckets
	Key    string // raw; "" for the top of the bucket, ends with / for a prefix
}

// Prefix reports whether the address is a level to list.
func (a Address) Prefix() bool { return a.Key == "" || strings.HasSuffix(a.Key, Delimiter) }

// Levels are the prefixes on the way to the address, the bucket's top ("")
// first: "a//b/" gives "", "a/", "a//", "a//b/".
func (a Address) Levels() []string {
	levels := []string{""}
	for i := range len(a.Key) {
		if a.Key[i] == Delimiter[0] {
			levels = append(levels, a.Key[:i+1])
		}
	}
	return levels
}

// maxKey is the longest key that S3 has, in bytes.
const maxKey = 1024

// ParseAddress reads s3, s3://bucket/key (also s3a:// and s3n://, as Hadoop
// writes it), the ARN of a bucket or object, and its address on the web. Ok is
// false when the address is not of S3; err says what is wrong with one that is.
func ParseAddress(s string) (a Address, ok bool, err error) {
	if s == "s3" || s == "s3/" {
		return Address{}, true, nil
	}
	if scheme, rest, found := strings.Cut(s, "://"); found {
		if web, found := fromWeb(s); found {
			a, err = place(web, s)
			return a, true, err
		}
		if scheme != "s3" && scheme != "s3a" && scheme != "s3n" {
			return Address{}, false, nil
		}
		a, err = place(rest, s)
		return a, true, err
	}
	if !arn.IsARN(s) {
		return Address{}, false, nil
	}
	name, err := arn.Parse(s)
	if err != nil || !strings.HasPrefix(name.Service, "s3") {
		return Address{}, false, nil
	}
	if name.Service != "s3" || name.AccountID != "" || name.Resource == "" {
		return Address{}, true, fmt.Errorf("%q is not the ARN of a bucket or an object", s)
	}
	a, err = place(strings.TrimSuffix(name.Resource, "*"), s)
	return a, true, err
}

// place reads bucket/key.
func place(s, whole string) (Address, error) {
	if s == "" {
		return Address{}, nil
	}
	bucket, key, _ := strings.Cut(s, Delimiter)
	if err := CheckBucket(bucket); err != nil {
		return Address{}, fmt.Errorf("%q: %w", whole, err)
	}
	if len(key) > maxKey {
		return Address{}, fmt.Errorf("the key in %.60q… is %d bytes long: S3 ends at %d", whole, len(key), maxKey)
	}
	return Address{Bucket: bucket, Key: key}, nil
}

// bucketName allows what buckets of 2006 to 2018 may still be called.
var bucketName = regexp.MustCompile(`^[a-zA-Z0-9][a-zA-Z0-9._-]*$`)

// CheckBucket says why a name cannot be that of a bucket; nil when it can.
func CheckBucket(name string) error {
	_, notIP := netip.ParseAddr(name)
	switch {
	case name == "":
		return errors.New("the bucket's name is missing")
	case !bucketName.MatchString(name):
		return fmt.Errorf("%q cannot be a bucket: names have letters, digits, dots and hyphens", name)
	case len(name) < 3 || len(name) > 255:
		return fmt.Errorf("%q cannot be a bucket: names have 3 to 63 characters", name)
	case strings.Contains(name, "..") || notIP == nil:
		return fmt.Errorf("%q cannot be a bucket: names are not like IP addresses and have no two dots together", name)
	}
	return nil
}
