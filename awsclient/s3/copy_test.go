package s3_test

import (
	"context"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"

	"straws/awsclient"
	"straws/awsclient/demo"
	"straws/awsclient/s3"

	"github.com/aws/aws-sdk-go-v2/aws"
	sdk "github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"
)

// text reads a whole object.
func text(t *testing.T, s *awsclient.Session, bucket, key string) string {
	t.Helper()
	b, err := s3.Open(t.Context(), s, s3.Object{Bucket: bucket, Key: key}, "", s3.Span{})
	if err != nil {
		t.Fatal(err)
	}
	defer b.Close()
	data, err := io.ReadAll(b)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// gone tells that there is no such object.
func gone(t *testing.T, s *awsclient.Session, bucket, key string) bool {
	t.Helper()
	b, err := s3.Open(t.Context(), s, s3.Object{Bucket: bucket, Key: key}, "", s3.Span{})
	if err == nil {
		b.Close()
	}
	var e *awsclient.Error
	return errors.As(awsclient.Classify(err), &e) && e.Kind == awsclient.NotFound
}

func copySources(a *demo.Account) (sources []string) {
	for _, c := range a.Calls("s3:CopyObject") {
		sources = append(sources, *c.Input.(*sdk.CopyObjectInput).CopySource)
	}
	return sources
}

func kindOf(err error) awsclient.Kind {
	var e *awsclient.Error
	errors.As(awsclient.Classify(err), &e)
	if e == nil {
		return awsclient.Unknown
	}
	return e.Kind
}

func TestCopyKeepsWhatTheObjectIs(t *testing.T) {
	a, s := open(t)
	c := sdk.NewFromConfig(a.Config())
	from, to := s3.Object{Bucket: "datalake", Key: "config/a.json"}, s3.Object{Bucket: "invoices-2026", Key: "b.json"}
	_, err := c.PutObject(t.Context(), &sdk.PutObjectInput{
		Bucket: &from.Bucket, Key: &from.Key, Body: strings.NewReader(`{}`), ContentType: aws.String("application/json"),
		ContentEncoding: aws.String("identity"), Metadata: map[string]string{"by": "me"}, StorageClass: types.StorageClassStandardIa,
	})
	if err != nil {
		t.Fatal(err)
	}
	var moved int64
	if _, err := s3.Copy(t.Context(), s, from, to, s3.CopyOptions{Watch: func(n int64) { moved += n }}); err != nil {
		t.Fatal(err)
	}
	d, err := c.HeadObject(t.Context(), &sdk.HeadObjectInput{Bucket: &to.Bucket, Key: &to.Key})
	if err != nil || *d.ContentType != "application/json" || *d.ContentEncoding != "identity" || d.Metadata["by"] != "me" || d.StorageClass != "STANDARD_IA" {
		t.Errorf("the copy is %+v, %v", d, err)
	}
	if moved != 2 {
		t.Errorf("%d bytes were told of", moved)
	}
}

func TestCopyNamesEveryKeyExactly(t *testing.T) {
	a, s := open(t)
	keys := []string{
		"plus+and space.txt", "percent%2Fencoded.txt", "control\x01\x02bytes.txt", "invalid-\xff\xfe.txt", "double//slash.txt",
		"/leading.txt", "../up.txt", "escape\x1b[2J\x1b[31mred.txt",
	}
	for _, key := range keys {
		want := text(t, s, "oddities", key)
		if _, err := s3.Copy(t.Context(), s, s3.Object{Bucket: "oddities", Key: key}, s3.Object{Bucket: "empty-bucket", Key: "in/" + key}, s3.CopyOptions{}); err != nil {
			t.Errorf("%q: %v", key, err)
			continue
		}
		if got := text(t, s, "empty-bucket", "in/"+key); got != want {
			t.Errorf("%q became %q", want, got)
		}
	}
	if got := copySources(a)[:4]; !slices.Equal(got, []string{
		"oddities/plus%2Band%20space.txt", "oddities/percent%252Fencoded.txt", "oddities/control%01%02bytes.txt", "oddities/invalid-%FF%FE.txt",
	}) {
		t.Errorf("asked for %q", got)
	}
}

func TestCopyOfAnOldVersionToAnotherRegion(t *testing.T) {
	a, s := open(t)
	c := sdk.NewFromConfig(a.Config())
	out, err := c.ListObjectVersions(t.Context(), &sdk.ListObjectVersionsInput{Bucket: aws.String("datalake-versioned"), Prefix: aws.String("config/limits.json")})
	if err != nil {
		t.Fatal(err)
	}
	oldest := out.Versions[len(out.Versions)-1]
	from := s3.Object{Bucket: "datalake-versioned", Key: "config/limits.json", Version: *oldest.VersionId}
	if _, err := s3.Copy(t.Context(), s, from, s3.Object{Bucket: "logs-archive", Key: "limits.json"}, s3.CopyOptions{}); err != nil {
		t.Fatal(err)
	}
	if got := text(t, s, "logs-archive", "limits.json"); got != "{\"limit\": 100}\n" {
		t.Errorf("the copy is %q", got)
	}
	calls := a.Calls("s3:CopyObject")
	if last := calls[len(calls)-1]; last.Region != "us-east-1" {
		t.Errorf("the copy was asked for in %s, and its target is in us-east-1", last.Region)
	}
}

func TestCopyOverwritesOnlyWhenAsked(t *testing.T) {
	_, s := open(t)
	from, to := s3.Object{Bucket: "datalake", Key: "README.md"}, s3.Object{Bucket: "datalake", Key: "config/pipeline.yaml"}
	before := text(t, s, to.Bucket, to.Key)
	_, err := s3.Copy(t.Context(), s, from, to, s3.CopyOptions{})
	if !errors.Is(err, s3.ErrExists) || kindOf(err) != awsclient.Conflict || !strings.Contains(awsclient.Classify(err).Error(), "nothing was overwritten") {
		t.Errorf("got %v", awsclient.Classify(err))
	}
	if text(t, s, to.Bucket, to.Key) != before {
		t.Error("it was overwritten")
	}
	if _, err := s3.Copy(t.Context(), s, from, to, s3.CopyOptions{Overwrite: true}); err != nil || text(t, s, to.Bucket, to.Key) == before {
		t.Errorf("it was not overwritten: %v", err)
	}
}

func TestCopyOnlyWhatWasListed(t *testing.T) {
	a, s := open(t)
	from := s3.Object{Bucket: "datalake", Key: "README.md"}
	_, err := s3.Copy(t.Context(), s, from, s3.Object{Bucket: "datalake", Key: "x"}, s3.CopyOptions{IfTag: `"d41d8cd98f00b204e9800998ecf8427e"`})
	if kindOf(err) != awsclient.Conflict || !strings.Contains(awsclient.Classify(err).Error(), "replaced since it was listed") || len(a.Calls("s3:CopyObject")) > 0 {
		t.Errorf("got %v after %d copies", err, len(a.Calls("s3:CopyObject")))
	}
}

func TestMoveDeletesWhatWasVerified(t *testing.T) {
	a, s := open(t)
	from, to := s3.Object{Bucket: "datalake", Key: "config/pipeline.yaml"}, s3.Object{Bucket: "acme-web-assets", Key: "p.yaml"}
	want := text(t, s, from.Bucket, from.Key)
	var m s3.Moved
	if err := s3.Move(t.Context(), s, from, to, s3.CopyOptions{}, &m); err != nil || !m.Deleted {
		t.Fatalf("%+v, %v", m, err)
	}
	if !gone(t, s, from.Bucket, from.Key) || text(t, s, to.Bucket, to.Key) != want {
		t.Error("it was not moved")
	}
	in := a.Calls("s3:DeleteObject")[0].Input.(*sdk.DeleteObjectInput)
	if aws.ToString(in.IfMatch) != m.Copied.Tag {
		t.Errorf("deleted if %q, want %q", aws.ToString(in.IfMatch), m.Copied.Tag)
	}
	err := s3.Move(t.Context(), s, to, to, s3.CopyOptions{Overwrite: true}, &s3.Moved{})
	if err == nil || gone(t, s, to.Bucket, to.Key) {
		t.Errorf("moved onto itself: %v", err)
	}
}

func TestAMoveGoesOnWhereItFailed(t *testing.T) {
	a, s := open(t)
	a.Fail("s3:DeleteObject", demo.Denied)
	from, to := s3.Object{Bucket: "datalake", Key: "config/pipeline.yaml"}, s3.Object{Bucket: "datalake", Key: "moved.yaml"}
	var m s3.Moved
	err := s3.Move(t.Context(), s, from, to, s3.CopyOptions{}, &m)
	if kindOf(err) != awsclient.Denied || m.Copied == nil || m.Deleted {
		t.Fatalf("%+v, %v", m, err)
	}
	a.Heal("s3:DeleteObject")
	if err := s3.Move(t.Context(), s, from, to, s3.CopyOptions{}, &m); err != nil || !gone(t, s, from.Bucket, from.Key) {
		t.Fatal(err)
	}
	if n := len(a.Calls("s3:CopyObject")); n != 1 {
		t.Errorf("it was copied %d times", n)
	}
}

func TestNothingIsDeletedWhenTheCopyIsNotWhatItShouldBe(t *testing.T) {
	for name, spoil := range map[string]func(*sdk.Client) error{
		"replaced at the source": func(c *sdk.Client) error {
			_, err := c.PutObject(context.Background(), &sdk.PutObjectInput{Bucket: aws.String("datalake"), Key: aws.String("config/pipeline.yaml"), Body: strings.NewReader("newer")})
			return err
		},
		"replaced at the target": func(c *sdk.Client) error {
			_, err := c.PutObject(context.Background(), &sdk.PutObjectInput{Bucket: aws.String("datalake"), Key: aws.String("moved.yaml"), Body: strings.NewReader("other")})
			return err
		},
		"deleted at the target": func(c *sdk.Client) error {
			_, err := c.DeleteObject(context.Background(), &sdk.DeleteObjectInput{Bucket: aws.String("datalake"), Key: aws.String("moved.yaml")})
			return err
		},
	} {
		t.Run(name, func(t *testing.T) {
			a, s := open(t)
			a.Fail("s3:DeleteObject", demo.Fault{Code: "AccessDenied", Status: 403, Times: 1})
			from, to := s3.Object{Bucket: "datalake", Key: "config/pipeline.yaml"}, s3.Object{Bucket: "datalake", Key: "moved.yaml"}
			var m s3.Moved
			if err := s3.Move(t.Context(), s, from, to, s3.CopyOptions{}, &m); err == nil {
				t.Fatal("it was deleted")
			}
			if err := spoil(sdk.NewFromConfig(a.Config())); err != nil {
				t.Fatal(err)
			}
			err := s3.Move(t.Context(), s, from, to, s3.CopyOptions{}, &m)
			if err == nil || gone(t, s, from.Bucket, from.Key) {
				t.Errorf("the source is gone: %v", err)
			}
		})
	}
}

func TestDeleteOnlyWhatWasListed(t *testing.T) {
	a, s := open(t)
	o := s3.Object{Bucket: "datalake", Key: "config/pipeline.yaml"}
	e := find(t, s, o.Bucket, o.Key)
	c := sdk.NewFromConfig(a.Config())
	if _, err := c.PutObject(t.Context(), &sdk.PutObjectInput{Bucket: &o.Bucket, Key: &o.Key, Body: strings.NewReader("newer")}); err != nil {
		t.Fatal(err)
	}
	err := s3.Delete(t.Context(), s, o, e.ETag())
	if kindOf(err) != awsclient.Conflict || !strings.Contains(awsclient.Classify(err).Error(), "replaced since it was listed") || gone(t, s, o.Bucket, o.Key) {
		t.Errorf("got %v", awsclient.Classify(err))
	}
	if err := s3.Delete(t.Context(), s, o, find(t, s, o.Bucket, o.Key).ETag()); err != nil || !gone(t, s, o.Bucket, o.Key) {
		t.Errorf("it is still there: %v", err)
	}
	if err := s3.Delete(t.Context(), s, o, e.ETag()); err != nil {
		t.Errorf("one that is gone: %v", err)
	}
}
