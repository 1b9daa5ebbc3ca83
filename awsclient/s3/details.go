package s3

import (
	"context"
	"errors"
	"mime"
	"strconv"
	"strings"
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
	Parts           int `json:",omitempty"` // that it was uploaded in; 0 for one
	StorageClass    string
	ContentType     string            `json:",omitempty"`
	ContentEncoding string            `json:",omitempty"`
	ContentLanguage string            `json:",omitempty"`
	CacheControl    string            `json:",omitempty"`
	Disposition     string            `json:"ContentDisposition,omitempty"`
	Expires         string            `json:",omitempty"` // the header, which S3 does not act on
	Redirect        string            `json:"WebsiteRedirectLocation,omitempty"`
	VersionID       string            `json:"VersionId,omitempty"`
	Restore         string            `json:",omitempty"` // of an archived object
	ArchiveStatus   string            `json:",omitempty"` // archive tier of INTELLIGENT_TIERING
	Encryption      string            `json:"ServerSideEncryption,omitempty"`
	KMSKey          string            `json:"SSEKMSKeyId,omitempty"`
	BucketKey       bool              `json:"BucketKeyEnabled,omitempty"`
	CustomerKey     string            `json:"SSECustomerAlgorithm,omitempty"` // the algorithm of a key that S3 does not keep
	LockMode        string            `json:"ObjectLockMode,omitempty"`
	LockUntil       *time.Time        `json:"ObjectLockRetainUntilDate,omitempty"`
	LegalHold       string            `json:"ObjectLockLegalHoldStatus,omitempty"`
	Replication     string            `json:"ReplicationStatus,omitempty"`
	Expiration      string            `json:",omitempty"` // when a lifecycle rule will delete it
	Tags            int               `json:"TagCount,omitempty"`
	Checksums       map[string]string `json:",omitempty"` // by algorithm
	ChecksumType    string            `json:",omitempty"`
	Metadata        map[string]string `json:",omitempty"` // what the uploader added, decoded
	MissingMeta     int               `json:",omitempty"` // metadata that no header can carry
}

// Describe asks for one object's or version's details with HeadObject. Checksums
// of what a KMS key encrypts are refused without that key: they are then left out.
func Describe(ctx context.Context, s *awsclient.Session, o Object) (Details, error) {
	in := &sdk.HeadObjectInput{Bucket: &o.Bucket, Key: &o.Key, ChecksumMode: types.ChecksumModeEnabled, VersionId: o.version()}
	head := func(c *sdk.Client) (*sdk.HeadObjectOutput, error) { return c.HeadObject(ctx, in) }
	out, err := at(s, o.Bucket, head)
	if denied(err) {
		in.ChecksumMode = ""
		out, err = at(s, o.Bucket, head)
	}
	if err != nil {
		return Details{}, wrap(err, "describe %s", URI(o.Bucket, o.Key))
	}
	class := string(out.StorageClass)
	if class == "" {
		class = string(types.StorageClassStandard)
	}
	region := Region(s, o.Bucket)
	return Details{
		Bucket: o.Bucket, Key: o.Key, URI: URI(o.Bucket, o.Key), ARN: ARN(region, o.Bucket, o.Key), Region: region,
		Size: aws.ToInt64(out.ContentLength), LastModified: aws.ToTime(out.LastModified),
		ETag: aws.ToString(out.ETag), Parts: partsIn(aws.ToString(out.ETag)),
		StorageClass: class, ContentType: aws.ToString(out.ContentType), ContentEncoding: aws.ToString(out.ContentEncoding),
		ContentLanguage: aws.ToString(out.ContentLanguage), CacheControl: aws.ToString(out.CacheControl),
		Disposition: aws.ToString(out.ContentDisposition), Expires: aws.ToString(out.ExpiresString),
		Redirect: aws.ToString(out.WebsiteRedirectLocation), VersionID: aws.ToString(out.VersionId),
		Restore: aws.ToString(out.Restore), ArchiveStatus: string(out.ArchiveStatus),
		Encryption: string(out.ServerSideEncryption), KMSKey: aws.ToString(out.SSEKMSKeyId),
		BucketKey: aws.ToBool(out.BucketKeyEnabled), CustomerKey: aws.ToString(out.SSECustomerAlgorithm),
		LockMode: string(out.ObjectLockMode), LockUntil: out.ObjectLockRetainUntilDate, LegalHold: string(out.ObjectLockLegalHoldStatus),
		Replication: string(out.ReplicationStatus), Expiration: aws.ToString(out.Expiration), Tags: int(aws.ToInt32(out.TagCount)),
		Checksums: checksums(out), ChecksumType: string(out.ChecksumType),
		Metadata: decodedMetadata(out.Metadata), MissingMeta: int(aws.ToInt32(out.MissingMeta)),
	}, nil
}

func denied(err error) bool {
	var e *awsclient.Error
	return errors.As(awsclient.Classify(err), &e) && e.Kind == awsclient.Denied
}

// version is the version as a request names it; nil for the current one.
func (o Object) version() *string {
	if o.Version == "" {
		return nil
	}
	return &o.Version
}

// partsIn is the number of parts that an ETag tells; 0 when it is of one upload.
func partsIn(tag string) int {
	_, n, _ := strings.Cut(strings.Trim(tag, `"`), "-")
	parts, err := strconv.Atoi(n)
	if err != nil {
		return 0
	}
	return parts
}

// decodedMetadata reads values that are not ASCII, which S3 sends encoded as mail does.
func decodedMetadata(meta map[string]string) map[string]string {
	var d mime.WordDecoder
	for name, value := range meta {
		if text, err := d.DecodeHeader(value); err == nil {
			meta[name] = text
		}
	}
	return meta
}

// RestoreState is what a Restore header tells of an archived object's copy.
func RestoreState(header string) (ongoing bool, until time.Time) {
	if strings.Contains(header, `ongoing-request="true"`) {
		return true, time.Time{}
	}
	_, rest, _ := strings.Cut(header, `expiry-date="`)
	date, _, _ := strings.Cut(rest, `"`)
	until, err := time.Parse(time.RFC1123, date)
	if err != nil {
		return false, time.Time{}
	}
	return false, until.UTC()
}

func checksums(out *sdk.HeadObjectOutput) map[string]string {
	return sums(map[string]*string{
		"CRC32": out.ChecksumCRC32, "CRC32C": out.ChecksumCRC32C, "CRC64NVME": out.ChecksumCRC64NVME,
		"MD5": out.ChecksumMD5, "SHA1": out.ChecksumSHA1, "SHA256": out.ChecksumSHA256, "SHA512": out.ChecksumSHA512,
		"XXHASH64": out.ChecksumXXHASH64, "XXHASH3": out.ChecksumXXHASH3, "XXHASH128": out.ChecksumXXHASH128,
	})
}

// sums keeps the checksums that are there.
func sums(all map[string]*string) map[string]string {
	out := map[string]string{}
	for name, sum := range all {
		if sum != nil {
			out[name] = *sum
		}
	}
	return out
}

// impossible is a refusal of our own, before a request that would change something.
func impossible(operation string, o Object, why string) error {
	return &awsclient.Error{
		Kind: awsclient.Invalid, Service: "S3", Operation: operation, Target: "object " + o.Bucket + "/" + o.Key, Message: why,
	}
}

// command is an s3api command about the object.
func (o Object) command(verb string, more ...string) []string {
	words := append([]string{"s3api", verb, "--bucket", o.Bucket}, option("--key", o.Key)...)
	words = append(words, more...)
	if o.Version != "" {
		words = append(words, "--version-id", o.Version)
	}
	return words
}
