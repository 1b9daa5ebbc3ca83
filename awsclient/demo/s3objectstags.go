package demo

import (
	"context"
	"net/http"
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"
)

func objectTagging(ctx context.Context, a *Account, in *s3.GetObjectTaggingInput) (*s3.GetObjectTaggingOutput, error) {
	v, err := a.object(ctx, in.Bucket, in.Key, in.VersionId, nil)
	if err != nil {
		return nil, err
	}
	return &s3.GetObjectTaggingOutput{VersionId: v.versionID(), TagSet: tagSet(v.tags)}, nil
}

func putObjectTagging(ctx context.Context, a *Account, in *s3.PutObjectTaggingInput) (*s3.PutObjectTaggingOutput, error) {
	v, err := a.object(ctx, in.Bucket, in.Key, in.VersionId, nil)
	if err != nil {
		return nil, err
	}
	tags, err := checkedTags(in.Tagging)
	if err != nil {
		return nil, err
	}
	v.tags = tags
	return &s3.PutObjectTaggingOutput{VersionId: v.versionID()}, nil
}

func deleteObjectTagging(ctx context.Context, a *Account, in *s3.DeleteObjectTaggingInput) (*s3.DeleteObjectTaggingOutput, error) {
	v, err := a.object(ctx, in.Bucket, in.Key, in.VersionId, nil)
	if err != nil {
		return nil, err
	}
	v.tags = nil
	reply(ctx).status = http.StatusNoContent
	return &s3.DeleteObjectTaggingOutput{VersionId: v.versionID()}, nil
}

// tagText is what keys and values of tags may hold.
var tagText = regexp.MustCompile(`^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$`)

// checkedTags is a set of tags as S3 takes it.
func checkedTags(in *types.Tagging) (map[string]string, error) {
	const mostTags, longestKey, longestValue = 10, 128, 256
	if in == nil {
		return nil, apiError("MalformedXML", "The XML you provided was not well-formed or did not validate against our published schema", http.StatusBadRequest)
	}
	if len(in.TagSet) > mostTags {
		return nil, apiError("BadRequest", "Object tags cannot be greater than 10", http.StatusBadRequest)
	}
	tags := map[string]string{}
	for _, t := range in.TagSet {
		k, v := aws.ToString(t.Key), aws.ToString(t.Value)
		_, twice := tags[k]
		switch {
		case twice:
			return nil, apiError("InvalidTag", "Cannot provide multiple Tags with the same key", http.StatusBadRequest)
		case k == "" || utf8.RuneCountInString(k) > longestKey || !tagText.MatchString(k):
			return nil, apiError("InvalidTag", "The TagKey you have provided is invalid", http.StatusBadRequest)
		case strings.HasPrefix(k, "aws:"):
			return nil, apiError("InvalidTag", "System tags cannot be added/updated by requester", http.StatusBadRequest)
		case utf8.RuneCountInString(v) > longestValue || !tagText.MatchString(v):
			return nil, apiError("InvalidTag", "The TagValue you have provided is invalid", http.StatusBadRequest)
		}
		tags[k] = v
	}
	return tags, nil
}
