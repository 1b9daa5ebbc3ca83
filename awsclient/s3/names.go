package s3

import (
	"strings"

	"straws/awsclient"
)

// URI is the s3:// address of a key or prefix, raw as every aws command takes it.
func URI(bucket, key string) string { return "s3://" + bucket + "/" + key }

// ARN is the ARN of a bucket, of a key, or of everything below a prefix's own
// name, in the partition of the region.
func ARN(region, bucket, key string) string {
	arn := "arn:" + partition(region) + ":s3:::" + bucket
	if key != "" {
		arn += "/" + key
	}
	return arn
}

func partition(region string) string {
	switch {
	case strings.HasPrefix(region, "cn-"):
		return "aws-cn"
	case strings.HasPrefix(region, "us-gov-"):
		return "aws-us-gov"
	default:
		return "aws"
	}
}

// URL is the https address of a key or prefix. It opens only what is public;
// browsers change keys with . or .. between slashes on the way.
func URL(s *awsclient.Session, bucket, key string) string {
	region := Region(s, bucket)
	domain := "s3." + region + ".amazonaws.com"
	if partition(region) == "aws-cn" {
		domain += ".cn"
	}
	switch {
	case s.Endpoint() != "":
		return strings.TrimSuffix(s.Endpoint(), "/") + "/" + bucket + "/" + escaped(key)
	case strings.Contains(bucket, "."): // no certificate is for two levels
		return "https://" + domain + "/" + bucket + "/" + escaped(key)
	}
	return "https://" + bucket + "." + domain + "/" + escaped(key)
}

// escaped percent-encodes every byte of a key that is not unreserved, except slashes.
func escaped(key string) string {
	const hexDigits = "0123456789ABCDEF"
	var b strings.Builder
	for i := range len(key) {
		c := key[i]
		if 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || strings.IndexByte("-._~/", c) >= 0 {
			b.WriteByte(c)
		} else {
			b.WriteString(string([]byte{'%', hexDigits[c>>4], hexDigits[c&15]}))
		}
	}
	return b.String()
}

// ListCommand is the aws command that lists one level of a bucket; all buckets
// when bucket is empty.
func ListCommand(bucket, prefix string) []string {
	if bucket == "" {
		return []string{"s3", "ls"}
	}
	return []string{"s3", "ls", URI(bucket, prefix)}
}

// ReadCommand is the aws command that writes an object to the standard output.
func ReadCommand(bucket, key string) []string {
	return []string{"s3", "cp", URI(bucket, key), "-"}
}

// DeleteCommand is the aws command that deletes one object.
func DeleteCommand(bucket, key string) []string {
	return Object{Bucket: bucket, Key: key}.command("delete-object")
}
