package awsclient_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"

	"github.com/aws/smithy-go"
	smithyhttp "github.com/aws/smithy-go/transport/http"

	"straws/awsclient"
)

const xmlType, jsonType = "application/xml", "application/x-amz-json-1.1"

func xmlError(code, message string) string {
	return "<?xml version=\"1.0\"?><Error><Code>" + code + "</Code><Message>" + message + "</Message><RequestId>REQ1</RequestId></Error>"
}

func jsonError(code, message string) string {
	text, err := json.Marshal(map[string]string{"__type": code, "message": message})
	if err != nil {
		panic(err)
	}
	return string(text)
}

// refusal is an answer of AWS and what becomes of it.
type refusal struct {
	name   string
	call   call
	status int
	body   string
	header []string
	kind   awsclient.Kind
	says   string // the whole sentence
	hint   string // part of the hint
}

const notAuthorized = "User: arn:aws:sts::123456789012:assumed-role/Dev/jane is not authorized to perform: "

var s3Refusals = []refusal{
	{
		name: "a bucket with the whole story", call: listObjects, status: 403,
		body: xmlError("AccessDenied", notAuthorized+"s3:ListBucket on resource: &quot;arn:aws:s3:::logs&quot; because no identity-based policy allows the s3:ListBucket action"),
		kind: awsclient.Denied, says: "not allowed: s3:ListBucket on arn:aws:s3:::logs",
		hint: "ask for s3:ListBucket on arn:aws:s3:::logs",
	},
	{
		name: "a bucket with two words only", call: listObjects, status: 403, body: xmlError("AccessDenied", "Access Denied"),
		kind: awsclient.Denied, says: "not allowed: s3:ListBucket on bucket logs", hint: "arn:aws:s3:::logs",
	},
	{
		name: "an object by HEAD, without a body", call: headObject, status: 403,
		kind: awsclient.Denied, says: "not allowed: s3:GetObject on object logs/a.gz", hint: "arn:aws:s3:::logs/a.gz",
	},
	{
		name: "a token of yesterday", call: listBuckets, status: 400, body: xmlError("ExpiredToken", "The provided token has expired."),
		kind: awsclient.Expired, says: "the credentials have expired", hint: "press r",
	},
	{
		name: "a key that is not known", call: listBuckets, status: 403, body: xmlError("InvalidAccessKeyId", "The AWS Access Key Id you provided does not exist in our records."),
		kind: awsclient.NoCreds, says: "AWS does not accept these credentials (InvalidAccessKeyId)", hint: "check access key",
	},
	{
		name: "a bucket that is not there", call: listObjects, status: 404, body: xmlError("NoSuchBucket", "The specified bucket does not exist"),
		kind: awsclient.NotFound, says: "The specified bucket does not exist (NoSuchBucket): bucket logs", hint: "press r",
	},
	{
		name: "a server that is not like S3 in everything", call: listObjects, status: 501,
		body: xmlError("NotImplemented", "A header you provided implies functionality that is not implemented."),
		kind: awsclient.Invalid, says: "S3 does not offer ListObjectsV2 here (NotImplemented): bucket logs",
	},
	{
		name: "an object that is not there, by HEAD", call: headObject, status: 404,
		kind: awsclient.NotFound, says: "not found: object logs/a.gz", hint: "press r",
	},
	{
		name: "a bucket of another region", call: listObjects, status: 301, header: []string{"x-amz-bucket-region", "us-west-2"},
		body: xmlError("PermanentRedirect", "The bucket you are attempting to access must be addressed using the specified endpoint."),
		kind: awsclient.Invalid, says: "the bucket is in region us-west-2: bucket logs", hint: "us-west-2",
	},
	{
		name: "a bucket of another region, by HEAD", call: headBucket, status: 301, header: []string{"x-amz-bucket-region", "us-west-2"},
		kind: awsclient.Invalid, says: "the bucket is in region us-west-2: bucket logs", hint: "us-west-2",
	},
	{
		name: "a signature for another region", call: listObjects, status: 400,
		body: xmlError("AuthorizationHeaderMalformed", "The authorization header is malformed; the region 'us-east-1' is wrong; expecting 'eu-central-1'"),
		kind: awsclient.Invalid, says: "the bucket is in region eu-central-1: bucket logs", hint: "eu-central-1",
	},
	{
		name: "too many requests to S3", call: listObjects, status: 503, body: xmlError("SlowDown", "Please reduce your request rate."),
		kind: awsclient.Throttled, says: "S3 is throttling ListObjectsV2", hint: "in a moment",
	},
	{
		name: "a clock that is wrong", call: listBuckets, status: 403, body: xmlError("RequestTimeTooSkewed", "The difference is too large."),
		kind: awsclient.Invalid, says: "The difference is too large (RequestTimeTooSkewed)", hint: "clock",
	},
}

