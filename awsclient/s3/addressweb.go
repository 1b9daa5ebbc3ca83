package s3

import (
	"net/url"
	"regexp"
	"strings"
)

// s3Host is the host of an object's own address: bucket.s3.region.amazonaws.com,
// and without the bucket where that is in the path.
var s3Host = regexp.MustCompile(`^(?:(.+)\.)?s3(?:[.-](?:dualstack\.)?[a-z]{2}(?:-[a-z]+)+-\d)?\.amazonaws\.com(?:\.cn)?$`)

// consolePath is the path of the web console's page of a bucket or an object.
var consolePath = regexp.MustCompile(`^/s3/(?:buckets|object)/([^/]+)$`)

// fromWeb turns the https address of an object, signed or not, or that of a page
// of the web console into bucket/key. Ok is false for every other address.
func fromWeb(address string) (place string, ok bool) {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "https" && u.Scheme != "http" {
		return "", false
	}
	host := u.Hostname()
	if m := consolePath.FindStringSubmatch(u.Path); m != nil && (host == "console.aws.amazon.com" || strings.HasSuffix(host, ".console.aws.amazon.com")) {
		return m[1] + Delimiter + u.Query().Get("prefix"), true
	}
	m := s3Host.FindStringSubmatch(host)
	if m == nil {
		return "", false
	}
	path := strings.TrimPrefix(u.Path, Delimiter)
	if m[1] == "" {
		return path, true
	}
	return m[1] + Delimiter + path, true
}
