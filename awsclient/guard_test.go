package awsclient_test

import (
	"context"
	"errors"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/emr"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/sts"

	"straws/awsclient"
)

func readOnly(o *awsclient.Options) { o.ReadOnly = true }

func TestReadOnlyRefusesChangesBeforeAnyRequest(t *testing.T) {
	changes := map[string]struct {
		call call
		says string
	}{
		"delete an object": {deleteObject, "read-only: s3:DeleteObject was not sent: object logs/a.gz"},
		"invoke":           {invoke, "read-only: lambda:InvokeFunction was not sent: function mean"},
		"stop a cluster": {func(ctx context.Context, s *awsclient.Session) error {
			_, err := emrClient(s).TerminateJobFlows(ctx, &emr.TerminateJobFlowsInput{JobFlowIds: []string{"j-1"}})
			return err
		}, "read-only: elasticmapreduce:TerminateJobFlows was not sent: cluster j-1"},
		"a URL to upload to": {func(ctx context.Context, s *awsclient.Session) error {
			_, err := s3.NewPresignClient(s3Client(s)).PresignPutObject(ctx, &s3.PutObjectInput{Bucket: aws.String("logs"), Key: aws.String("a")})
			return err
		}, "read-only: s3:PutObject was not sent: object logs/a"},
	}
	for name, change := range changes {
		t.Run(name, func(t *testing.T) {
			fake := newWire(t, says(200, xmlType, ""))
			s := open(t, fake.URL, readOnly)
			err := change.call(t.Context(), s)
			e := classified(t, err)
			if e.Kind != awsclient.ReadOnly || !errors.Is(err, awsclient.ErrReadOnly) || !errors.Is(e, awsclient.ErrReadOnly) {
				t.Errorf("kind %v of %v", e.Kind, err)
			}
			if e.Error() != change.says || e.Hint() == "" {
				t.Errorf("it says %q and hints %q", e.Error(), e.Hint())
			}
			if n := fake.arrived.Load(); n != 0 {
				t.Errorf("%d requests were sent", n)
			}
			if calls := s.Trace().Calls(); len(calls) != 1 || calls[0].Attempts != 0 || calls[0].Code != "read-only" {
				t.Errorf("the log has %+v", calls)
			}
		})
	}
}

func TestReadOnlyReads(t *testing.T) {
	fake := newWire(t, says(200, xmlType, "<x/>"))
	s := open(t, fake.URL, readOnly)
	for name, read := range map[string]call{"buckets": listBuckets, "objects": listObjects, "head": headObject} {
		if err := read(t.Context(), s); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	whoami := awsclient.Client(s, func(c aws.Config) *sts.Client { return sts.NewFromConfig(c) })
	if _, err := whoami.GetCallerIdentity(t.Context(), &sts.GetCallerIdentityInput{}); errors.Is(err, awsclient.ErrReadOnly) {
		t.Error(err)
	}
	if n := fake.arrived.Load(); n != 4 {
		t.Errorf("%d requests were sent", n)
	}
}

func TestSessionsMayChangeThingsByDefault(t *testing.T) {
	fake := newWire(t, says(204, xmlType, ""))
	if err := deleteObject(t.Context(), open(t, fake.URL)); err != nil || fake.arrived.Load() != 1 {
		t.Errorf("%v after %d requests", err, fake.arrived.Load())
	}
}
