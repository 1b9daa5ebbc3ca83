package awsclient_test

import (
	"bytes"
	"context"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/sts"

	"straws/awsclient"
)

const sharedConfig = `
[default]
region = ap-south-1

[profile prod]
region = eu-west-1   # Ireland
role_arn = arn:aws:iam::1:role/Admin
source_profile = base

[profile prod-admin]
region = us-west-2
sso_session = corp
sso_account_id = 1
sso_role_name = Admin

[profile mfa]
role_arn = arn:aws:iam::1:role/Admin
source_profile = base
mfa_serial = arn:aws:iam::1:mfa/jane

[profile orphan]
role_arn = arn:aws:iam::1:role/Admin
source_profile = nobody

[profile nowhere]
[profile "with space"]
region = eu-north-1
credential_process = printf '{}'
s3 =
    addressing_style = path

[profile local]
services = near
region = eu-west-1

[sso-session corp]
sso_start_url = https://corp.awsapps.com/start
sso_region = eu-central-1

[services near]
s3 =
  endpoint_url = http://127.0.0.1:9000
`

const sharedCredentials = `
[base]
aws_access_key_id = AKIABASE
aws_secret_access_key = SECRETBASE
`

// home makes the environment that of somebody with these shared files.
func home(t *testing.T, config, credentials string) string {
	t.Helper()
	for _, line := range os.Environ() {
		if name, _, _ := strings.Cut(line, "="); strings.HasPrefix(name, "AWS_") {
			t.Setenv(name, "") // restores it afterwards
			os.Unsetenv(name)
		}
	}
	dir := t.TempDir()
	t.Setenv("HOME", dir)
	t.Setenv("AWS_CONFIG_FILE", filepath.Join(dir, "config"))
	t.Setenv("AWS_SHARED_CREDENTIALS_FILE", filepath.Join(dir, "credentials"))
	t.Setenv("AWS_EC2_METADATA_DISABLED", "true")
	for name, text := range map[string]string{"config": config, "credentials": credentials} {
		if text == "" {
			continue
		}
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func TestWhichProfileAndRegion(t *testing.T) {
	tests := []struct {
		name            string
		env             map[string]string
		options         awsclient.Options
		profile, region string
		source          string
	}{
		{name: "the default profile", region: "ap-south-1", source: "profile default"},
		{name: "AWS_PROFILE", env: map[string]string{"AWS_PROFILE": "prod"}, profile: "prod", region: "eu-west-1", source: "profile prod"},
		{name: "AWS_REGION beats AWS_PROFILE", env: map[string]string{"AWS_PROFILE": "prod", "AWS_REGION": "sa-east-1"}, profile: "prod", region: "sa-east-1", source: "AWS_REGION"},
		{name: "a chosen profile beats AWS_REGION", env: map[string]string{"AWS_REGION": "sa-east-1"}, options: awsclient.Options{Profile: "prod"}, profile: "prod", region: "eu-west-1", source: "profile prod"},
		{name: "a chosen profile beats AWS_PROFILE", env: map[string]string{"AWS_PROFILE": "prod"}, options: awsclient.Options{Profile: "prod-admin"}, profile: "prod-admin", region: "us-west-2", source: "profile prod-admin"},
		{name: "a chosen region beats all", env: map[string]string{"AWS_REGION": "sa-east-1"}, options: awsclient.Options{Profile: "prod", Region: "eu-central-1"}, profile: "prod", region: "eu-central-1", source: "chosen"},
		{name: "a profile without a region takes the environment's", env: map[string]string{"AWS_DEFAULT_REGION": "sa-east-1"}, options: awsclient.Options{Profile: "nowhere"}, profile: "nowhere", region: "sa-east-1", source: "AWS_DEFAULT_REGION"},
		{name: "nobody names a region", options: awsclient.Options{Profile: "nowhere"}, profile: "nowhere", region: "us-east-1", source: "default"},
		{name: "keys in the environment beat AWS_PROFILE", env: map[string]string{"AWS_PROFILE": "prod", "AWS_ACCESS_KEY_ID": "A", "AWS_SECRET_ACCESS_KEY": "S"}, region: "eu-west-1", source: "profile prod"},
		{name: "a name with a space", options: awsclient.Options{Profile: "with space"}, profile: "with space", region: "eu-north-1", source: "profile with space"},
		{name: "a role behind MFA opens", options: awsclient.Options{Profile: "mfa"}, profile: "mfa", region: "us-east-1", source: "default"},
		{name: "a region of a stand-in", options: awsclient.Options{Region: "garage", Endpoint: "http://127.0.0.1:1"}, region: "garage", source: "chosen"},
		{name: "a region newer than we are", env: map[string]string{"AWS_REGION": "eu-west-9"}, region: "eu-west-9", source: "AWS_REGION"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			home(t, sharedConfig, sharedCredentials)
			for name, value := range test.env {
				t.Setenv(name, value)
			}
			s, err := awsclient.Open(t.Context(), test.options)
			if err != nil {
				t.Fatal(err)
			}
			if s.Profile() != test.profile || s.Region() != test.region || s.RegionSource() != test.source {
				t.Errorf("profile %q region %q from %q", s.Profile(), s.Region(), s.RegionSource())
			}
		})
	}
}

func TestWhatCannotBeOpened(t *testing.T) {
	tests := []struct {
		name    string
		config  string
		env     map[string]string
		options awsclient.Options
		says    string // HOME stands for the directory
		hint    string
	}{
		{name: "a misspelt profile", options: awsclient.Options{Profile: "prd"}, says: `there is no profile "prd" in HOME/config or HOME/credentials`, hint: "did you mean prod?"},
		{name: "a misspelt AWS_PROFILE", env: map[string]string{"AWS_PROFILE": "prod-amin"}, says: `there is no profile "prod-amin" in HOME/config or HOME/credentials`, hint: "did you mean prod-admin, prod?"},
		{name: "a profile like no other", options: awsclient.Options{Profile: "zzzzzz"}, says: `there is no profile "zzzzzz" in HOME/config or HOME/credentials`, hint: "there are base, default, local"},
		{name: "a hostile profile", options: awsclient.Options{Profile: "\x1b[2J"}, says: `there is no profile "\x1b[2J" in HOME/config or HOME/credentials`, hint: "there are"},
		{name: "a profile where there are none", config: "\n", options: awsclient.Options{Profile: "it's"}, says: `there is no profile "it's" in HOME/config or HOME/credentials`, hint: `aws configure --profile 'it'\''s' makes one`},
		{name: "a misspelt region", options: awsclient.Options{Region: "eu-wst-1"}, says: `there is no region "eu-wst-1"`, hint: "did you mean eu-west-1, eu-west-2"},
		{name: "no region at all", options: awsclient.Options{Region: "moon"}, says: `there is no region "moon"`, hint: "AWS_REGION"},
		{name: "a region that is a path", env: map[string]string{"AWS_REGION": "../../x"}, says: `there is no region "../../x"`},
		{name: "an endpoint without a scheme", options: awsclient.Options{Endpoint: "localhost:5000"}, says: `the endpoint "localhost:5000" is not usable: it has to begin with http:// or https://`, hint: "http://127.0.0.1:5000"},
		{name: "an endpoint without a host", options: awsclient.Options{Endpoint: "http://:5000"}, says: `the endpoint "http://:5000" is not usable: it names no host`},
		{name: "an endpoint with a query", options: awsclient.Options{Endpoint: "http://h/?a=b"}, says: `the endpoint "http://h/?a=b" is not usable: it may hold nothing but scheme, host, port and path`},
		{name: "an endpoint that is no URL", options: awsclient.Options{Endpoint: "http://h:port"}, says: `the endpoint "http://h:port" is not usable: invalid port ":port" after host`},
		{name: "a role with nobody to take it", options: awsclient.Options{Profile: "orphan"}, says: `there is no profile "nobody" in HOME/config or HOME/credentials`, hint: "it is the source_profile for the role arn:aws:iam::1:role/Admin"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			config, credentials := sharedConfig, sharedCredentials
			if test.config != "" {
				config, credentials = test.config, ""
			}
			dir := home(t, config, credentials)
			for name, value := range test.env {
				t.Setenv(name, value)
			}
			_, err := awsclient.Open(t.Context(), test.options)
			var e *awsclient.Error
			if !errors.As(err, &e) || e.Kind != awsclient.Invalid {
				t.Fatalf("the error is %#v", err)
			}
			want := strings.ReplaceAll(test.says, "HOME", dir)
			if e.Error() != want {
				t.Errorf("it says\n%s\nwant\n%s", e.Error(), want)
			}
			if !strings.Contains(e.Hint(), test.hint) {
				t.Errorf("the hint %q lacks %q", e.Hint(), test.hint)
			}
		})
	}
}