var jsonRefusals = []refusal{
	{
		name: "a listing of functions", call: listFunctions, status: 403,
		body: jsonError("AccessDeniedException", notAuthorized+"lambda:ListFunctions on resource: * because no identity-based policy allows the lambda:ListFunctions action"),
		kind: awsclient.Denied, says: "not allowed: lambda:ListFunctions", hint: "ask for lambda:ListFunctions",
	},
	{
		name: "clusters, by a service control policy", call: listClusters, status: 400,
		body: jsonError("AccessDeniedException", notAuthorized+"elasticmapreduce:ListClusters on resource: arn:aws:elasticmapreduce:eu-west-1:123456789012:cluster/* with an explicit deny in a service control policy"),
		kind: awsclient.Denied,
		says: "not allowed: elasticmapreduce:ListClusters on arn:aws:elasticmapreduce:eu-west-1:123456789012:cluster/* (explicit deny in a service control policy)",
		hint: "no new Allow helps",
	},
	{
		name: "a function that is not there", call: getFunction, status: 404,
		body: jsonError("ResourceNotFoundException", "Function not found: arn:aws:lambda:eu-west-1:1:function:mean"),
		kind: awsclient.NotFound, says: "Function not found: arn:aws:lambda:eu-west-1:1:function:mean (ResourceNotFoundException)", hint: "press r",
	},
	{
		name: "a cluster id that is none", call: listSteps, status: 400,
		body: jsonError("InvalidRequestException", "Cluster id 'j-1' is not valid."),
		kind: awsclient.Invalid, says: "Cluster id 'j-1' is not valid (InvalidRequestException)",
	},
	{
		name: "a function that is being updated", call: getFunction, status: 409,
		body: jsonError("ResourceConflictException", "The operation cannot be performed at this time. An update is in progress."),
		kind: awsclient.Conflict, hint: "wait until it has settled",
		says: "The operation cannot be performed at this time. An update is in progress (ResourceConflictException): function mean",
	},
	{
		name: "too many requests to Lambda", call: listFunctions, status: 429, header: []string{"Retry-After", "7"},
		body: jsonError("TooManyRequestsException", "Rate Exceeded."),
		kind: awsclient.Throttled, says: "Lambda is throttling ListFunctions, asking to wait 7 s", hint: "in 7 s",
	},
	{
		name: "too many requests to EMR", call: listClusters, status: 400, body: jsonError("ThrottlingException", "Rate exceeded"),
		kind: awsclient.Throttled, says: "EMR is throttling ListClusters", hint: "in a moment",
	},
	{
		name: "a failure inside AWS", call: listFunctions, status: 500, header: []string{"X-Amzn-Requestid", "REQ1"},
		body: jsonError("ServiceException", "boom"),
		kind: awsclient.Unavailable, says: "Lambda failed at ListFunctions (ServiceException: boom)", hint: "request id REQ1",
	},
}

