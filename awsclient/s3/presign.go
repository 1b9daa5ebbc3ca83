package s3

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"path"
	"slices"
	"strings"
	"time"

	"straws/awsclient"

	"github.com/aws/aws-sdk-go-v2/aws"
	sdk "github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/smithy-go/middleware"
)

// LongestLink is how long S3 honours a link at most.
const LongestLink = 7 * 24 * time.Hour

// LinkTo is what a link is to be for.
type LinkTo struct {
	Object Object
	Put    bool          // to upload to the key, and not to read it
	Save   bool          // a browser saves what it reads, under the last part of the key
	For    time.Duration // how long it should work
}

// Link is a presigned URL. Whoever has it can do what it is for, as the one who
// made it: it is a secret.
type Link struct {
	URL     string
	Method  string // "GET" or "PUT"
	Expires time.Time
	// Cut says what ends the link before the time that was asked for; "" when
	// nothing does.
	Cut string
	// Dots says that the key has a . or .. between slashes, which browsers and
	// curl without --path-as-is take out of the URL.
	Dots bool
}

// ErrLinkOver is returned when the credentials end before a link could be used.
var ErrLinkOver = errors.New("the session's credentials have ended: log in again, then make the link")

// Presign makes a link without a request to S3; it may ask for credentials. The
// link ends with these, whatever was asked for.
func Presign(ctx context.Context, s *awsclient.Session, share LinkTo, now time.Time) (Link, error) {
	link := Link{Dots: dotted(share.Object.Key)}
	cfg := s.In(Region(s, share.Object.Bucket)).Config()
	if cfg.Credentials == nil {
		return link, errors.New("there are no credentials to sign a link with")
	}
	keys, err := cfg.Credentials.Retrieve(ctx)
	if err != nil {
		return link, wrap(err, "get the credentials that sign the link")
	}
	var span time.Duration
	if span, link.Cut, err = linkSpan(share.For, keys, now); err != nil {
		return link, err
	}
	link.Expires = now.Add(span)
	c := sdk.NewPresignClient(sdk.New(sdk.Options{
		Region: cfg.Region, BaseEndpoint: cfg.BaseEndpoint, UsePathStyle: s.PathStyle(),
		Credentials:                aws.CredentialsProviderFunc(func(context.Context) (aws.Credentials, error) { return keys, nil }),
		RequestChecksumCalculation: aws.RequestChecksumCalculationWhenRequired,
		APIOptions:                 []func(*middleware.Stack) error{requester(s)},
	}), sdk.WithPresignExpires(span))
	if share.Put {
		put, err := c.PresignPutObject(ctx, &sdk.PutObjectInput{Bucket: &share.Object.Bucket, Key: &share.Object.Key})
		if err != nil {
			return link, wrap(err, "sign a link for %s", URI(share.Object.Bucket, share.Object.Key))
		}
		link.URL, link.Method = put.URL, http.MethodPut
		return link, nil
	}
	in := &sdk.GetObjectInput{Bucket: &share.Object.Bucket, Key: &share.Object.Key}
	if share.Object.Version != "" {
		in.VersionId = &share.Object.Version
	}
	if share.Save {
		in.ResponseContentDisposition = aws.String(saved(share.Object.Key))
	}
	get, err := c.PresignGetObject(ctx, in)
	if err != nil {
		return link, wrap(err, "sign a link for %s", URI(share.Object.Bucket, share.Object.Key))
	}
	link.URL, link.Method = get.URL, http.MethodGet
	return link, nil
}

// linkSpan is how long a link can work that was asked to work for so long.
func linkSpan(asked time.Duration, keys aws.Credentials, now time.Time) (span time.Duration, cut string, err error) {
	span = asked
	if span > LongestLink {
		span, cut = LongestLink, "S3 takes no link for more than 7 days"
	}
	if keys.CanExpire {
		left := keys.Expires.Sub(now).Truncate(time.Second)
		if left < time.Second {
			return 0, "", ErrLinkOver
		}
		if left < span {
			span, cut = left, "the credentials end then, and the link with them"
		}
	}
	return span, cut, nil
}

// dotted reports whether a URL of the key is changed by those who tidy paths.
func dotted(key string) bool {
	return slices.ContainsFunc(strings.Split(key, Delimiter), func(s string) bool { return s == "." || s == ".." })
}

// saved is the header that makes a browser save a file under the key's own name,
// as RFC 6266 writes names that are not plain.
func saved(key string) string {
	name := path.Base(strings.TrimSuffix(key, Delimiter))
	plain := strings.Map(func(r rune) rune {
		if r < ' ' || r > '~' || r == '"' || r == '\\' {
			return '_'
		}
		return r
	}, name)
	return fmt.Sprintf(`attachment; filename="%s"; filename*=UTF-8''%s`, plain, strings.ReplaceAll(escaped(name), Delimiter, "%2F"))
}

// PresignCommand is the aws command that makes a link to read an object.
func PresignCommand(o Object, span time.Duration) []string {
	return []string{"s3", "presign", URI(o.Bucket, o.Key), "--expires-in", fmt.Sprint(int(span.Seconds()))}
}
