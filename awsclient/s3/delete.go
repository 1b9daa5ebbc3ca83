package s3

import (
	"context"
	"errors"
	"net/http"

	"straws/awsclient"

	"github.com/aws/aws-sdk-go-v2/aws"
	sdk "github.com/aws/aws-sdk-go-v2/service/s3"
)

// Delete deletes one object with DeleteObject; with a version, that version for
// good. The key travels in the path of the URL, which carries every byte. S3
// answers with success also for a key that is not there.
//
// The tag, when it is not "", is the ETag that the current version must still
// have: an object that was replaced since is left alone, with an error of Kind
// Conflict. It is not looked at where a version is named, which nothing can replace.
func Delete(ctx context.Context, s *awsclient.Session, o Object, tag string) error {
	in := &sdk.DeleteObjectInput{Bucket: &o.Bucket, Key: &o.Key}
	switch {
	case o.Version != "":
		in.VersionId = &o.Version
	case tag != "":
		in.IfMatch = &tag
	}
	err := unchanged(ctx, s, in)
	if err == nil {
		err = remove(ctx, s, in)
	}
	if in.IfMatch != nil {
		err = unconditional(ctx, s, in, err)
	}
	if err != nil {
		return wrap(err, "delete %s", URI(o.Bucket, o.Key))
	}
	return nil
}

func remove(ctx context.Context, s *awsclient.Session, in *sdk.DeleteObjectInput) error {
	_, err := at(s, *in.Bucket, func(c *sdk.Client) (*sdk.DeleteObjectOutput, error) { return c.DeleteObject(ctx, in) })
	return err
}

// unchanged looks whether the object is still the same, where the server may pass
// over the condition that it must be: S3 itself does not.
func unchanged(ctx context.Context, s *awsclient.Session, in *sdk.DeleteObjectInput) error {
	if in.IfMatch == nil || s.Endpoint() == "" {
		return nil
	}
	now, err := stat(ctx, s, Object{Bucket: *in.Bucket, Key: *in.Key}, "")
	if err == nil && now.tag != *in.IfMatch {
		return replaced(in, nil)
	}
	return nil // it is the same, or the deletion itself will say what is wrong
}

func replaced(in *sdk.DeleteObjectInput, cause error) error {
	return conflict("DeleteObject", Object{Bucket: *in.Bucket, Key: *in.Key}, "it was replaced since it was listed, and not deleted", cause)
}

// unconditional settles what a refused condition leaves open. A server that has
// no conditional deletes is asked whether the object is still the same, and then
// to delete it. One that found another object, or none, may have lost its answer
// to a first attempt, which deleted it.
func unconditional(ctx context.Context, s *awsclient.Session, in *sdk.DeleteObjectInput, refused error) error {
	lacks := lacking(refused)
	if !lacks && !failedCondition(refused) {
		return refused
	}
	now, err := stat(ctx, s, Object{Bucket: *in.Bucket, Key: *in.Key}, "")
	switch {
	case absent(err):
		return nil
	case err != nil && lacks:
		return err
	case err != nil:
		return refused
	case now.tag != *in.IfMatch:
		return replaced(in, refused)
	case !lacks:
		return refused
	}
	plain := *in
	plain.IfMatch = nil
	return remove(ctx, s, &plain)
}

// conflict is a refusal in words of our own.
func conflict(operation string, o Object, message string, cause error) error {
	return &awsclient.Error{
		Kind: awsclient.Conflict, Service: "S3", Operation: operation, Target: "object " + o.Bucket + "/" + o.Key,
		Code: "PreconditionFailed", Message: message, Err: cause,
	}
}

// lacking tells a server that does not know a condition from one that refuses.
func lacking(err error) bool {
	var e *awsclient.Error
	return errors.As(awsclient.Classify(err), &e) && (e.Status == http.StatusNotImplemented || e.Code == "NotImplemented")
}

// failedCondition tells that the object was not as the request wanted it.
func failedCondition(err error) bool {
	var e *awsclient.Error
	return errors.As(awsclient.Classify(err), &e) &&
		(e.Code == "PreconditionFailed" || e.Code == "ConditionalRequestConflict" || e.Status == http.StatusPreconditionFailed || e.Kind == awsclient.NotFound)
}

// absent tells that there is no such object, as far as one may know.
func absent(err error) bool {
	var e *awsclient.Error
	return errors.As(awsclient.Classify(err), &e) && e.Kind == awsclient.NotFound && e.Code != "NoSuchBucket"
}

// state is what HeadObject tells of an object for a copy of it.
type state struct {
	*sdk.HeadObjectOutput

	size int64
	tag  string // the ETag in quotes
}

// stat asks HeadObject, on condition of a tag when it is not "".
func stat(ctx context.Context, s *awsclient.Session, o Object, tag string) (state, error) {
	in := &sdk.HeadObjectInput{Bucket: &o.Bucket, Key: &o.Key, ChecksumMode: "ENABLED"}
	if o.Version != "" {
		in.VersionId = &o.Version
	}
	if tag != "" {
		in.IfMatch = &tag
	}
	out, err := at(s, o.Bucket, func(c *sdk.Client) (*sdk.HeadObjectOutput, error) { return c.HeadObject(ctx, in) })
	if err != nil {
		return state{}, err
	}
	return state{out, aws.ToInt64(out.ContentLength), aws.ToString(out.ETag)}, nil
}
