package s3

import (
	"context"

	"straws/awsclient"

	"github.com/aws/aws-sdk-go-v2/aws"
	sdk "github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"
)

// Attributes are the checksums of an object and the parts it was uploaded in.
type Attributes struct {
	Checksums    map[string]string // by algorithm
	ChecksumType string            // FULL_OBJECT, or COMPOSITE of the parts' own
	Parts        int               // how many; 0 when it was uploaded in one
	Sizes        []int64           // bytes of the first 1,000 parts, where S3 keeps them
}

// DescribeAttributes asks GetObjectAttributes, which is a permission of its own.
func DescribeAttributes(ctx context.Context, s *awsclient.Session, o Object) (Attributes, error) {
	in := &sdk.GetObjectAttributesInput{
		Bucket: &o.Bucket, Key: &o.Key, VersionId: o.version(), MaxParts: aws.Int32(keysAPage),
		ObjectAttributes: []types.ObjectAttributes{types.ObjectAttributesChecksum, types.ObjectAttributesObjectParts},
	}
	out, err := at(s, o.Bucket, func(c *sdk.Client) (*sdk.GetObjectAttributesOutput, error) { return c.GetObjectAttributes(ctx, in) })
	if err != nil {
		return Attributes{}, wrap(err, "ask for the checksums of %s", URI(o.Bucket, o.Key))
	}
	var a Attributes
	if c := out.Checksum; c != nil {
		a.ChecksumType = string(c.ChecksumType)
		a.Checksums = sums(map[string]*string{
			"CRC32": c.ChecksumCRC32, "CRC32C": c.ChecksumCRC32C, "CRC64NVME": c.ChecksumCRC64NVME,
			"MD5": c.ChecksumMD5, "SHA1": c.ChecksumSHA1, "SHA256": c.ChecksumSHA256, "SHA512": c.ChecksumSHA512,
			"XXHASH64": c.ChecksumXXHASH64, "XXHASH3": c.ChecksumXXHASH3, "XXHASH128": c.ChecksumXXHASH128,
		})
	}
	if p := out.ObjectParts; p != nil {
		a.Parts = int(aws.ToInt32(p.TotalPartsCount))
		for _, part := range p.Parts {
			a.Sizes = append(a.Sizes, aws.ToInt64(part.Size))
		}
	}
	return a, nil
}