func TestWhatAWSRefuses(t *testing.T) {
	for _, test := range slices.Concat(s3Refusals, jsonRefusals) {
		t.Run(test.name, func(t *testing.T) {
			kind := xmlType
			if strings.HasPrefix(test.body, "{") {
				kind = jsonType
			}
			s := open(t, newWire(t, says(test.status, kind, test.body, test.header...)).URL)
			e := classified(t, test.call(t.Context(), s))
			if e.Kind != test.kind {
				t.Errorf("kind is %v, want %v", e.Kind, test.kind)
			}
			if e.Error() != test.says {
				t.Errorf("it says\n%s\nwant\n%s", e.Error(), test.says)
			}
			if !strings.Contains(e.Hint(), test.hint) {
				t.Errorf("the hint %q lacks %q", e.Hint(), test.hint)
			}
		})
	}
}

// classified requires an *awsclient.Error on which a second Classify has no effect.
func classified(t *testing.T, err error) *awsclient.Error {
	t.Helper()
	if err == nil {
		t.Fatal("the call succeeded")
	}
	once := awsclient.Classify(err)
	var e *awsclient.Error
	if !errors.As(once, &e) || error(e) != once {
		t.Fatalf("Classify returned a %T", once)
	}
	if twice := awsclient.Classify(once); twice != once {
		t.Errorf("classified again it is %v", twice)
	}
	if !errors.Is(once, err) {
		t.Error("the SDK's error is lost")
	}
	return e
}

func TestDeniedNamesWhoAndGivesThePolicy(t *testing.T) {
	body := jsonError("AccessDeniedException", "User: arn:aws-cn:iam::1:user/jane is not authorized to perform: "+
		"lambda:GetFunctionConfiguration on resource: arn:aws-cn:lambda:cn-north-1:1:function:mean because …")
	e := classified(t, getFunction(t.Context(), open(t, newWire(t, says(403, jsonType, body)).URL)))
	if e.Principal != "arn:aws-cn:iam::1:user/jane" {
		t.Errorf("principal %q", e.Principal)
	}
	want := `{
  "Effect": "Allow",
  "Action": "lambda:GetFunctionConfiguration",
  "Resource": "arn:aws-cn:lambda:cn-north-1:1:function:mean"
}`
	if e.Policy() != want {
		t.Errorf("policy\n%s", e.Policy())
	}
}

func TestNoPolicyLiftsAnExplicitDeny(t *testing.T) {
	body := xmlError("AccessDenied", "User: u is not authorized to perform: s3:ListBucket on resource: r with an explicit deny in a resource-based policy")
	if e := classified(t, listObjects(t.Context(), open(t, newWire(t, says(403, xmlType, body)).URL))); e.Policy() != "" {
		t.Errorf("it offers %s", e.Policy())
	}
}

func TestHostileMessagesAreEscaped(t *testing.T) {
	evil := "gone \x1b]52;c;aGk=\x07\u202eeipp\u2028next\u0085 \n\nline"
	for _, status := range []int{400, 403, 404, 409, 500} {
		s := open(t, newWire(t, says(status, jsonType, jsonError("Evil\x1b[2J", evil))).URL)
		e := classified(t, getFunction(t.Context(), s))
		for _, text := range []string{e.Error(), e.Hint()} {
			if i := strings.IndexFunc(text, func(r rune) bool { return unicode.IsControl(r) || unicode.Is(unicode.Cf, r) }); i >= 0 {
				t.Errorf("status %d: %q at %d", status, text, i)
			}
		}
		if e.Message != evil {
			t.Errorf("the message is kept as %q", e.Message)
		}
	}
}

func TestLongMessagesAreCut(t *testing.T) {
	s := open(t, newWire(t, says(400, jsonType, jsonError("ValidationException", strings.Repeat("x", 1<<16)))).URL)
	if e := classified(t, listFunctions(t.Context(), s)); len(e.Error()) > 500 || !strings.HasSuffix(e.Error(), "…") {
		t.Errorf("%d bytes", len(e.Error()))
	}
}

