package s3

import (
	"context"
	"time"

	"straws/awsclient"

	"github.com/aws/aws-sdk-go-v2/aws"
	sdk "github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"
)

// Details is what S3 knows of one object beside its content.
type Details struct {
	Bucket          string
	Key             string
	URI             string
	ARN             string
	Region          string
	Size            int64 // bytes
	LastModified    time.Time
	ETag            string
	StorageClass    string
	ContentType     string            `json:",omitempty"`
	ContentEncoding string            `json:",omitempty"`
	CacheControl    string            `json:",omitempty"`
	Disposition     string            `json:"ContentDisposition,omitempty"`
	VersionID       string            `json:"VersionId,omitempty"`
	Restore         string            `json:",omitempty"` // of an archived object
	ArchiveStatus   string            `json:",omitempty"`
	Encryption      string            `json:"ServerSideEncryption,omitempty"`
	KMSKey          string            `json:"SSEKMSKeyId,omitempty"`
	LockMode        string            `json:"ObjectLockMode,omitempty"`
	LockUntil       *time.Time        `json:"ObjectLockRetainUntilDate,omitempty"`
	LegalHold       string            `json:"ObjectLockLegalHoldStatus,omitempty"`
	Replication     string            `json:"ReplicationStatus,omitempty"`
	Expiration      string            `json:",omitempty"`
	Checksums       map[string]string `json:",omitempty"` // by algorithm
	Metadata        map[string]string `json:",omitempty"` // what the uploader added
}

// Describe asks for one object's details with HeadObject.
func Describe(ctx context.Context, s *awsclient.Session, bucket, key string) (Details, error) {
	out, err := at(s, bucket, func(c *sdk.Client) (*sdk.HeadObjectOutput, error) {
		return c.HeadObject(ctx, &sdk.HeadObjectInput{Bucket: &bucket, Key: &key, ChecksumMode: types.ChecksumModeEnabled})
	})
	if err != nil {
		return Details{}, wrap(err, "describe %s", URI(bucket, key))
	}
	class := string(out.StorageClass)
	if class == "" {
		class = string(types.StorageClassStandard)
	}
	region := Region(s, bucket)
	return Details{
		Bucket: bucket, Key: key, URI: URI(bucket, key), ARN: ARN(region, bucket, key), Region: region,
		Size: aws.ToInt64(out.ContentLength), LastModified: aws.ToTime(out.LastModified), ETag: aws.ToString(out.ETag),
		StorageClass: class, ContentType: aws.ToString(out.ContentType), ContentEncoding: aws.ToString(out.ContentEncoding),
		CacheControl: aws.ToString(out.CacheControl), Disposition: aws.ToString(out.ContentDisposition),
		VersionID: aws.ToString(out.VersionId), Restore: aws.ToString(out.Restore), ArchiveStatus: string(out.ArchiveStatus),
		Encryption: string(out.ServerSideEncryption), KMSKey: aws.ToString(out.SSEKMSKeyId),
		LockMode: string(out.ObjectLockMode), LockUntil: out.ObjectLockRetainUntilDate, LegalHold: string(out.ObjectLockLegalHoldStatus),
		Replication: string(out.ReplicationStatus), Expiration: aws.ToString(out.Expiration),
		Checksums: checksums(out), Metadata: out.Metadata,
	}, nil
}

func checksums(out *sdk.HeadObjectOutput) map[string]string {
	sums := map[string]string{}
	for name, sum := range map[string]*string{
		"CRC32": out.ChecksumCRC32, "CRC32C": out.ChecksumCRC32C, "CRC64NVME": out.ChecksumCRC64NVME,
		"SHA1": out.ChecksumSHA1, "SHA256": out.ChecksumSHA256,
	} {
		if sum != nil {
			sums[name] = *sum
		}
	}
	return sums
}
