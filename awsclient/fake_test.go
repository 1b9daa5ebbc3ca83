package awsclient_test

import (
	"context"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"sync/atomic"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/aws/retry"
	"github.com/aws/aws-sdk-go-v2/credentials"
	"github.com/aws/aws-sdk-go-v2/service/emr"
	"github.com/aws/aws-sdk-go-v2/service/lambda"
	"github.com/aws/aws-sdk-go-v2/service/s3"

	"straws/awsclient"
)

// wire is an endpoint that is not AWS and counts what arrives.
type wire struct {
	*httptest.Server
	arrived atomic.Int64
}

func newWire(t *testing.T, answer http.HandlerFunc) *wire {
	t.Helper()
	w := &wire{}
	w.Server = httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		w.arrived.Add(1)
		answer(rw, r)
	}))
	t.Cleanup(w.Close)
	return w
}

// says answers everything with one status, type and body.
func says(status int, contentType, body string, header ...string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", contentType)
		for i := 0; i+1 < len(header); i += 2 {
			w.Header().Set(header[i], header[i+1])
		}
		w.WriteHeader(status)
		_, _ = w.Write([]byte(body))
	}
}

// open starts a session at an endpoint with credentials of its own. Its
// retries do not wait.
func open(t *testing.T, endpoint string, change ...func(*awsclient.Options)) *awsclient.Session {
	t.Helper()
	o := awsclient.Options{Endpoint: endpoint, Config: config()}
	for _, f := range change {
		f(&o)
	}
	s, err := awsclient.Open(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func config() *aws.Config {
	return &aws.Config{
		Region:      "eu-west-1",
		Credentials: credentials.NewStaticCredentialsProvider("AKID", "SECRET", ""),
		Retryer: func() aws.Retryer {
			return retry.NewStandard(func(o *retry.StandardOptions) {
				o.Backoff = retry.BackoffDelayerFunc(func(int, error) (time.Duration, error) { return 0, nil })
			})
		},
	}
}

func s3Client(s *awsclient.Session) *s3.Client {
	return awsclient.Client(s, func(c aws.Config) *s3.Client {
		return s3.NewFromConfig(c, func(o *s3.Options) { o.UsePathStyle = s.PathStyle() })
	})
}

func lambdaClient(s *awsclient.Session) *lambda.Client {
	return awsclient.Client(s, func(c aws.Config) *lambda.Client { return lambda.NewFromConfig(c) })
}

func emrClient(s *awsclient.Session) *emr.Client {
	return awsclient.Client(s, func(c aws.Config) *emr.Client { return emr.NewFromConfig(c) })
}

// The calls that the tests make.
type call func(context.Context, *awsclient.Session) error

func listBuckets(ctx context.Context, s *awsclient.Session) error {
	_, err := s3Client(s).ListBuckets(ctx, &s3.ListBucketsInput{})
	return err
}

func listObjects(ctx context.Context, s *awsclient.Session) error {
	_, err := s3Client(s).ListObjectsV2(ctx, &s3.ListObjectsV2Input{Bucket: aws.String("logs"), Prefix: aws.String("raw/")})
	return err
}

func headObject(ctx context.Context, s *awsclient.Session) error {
	_, err := s3Client(s).HeadObject(ctx, &s3.HeadObjectInput{Bucket: aws.String("logs"), Key: aws.String("a.gz")})
	return err
}

func headBucket(ctx context.Context, s *awsclient.Session) error {
	_, err := s3Client(s).HeadBucket(ctx, &s3.HeadBucketInput{Bucket: aws.String("logs")})
	return err
}

func deleteObject(ctx context.Context, s *awsclient.Session) error {
	_, err := s3Client(s).DeleteObject(ctx, &s3.DeleteObjectInput{Bucket: aws.String("logs"), Key: aws.String("a.gz")})
	return err
}

func listFunctions(ctx context.Context, s *awsclient.Session) error {
	_, err := lambdaClient(s).ListFunctions(ctx, &lambda.ListFunctionsInput{})
	return err
}

func getFunction(ctx context.Context, s *awsclient.Session) error {
	_, err := lambdaClient(s).GetFunctionConfiguration(ctx, &lambda.GetFunctionConfigurationInput{FunctionName: aws.String("mean")})
	return err
}

func invoke(ctx context.Context, s *awsclient.Session) error {
	_, err := lambdaClient(s).Invoke(ctx, &lambda.InvokeInput{FunctionName: aws.String("mean"), Payload: []byte(`{"secret":1}`)},
		func(o *lambda.Options) { o.Retryer = awsclient.SingleAttempt() })
	return err
}

func listClusters(ctx context.Context, s *awsclient.Session) error {
	_, err := emrClient(s).ListClusters(ctx, &emr.ListClustersInput{})
	return err
}

func listSteps(ctx context.Context, s *awsclient.Session) error {
	_, err := emrClient(s).ListSteps(ctx, &emr.ListStepsInput{ClusterId: aws.String("j-1")})
	return err
}

func getObject() *s3.GetObjectInput {
	return &s3.GetObjectInput{Bucket: aws.String("logs"), Key: aws.String("index.html")}
}

func discardLog() *log.Logger { return log.New(io.Discard, "", 0) }
