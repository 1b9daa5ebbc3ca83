package s3

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"straws/awsclient"

	"github.com/aws/aws-sdk-go-v2/aws"
	sdk "github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"
)

// What S3 takes as tags of an object.
const (
	MaxTags     = 10
	MaxTagKey   = 128 // characters
	MaxTagValue = 256 // characters
)

// tagText is what keys and values of tags may hold.
var tagText = regexp.MustCompile(`^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$`)

// CheckTag says what is wrong with a tag; nil when S3 takes it.
func CheckTag(key, value string) error {
	switch {
	case key == "":
		return errors.New("the key is missing")
	case utf8.RuneCountInString(key) > MaxTagKey:
		return fmt.Errorf("a key has at most %d characters", MaxTagKey)
	case utf8.RuneCountInString(value) > MaxTagValue:
		return fmt.Errorf("a value has at most %d characters", MaxTagValue)
	case !utf8.ValidString(key+value) || !tagText.MatchString(key) || !tagText.MatchString(value):
		return errors.New("letters, digits, spaces and _ . : / = + - @ only")
	case strings.HasPrefix(strings.ToLower(key), "aws:"):
		return errors.New("keys that begin with aws: are AWS's own")
	}
	return nil
}

// CheckTags says what is wrong with all tags of an object together.
func CheckTags(tags map[string]string) error {
	if n := len(tags); n > MaxTags {
		return fmt.Errorf("%d tags: an object has at most %d", n, MaxTags)
	}
	return nil
}

// ObjectTags asks GetObjectTagging; the map is empty where there are none.
func ObjectTags(ctx context.Context, s *awsclient.Session, o Object) (map[string]string, error) {
	in := &sdk.GetObjectTaggingInput{Bucket: &o.Bucket, Key: &o.Key, VersionId: o.version()}
	out, err := at(s, o.Bucket, func(c *sdk.Client) (*sdk.GetObjectTaggingOutput, error) { return c.GetObjectTagging(ctx, in) })
	if err != nil {
		return nil, wrap(err, "ask for the tags of %s", URI(o.Bucket, o.Key))
	}
	tags := make(map[string]string, len(out.TagSet))
	for _, t := range out.TagSet {
		tags[aws.ToString(t.Key)] = aws.ToString(t.Value)
	}
	return tags, nil
}

// ErrTagsChanged is wrapped by the error of SetTags when the tags are not the
// ones that were to be replaced.
var ErrTagsChanged = errors.New("somebody else has changed the tags meanwhile")

// SetTags replaces the tags of an object, which have to be those in was. S3 has
// no condition for that: they are read again right before they are written with
// PutObjectTagging, or taken away with DeleteObjectTagging.
func SetTags(ctx context.Context, s *awsclient.Session, o Object, was, tags map[string]string) error {
	now, err := ObjectTags(ctx, s, o)
	switch {
	case err != nil:
		return err
	case !maps.Equal(now, was):
		return wrap(ErrTagsChanged, "change the tags of %s", URI(o.Bucket, o.Key))
	}
	return putTags(ctx, s, o, tags)
}

// MergeTags sets some tags of an object, takes others away, and leaves the rest.
// Nothing is written where nothing changes.
func MergeTags(ctx context.Context, s *awsclient.Session, o Object, set map[string]string, drop []string) error {
	now, err := ObjectTags(ctx, s, o)
	if err != nil {
		return err
	}
	tags := maps.Clone(now)
	for _, k := range drop {
		delete(tags, k)
	}
	maps.Copy(tags, set)
	if maps.Equal(now, tags) {
		return nil
	}
	if err := CheckTags(tags); err != nil {
		return impossible("PutObjectTagging", o, err.Error())
	}
	return putTags(ctx, s, o, tags)
}

func putTags(ctx context.Context, s *awsclient.Session, o Object, tags map[string]string) error {
	var err error
	if len(tags) == 0 {
		in := &sdk.DeleteObjectTaggingInput{Bucket: &o.Bucket, Key: &o.Key, VersionId: o.version()}
		_, err = at(s, o.Bucket, func(c *sdk.Client) (*sdk.DeleteObjectTaggingOutput, error) { return c.DeleteObjectTagging(ctx, in) })
	} else {
		in := &sdk.PutObjectTaggingInput{Bucket: &o.Bucket, Key: &o.Key, VersionId: o.version(), Tagging: tagging(tags)}
		_, err = at(s, o.Bucket, func(c *sdk.Client) (*sdk.PutObjectTaggingOutput, error) { return c.PutObjectTagging(ctx, in) })
	}
	if err != nil {
		return wrap(err, "change the tags of %s", URI(o.Bucket, o.Key))
	}
	return nil
}

func tagging(tags map[string]string) *types.Tagging {
	set := &types.Tagging{TagSet: []types.Tag{}}
	for _, k := range slices.Sorted(maps.Keys(tags)) {
		set.TagSet = append(set.TagSet, types.Tag{Key: aws.String(k), Value: aws.String(tags[k])})
	}
	return set
}

// ShowTagsCommand is the aws command that lists the tags of an object.
func ShowTagsCommand(o Object) []string { return o.command("get-object-tagging") }

// TagsCommand is the aws command that replaces all tags of an object.
func TagsCommand(o Object, tags map[string]string) []string {
	if len(tags) == 0 {
		return o.command("delete-object-tagging")
	}
	type tag struct{ Key, Value string }
	set := struct{ TagSet []tag }{}
	for _, k := range slices.Sorted(maps.Keys(tags)) {
		set.TagSet = append(set.TagSet, tag{k, tags[k]})
	}
	text, err := json.Marshal(set)
	if err != nil {
		return nil // strings always can be written
	}
	return o.command("put-object-tagging", "--tagging", string(text))
}
