package s3

import (
	"context"
	"encoding/base64"
	"encoding/hex"
	"strings"
	"time"

	"straws/awsclient"

	"github.com/aws/aws-sdk-go-v2/aws"
	sdk "github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"
)

// Sum is a checksum of all of an object's bytes, as S3 keeps it.
type Sum struct {
	Algorithm string // "CRC64NVME", "CRC32C", "CRC32", "SHA256", "SHA1" or "MD5"; "" when S3 keeps none
	Value     string // raw bytes
}

// Stat is what HeadObject tells of an object.
type Stat struct {
	Size     int64
	ETag     string
	Version  string
	Type     string // Content-Type
	Modified time.Time
	Sum      Sum
}

// Look asks for an object's facts and checksum with HeadObject; tag is as for Open.
func Look(ctx context.Context, s *awsclient.Session, o Object, tag string) (Stat, error) {
	st, err := stat(ctx, s, o, tag)
	if err != nil {
		return Stat{}, wrap(err, "look at %s", URI(o.Bucket, o.Key))
	}
	out := st.HeadObjectOutput
	return Stat{
		Size: st.size, ETag: st.tag, Version: aws.ToString(out.VersionId), Type: aws.ToString(out.ContentType), Modified: aws.ToTime(out.LastModified),
		Sum: allSums{
			out.ChecksumCRC64NVME, out.ChecksumCRC32C, out.ChecksumCRC32, out.ChecksumSHA256, out.ChecksumSHA1,
			out.ChecksumType, out.ETag, string(out.ServerSideEncryption), out.SSECustomerAlgorithm,
		}.best(),
	}, nil
}

func sumOfGet(out *sdk.GetObjectOutput) Sum {
	return allSums{
		out.ChecksumCRC64NVME, out.ChecksumCRC32C, out.ChecksumCRC32, out.ChecksumSHA256, out.ChecksumSHA1,
		out.ChecksumType, out.ETag, string(out.ServerSideEncryption), out.SSECustomerAlgorithm,
	}.best()
}

// allSums is all that an answer says about an object's content.
type allSums struct {
	crc64, crc32c, crc32, sha256, sha1 *string

	kind       types.ChecksumType
	tag        *string
	encryption string
	customer   *string
}

// best is the checksum that is cheapest to compare, of those over the whole
// object. One over the checksums of parts ends with their number.
func (a allSums) best() Sum {
	for _, c := range []struct {
		name string
		text *string
	}{{"CRC64NVME", a.crc64}, {"CRC32C", a.crc32c}, {"CRC32", a.crc32}, {"SHA256", a.sha256}, {"SHA1", a.sha1}} {
		text := aws.ToString(c.text)
		if text == "" || a.kind == types.ChecksumTypeComposite || strings.Contains(text, "-") {
			continue
		}
		if raw, err := base64.StdEncoding.DecodeString(text); err == nil {
			return Sum{c.name, string(raw)}
		}
	}
	// The tag is an MD5 unless a key of KMS or of the customer encrypts.
	if strings.HasPrefix(a.encryption, "aws:") || a.customer != nil {
		return Sum{}
	}
	if raw, err := hex.DecodeString(strings.Trim(aws.ToString(a.tag), `"`)); err == nil && len(raw) == 16 {
		return Sum{"MD5", string(raw)}
	}
	return Sum{}
}