func TestAConfigFileThatCannotBeRead(t *testing.T) {
	dir := home(t, "", sharedCredentials)
	if err := os.Mkdir(filepath.Join(dir, "config"), 0o700); err != nil {
		t.Fatal(err)
	}
	_, err := awsclient.Open(t.Context(), awsclient.Options{Profile: "base"})
	var e *awsclient.Error
	if !errors.As(err, &e) || !strings.HasPrefix(e.Error(), dir+"/config cannot be read: ") {
		t.Errorf("%v", err)
	}
}

func TestOpeningAsksNobody(t *testing.T) {
	home(t, sharedConfig, sharedCredentials)
	fake := newWire(t, says(200, xmlType, "<x/>"))
	t.Setenv("AWS_ENDPOINT_URL", fake.URL)
	t.Setenv("AWS_EC2_METADATA_SERVICE_ENDPOINT", fake.URL)
	t.Setenv("AWS_EC2_METADATA_DISABLED", "")
	t.Setenv("AWS_DEFAULTS_MODE", "auto")
	for _, profile := range []string{"", "prod", "prod-admin", "mfa", "nowhere"} {
		if _, err := awsclient.Open(t.Context(), awsclient.Options{Profile: profile}); err != nil {
			t.Error(err)
		}
	}
	if n := fake.arrived.Load(); n != 0 {
		t.Errorf("%d requests", n)
	}
}