func TestCancelIsNotAnError(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	s := open(t, newWire(t, func(http.ResponseWriter, *http.Request) { cancel() }).URL)
	if e := classified(t, listBuckets(ctx, s)); e.Kind != awsclient.Canceled {
		t.Errorf("kind is %v: %v", e.Kind, e)
	}
}

func TestContextAddedAfterwardsIsKept(t *testing.T) {
	s := open(t, newWire(t, says(404, xmlType, xmlError("NoSuchBucket", "gone"))).URL)
	first := awsclient.Classify(listObjects(t.Context(), s))
	wrapped := fmt.Errorf("list objects in logs: %w", first)
	e := classified(t, wrapped)
	if e.Kind != awsclient.NotFound || e.RequestID != first.(*awsclient.Error).RequestID || e.Service != "S3" {
		t.Errorf("%+v", e)
	}
}

func TestNilStaysNil(t *testing.T) {
	if err := awsclient.Classify(nil); err != nil {
		t.Error(err)
	}
}

func TestThrottleAsksForWholeSeconds(t *testing.T) {
	e := &awsclient.Error{Kind: awsclient.Throttled, Service: "EC2", Operation: "DescribeInstances", After: 1200 * time.Millisecond}
	if want := "EC2 is throttling DescribeInstances, asking to wait 2 s"; e.Error() != want {
		t.Errorf("%q", e.Error())
	}
}

func TestAServerOfAnotherServiceIsToldByItsStatus(t *testing.T) {
	answer := &smithyhttp.Response{Response: &http.Response{StatusCode: http.StatusMethodNotAllowed}}
	e := classified(t, &smithy.OperationError{ServiceID: "EC2", OperationName: "DescribeInstances", Err: &smithyhttp.ResponseError{
		Response: answer, Err: &smithy.GenericAPIError{Code: "UnknownError", Message: "UnknownError"},
	}})
	if want := "EC2 answered 405 Method Not Allowed"; e.Error() != want || e.Kind != awsclient.Invalid {
		t.Errorf("%q of kind %v", e.Error(), e.Kind)
	}
}

func TestEC2CodesByFamily(t *testing.T) {
	for code, kind := range map[string]awsclient.Kind{
		"InvalidInstanceID.NotFound":   awsclient.NotFound,
		"InvalidInstanceID.Malformed":  awsclient.Invalid,
		"InvalidVolume.NotFound":       awsclient.NotFound,
		"IncorrectInstanceState":       awsclient.Conflict,
		"OperationNotPermitted":        awsclient.Conflict,
		"UnauthorizedOperation":        awsclient.Denied,
		"RequestLimitExceeded":         awsclient.Throttled,
		"InsufficientInstanceCapacity": awsclient.Unavailable,
		"InstanceLimitExceeded":        awsclient.Conflict,
		"NoSuchUpload":                 awsclient.NotFound,
		"NoSuchKey":                    awsclient.NotFound,
		"BucketNotEmpty":               awsclient.Conflict,
		"PreconditionFailed":           awsclient.Conflict,
	} {
		t.Run(code, func(t *testing.T) {
			if e := classified(t, &smithy.GenericAPIError{Code: code}); e.Kind != kind {
				t.Errorf("kind is %v, want %v", e.Kind, kind)
			}
		})
	}
}

func FuzzClassify(f *testing.F) {
	f.Add("AccessDenied", "User: \x1b is not authorized to perform: s3:GetObject on resource: \"arn\"")
	f.Add("", "\xff\u202e")
	f.Fuzz(func(t *testing.T, code, message string) {
		err := awsclient.Classify(&smithy.GenericAPIError{Code: code, Message: message})
		var e *awsclient.Error
		if !errors.As(err, &e) {
			t.Fatalf("a %T", err)
		}
		for _, text := range []string{e.Error(), e.Hint()} {
			if strings.ContainsFunc(text, unicode.IsControl) {
				t.Errorf("%q", text)
			}
		}
		_ = e.Policy()
	})
}
