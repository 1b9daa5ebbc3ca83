package demo

import (
	"context"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"
)

// s3State is every bucket of the account.
type s3State struct{ buckets map[string]*bucket }

func newS3State(*Account) *s3State {
	st := &s3State{buckets: map[string]*bucket{}}
	for _, b := range seedBuckets() {
		st.buckets[b.name] = b
	}
	return st
}

func registerS3(r *router) {
	handle(r, "s3:ListBuckets", listBuckets)
	handle(r, "s3:HeadBucket", headBucket)
	handle(r, "s3:GetBucketLocation", bucketLocation)
	handle(r, "s3:GetBucketVersioning", bucketVersioning)
	handle(r, "s3:GetBucketTagging", bucketTagging)
	handle(r, "s3:ListObjectsV2", listObjects)
	handle(r, "s3:ListObjectVersions", listVersions)
	handle(r, "s3:GetObject", getObject)
	handle(r, "s3:HeadObject", headObject)
	handle(r, "s3:GetObjectTagging", objectTagging)
	handle(r, "s3:PutObject", putObject)
	handle(r, "s3:CopyObject", copyObject)
	handle(r, "s3:DeleteObject", deleteObject)
	handle(r, "s3:DeleteObjects", deleteObjects)
	streams(r, "s3:GetObject", body)
	registerS3Facts(r)
	registerS3Uploads(r)
	registerS3Objects(r)
}

// bucket finds a bucket for an operation on resource (the bucket or a key in
// it), as the region of the call and the bucket's policy allow.
func (a *Account) bucket(ctx context.Context, name *string, key string) (*bucket, error) {
	b, ok := a.s3.buckets[aws.ToString(name)]
	if !ok {
		return nil, &types.NoSuchBucket{Message: aws.String("The specified bucket does not exist")}
	}
	x := reply(ctx)
	x.set("X-Amz-Bucket-Region", b.region)
	if x.region != b.region {
		return nil, apiError("PermanentRedirect", "The bucket you are attempting to access must be addressed using the "+
			"specified endpoint. Please send all future requests to this endpoint.", http.StatusMovedPermanently)
	}
	if b.denies {
		resource := "arn:aws:s3:::" + b.name
		if key != "" {
			resource += "/" + key
		}
		return nil, apiError("AccessDenied", fmt.Sprintf("User: %s is not authorized to perform: %s on resource: %q "+
			"with an explicit deny in a resource-based policy", Principal, iamAction(x.op), resource), http.StatusForbidden)
	}
	b.look()
	return b, nil
}

// look puts the bucket's files in before the first look at it.
func (b *bucket) look() {
	if fill := b.fill; fill != nil {
		b.fill = nil
		fill(b)
	}
}

// headless turns an error into what is left of it in the answer to a HEAD
// request, which has no body: the status alone.
func headless(err error) error {
	status := statusOf(err)
	text := http.StatusText(status)
	if status == http.StatusNotFound {
		return &types.NotFound{Message: aws.String(text)}
	}
	return apiError(strings.ReplaceAll(text, " ", ""), text, status)
}

// putObject stores a file on behalf of another service, in a bucket of the
// account's own region that is made when it is missing.
func (a *Account) putObject(bucketName, key string, data []byte, modified time.Time) {
	b, ok := a.s3.buckets[bucketName]
	if !ok {
		b = &bucket{name: bucketName, region: Region, created: modified}
		a.s3.buckets[bucketName] = b
	}
	b.look()
	b.put(key, &version{content: held(slices.Clone(data)), modified: modified, kind: contentType(key)})
}

func listBuckets(ctx context.Context, a *Account, in *s3.ListBucketsInput) (*s3.ListBucketsOutput, error) {
	limit := int(aws.ToInt32(in.MaxBuckets))
	if in.MaxBuckets == nil {
		limit = 10_000
	}
	if limit < 1 || limit > 10_000 {
		return nil, apiError("InvalidArgument", "Argument MaxBuckets must be an integer between 1 and 10000.", http.StatusBadRequest)
	}
	paged := in.MaxBuckets != nil || in.Prefix != nil || in.BucketRegion != nil || in.ContinuationToken != nil
	from, err := decodeToken(in.ContinuationToken)
	if err != nil {
		return nil, err
	}
	if r := aws.ToString(in.BucketRegion); r != "" && r != reply(ctx).region {
		return nil, apiError("InvalidArgument", "Argument value "+r+" is not a valid AWS Region for this endpoint.", http.StatusBadRequest)
	}
	out := &s3.ListBucketsOutput{Prefix: in.Prefix, Owner: &types.Owner{ID: aws.String("75aa57f09aa0c8caeab4f8c24e99d10f8e7faeebf76c078efc7c6caea54ba06a")}}
	for _, name := range slices.Sorted(maps.Keys(a.s3.buckets)) {
		b := a.s3.buckets[name]
		if name < from || !strings.HasPrefix(name, aws.ToString(in.Prefix)) || in.BucketRegion != nil && *in.BucketRegion != b.region {
			continue
		}
		if len(out.Buckets) == limit {
			out.ContinuationToken = encodeToken(name)
			break
		}
		row := types.Bucket{Name: aws.String(name), CreationDate: aws.Time(b.created)}
		if paged {
			row.BucketRegion, row.BucketArn = aws.String(b.region), aws.String("arn:aws:s3:::"+name)
		}
		out.Buckets = append(out.Buckets, row)
	}
	return out, nil
}

func headBucket(ctx context.Context, a *Account, in *s3.HeadBucketInput) (*s3.HeadBucketOutput, error) {
	b, err := a.bucket(ctx, in.Bucket, "")
	if err != nil {
		return nil, headless(err)
	}
	return &s3.HeadBucketOutput{BucketRegion: aws.String(b.region), BucketArn: aws.String("arn:aws:s3:::" + b.name)}, nil
}

func bucketLocation(ctx context.Context, a *Account, in *s3.GetBucketLocationInput) (*s3.GetBucketLocationOutput, error) {
	b, err := a.bucket(ctx, in.Bucket, "")
	if err != nil {
		return nil, err
	}
	out := &s3.GetBucketLocationOutput{}
	if b.region != "us-east-1" {
		out.LocationConstraint = types.BucketLocationConstraint(b.region)
	}
	return out, nil
}

func bucketVersioning(ctx context.Context, a *Account, in *s3.GetBucketVersioningInput) (*s3.GetBucketVersioningOutput, error) {
	b, err := a.bucket(ctx, in.Bucket, "")
	if err != nil {
		return nil, err
	}
	out := &s3.GetBucketVersioningOutput{}
	if b.versioned {
		out.Status = types.BucketVersioningStatusEnabled
	}
	return out, nil
}

func bucketTagging(ctx context.Context, a *Account, in *s3.GetBucketTaggingInput) (*s3.GetBucketTaggingOutput, error) {
	b, err := a.bucket(ctx, in.Bucket, "")
	if err != nil {
		return nil, err
	}
	if len(b.tags) == 0 {
		return nil, apiError("NoSuchTagSet", "The TagSet does not exist", http.StatusNotFound)
	}
	out := &s3.GetBucketTaggingOutput{}
	for _, k := range slices.Sorted(maps.Keys(b.tags)) {
		out.TagSet = append(out.TagSet, types.Tag{Key: aws.String(k), Value: aws.String(b.tags[k])})
	}
	return out, nil
}