func TestWhereS3KeepsItsBuckets(t *testing.T) {
	tests := []struct {
		name, profile, chosen string
		env                   map[string]string
		endpoint              string // of the session
		path                  bool
	}{
		{name: "AWS itself"},
		{name: "an address", chosen: "http://127.0.0.1:5000", endpoint: "http://127.0.0.1:5000", path: true},
		{name: "localhost", chosen: "http://localhost:5000", endpoint: "http://localhost:5000", path: true},
		{name: "a host of one's own", chosen: "https://minio.corp", endpoint: "https://minio.corp", path: true},
		{name: "an interface endpoint of AWS", chosen: "https://bucket.vpce-1.s3.eu-west-1.vpce.amazonaws.com", endpoint: "https://bucket.vpce-1.s3.eu-west-1.vpce.amazonaws.com"},
		{name: "AWS_ENDPOINT_URL", env: map[string]string{"AWS_ENDPOINT_URL": "http://127.0.0.1:1"}, endpoint: "http://127.0.0.1:1", path: true},
		{name: "AWS_ENDPOINT_URL_S3", env: map[string]string{"AWS_ENDPOINT_URL_S3": "http://127.0.0.1:1"}, path: true},
		{name: "another service's endpoint", env: map[string]string{"AWS_ENDPOINT_URL_LAMBDA": "http://127.0.0.1:1"}},
		{name: "endpoints that are to be ignored", env: map[string]string{"AWS_ENDPOINT_URL_S3": "http://127.0.0.1:1", "AWS_ENDPOINT_URL": "http://127.0.0.1:1", "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS": "true"}},
		{name: "a service of the config file", profile: "local", path: true},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			home(t, sharedConfig, sharedCredentials)
			for name, value := range test.env {
				t.Setenv(name, value)
			}
			s, err := awsclient.Open(t.Context(), awsclient.Options{Profile: test.profile, Endpoint: test.chosen})
			if err != nil {
				t.Fatal(err)
			}
			if s.PathStyle() != test.path || s.Endpoint() != test.endpoint {
				t.Errorf("path style %v at %q", s.PathStyle(), s.Endpoint())
			}
		})
	}
}

func TestAChosenEndpointBeatsTheEnvironment(t *testing.T) {
	home(t, sharedConfig, sharedCredentials)
	other := newWire(t, says(500, xmlType, ""))
	t.Setenv("AWS_ENDPOINT_URL_S3", other.URL)
	fake := newWire(t, says(200, xmlType, "<ListAllMyBucketsResult/>"))
	s, err := awsclient.Open(t.Context(), awsclient.Options{Profile: "base", Endpoint: fake.URL})
	if err != nil {
		t.Fatal(err)
	}
	if err := listBuckets(t.Context(), s); err != nil {
		t.Error(err)
	}
	if fake.arrived.Load() != 1 || other.arrived.Load() != 0 {
		t.Errorf("%d requests here, %d there", fake.arrived.Load(), other.arrived.Load())
	}
}

func TestRegionsOfASessionShareEverything(t *testing.T) {
	var signed []string
	fake := newWire(t, func(w http.ResponseWriter, r *http.Request) {
		signed = append(signed, r.Header.Get("Authorization"))
		says(200, xmlType, "<ListAllMyBucketsResult/>")(w, r)
	})
	s := open(t, fake.URL, func(o *awsclient.Options) { o.ReadOnly, o.Profile = true, "prod" })
	there := s.In("us-west-2")
	if there == s || there != s.In("us-west-2") || there.In("eu-west-1") != s || s.In("") != s {
		t.Error("sessions are not made once per region")
	}
	if there.Region() != "us-west-2" || !there.ReadOnly() || there.Meter() != s.Meter() || there.Trace() != s.Trace() ||
		there.Profile() != "prod" || !there.PathStyle() {
		t.Errorf("%+v", there)
	}
	for _, in := range []*awsclient.Session{s, there} {
		if err := listBuckets(t.Context(), in); err != nil {
			t.Fatal(err)
		}
	}
	if !strings.Contains(signed[0], "/eu-west-1/s3/") || !strings.Contains(signed[1], "/us-west-2/s3/") {
		t.Errorf("signed for %q", signed)
	}
	if n := s.Meter().Snapshot().Requests; n != 2 {
		t.Errorf("the meter counts %d", n)
	}
	if err := deleteObject(t.Context(), there); !errors.Is(err, awsclient.ErrReadOnly) {
		t.Errorf("in the other region: %v", err)
	}
}

func TestClientsAreBuiltOnceAndOnFirstUse(t *testing.T) {
	s := open(t, "http://127.0.0.1:1")
	built := 0
	build := func(c aws.Config) *s3.Client {
		built++
		return s3.NewFromConfig(c)
	}
	first := awsclient.Client(s, build)
	if again := awsclient.Client(s, build); again != first || built != 1 {
		t.Errorf("built %d times", built)
	}
	if other := awsclient.Client(s, func(c aws.Config) *sts.Client { return sts.NewFromConfig(c) }); other == nil {
		t.Error("no other client")
	}
	if awsclient.Client(s.In("us-west-2"), build) == first {
		t.Error("two regions share a client")
	}
}

func TestCABundleIsTrusted(t *testing.T) {
	dir := home(t, sharedConfig, sharedCredentials)
	agents := make(chan string, 1)
	fake := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		agents <- r.UserAgent()
		says(200, xmlType, "<ListAllMyBucketsResult/>")(w, r)
	}))
	defer fake.Close()
	bundle := filepath.Join(dir, "ca.pem")
	writeCertificate(t, bundle, fake.Certificate())
	t.Setenv("AWS_CA_BUNDLE", bundle)
	s, err := awsclient.Open(t.Context(), awsclient.Options{Profile: "base", Endpoint: fake.URL})
	if err != nil {
		t.Fatal(err)
	}
	if err := listBuckets(t.Context(), s); err != nil {
		t.Fatal(err)
	}
	if agent := <-agents; !strings.Contains(agent, "app/straws") {
		t.Errorf("user agent %q", agent)
	}
}

func writeCertificate(t *testing.T, path string, c *x509.Certificate) {
	t.Helper()
	text := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: c.Raw})
	if err := os.WriteFile(path, text, 0o600); err != nil {
		t.Fatal(err)
	}
}

// All services of a session use the same connections.
func TestServicesShareConnections(t *testing.T) {
	home(t, sharedConfig, sharedCredentials)
	opened := make(chan struct{}, 10)
	fake := httptest.NewUnstartedServer(says(200, xmlType, "<ListAllMyBucketsResult/>"))
	fake.Config.ConnContext = func(ctx context.Context, _ net.Conn) context.Context {
		opened <- struct{}{}
		return ctx
	}
	fake.Start()
	defer fake.Close()
	s, err := awsclient.Open(t.Context(), awsclient.Options{Profile: "base", Endpoint: fake.URL})
	if err != nil {
		t.Fatal(err)
	}
	for _, in := range []*awsclient.Session{s, s.In("eu-west-1"), s.In("us-west-2")} {
		if err := listBuckets(t.Context(), in); err != nil {
			t.Fatal(err)
		}
	}
	if len(opened) != 1 {
		t.Errorf("%d connections", len(opened))
	}
}

func TestSDKWarningsGoToTheLog(t *testing.T) {
	var log bytes.Buffer
	s := open(t, newWire(t, says(200, "text/plain", "abc")).URL, func(o *awsclient.Options) {
		o.Config.ResponseChecksumValidation = aws.ResponseChecksumValidationWhenSupported
		o.Log = slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	})
	out, err := s3Client(s).GetObject(t.Context(), getObject())
	if err != nil {
		t.Fatal(err)
	}
	out.Body.Close()
	if !strings.Contains(log.String(), "from=sdk") || !strings.Contains(log.String(), "checksum") {
		t.Errorf("the log has %s", log.String())
	}
}
