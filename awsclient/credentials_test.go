package awsclient_test

import (
	"strings"
	"testing"

	"straws/awsclient"
)

func TestNoCredentialsSaysWhatWasTried(t *testing.T) {
	home(t, "", "")
	s, err := awsclient.Open(t.Context(), awsclient.Options{})
	if err != nil {
		t.Fatal(err)
	}
	e := classified(t, listBuckets(t.Context(), s))
	if e.Kind != awsclient.NoCreds || e.Error() != "no credentials found" || !strings.Contains(e.Hint(), "aws sso login") {
		t.Errorf("kind %v: %v, %s", e.Kind, e, e.Hint())
	}
	if e.Service != "S3" || e.Operation != "ListBuckets" {
		t.Errorf("of %s %s", e.Service, e.Operation)
	}
}

const (
	noKeys      = "environment: AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are not set"
	noToken     = "web identity: AWS_WEB_IDENTITY_TOKEN_FILE is not set"
	noContainer = "container: AWS_CONTAINER_CREDENTIALS_RELATIVE_URI and …_FULL_URI are not set"
	off         = "instance metadata: switched off by AWS_EC2_METADATA_DISABLED"
)

var tried = []struct {
	name    string
	files   bool
	env     map[string]string
	options awsclient.Options
	want    []string // HOME stands for the directory
}{
	{
		name: "nothing at all",
		want: []string{noKeys, noToken, "profile default: not in HOME/config (does not exist) or HOME/credentials (does not exist)", noContainer, off},
	},
	{
		name: "half a key", env: map[string]string{"AWS_ACCESS_KEY_ID": "A"},
		want: []string{"environment: AWS_ACCESS_KEY_ID is set, but AWS_SECRET_ACCESS_KEY is not", noToken, "profile default: not in HOME/config (does not exist) or HOME/credentials (does not exist)", noContainer, off},
	},
	{
		name: "a profile of the environment", files: true, env: map[string]string{"AWS_PROFILE": "prod"},
		want: []string{noKeys, noToken, "profile prod (AWS_PROFILE): takes role arn:aws:iam::1:role/Admin with the credentials of profile base", noContainer, off},
	},
	{
		name: "a chosen profile", files: true, options: awsclient.Options{Profile: "prod-admin"},
		want: []string{"profile prod-admin: logs in with aws sso login", noContainer, off},
	},
	{
		name: "a profile without credentials", files: true, options: awsclient.Options{Profile: "nowhere"},
		want: []string{"profile nowhere: is there, but names no credentials", noContainer, off},
	},
	{
		name: "a chosen process", files: true, options: awsclient.Options{Profile: "with space"},
		want: []string{"profile with space: runs a credential_process", noContainer, off},
	},
	{
		name: "tokens, containers and instances",
		env: map[string]string{
			"AWS_WEB_IDENTITY_TOKEN_FILE": "/nowhere/token", "AWS_CONTAINER_CREDENTIALS_FULL_URI": "http://127.0.0.1:1", "AWS_EC2_METADATA_DISABLED": "",
		},
		want: []string{
			noKeys, "web identity: AWS_WEB_IDENTITY_TOKEN_FILE is /nowhere/token, which does not exist",
			"profile default: not in HOME/config (does not exist) or HOME/credentials (does not exist)",
			"container: AWS_CONTAINER_CREDENTIALS_FULL_URI is set", "instance metadata: no answer, or no role on this machine",
		},
	},
}

func TestTried(t *testing.T) {
	for _, test := range tried {
		t.Run(test.name, func(t *testing.T) {
			config, credentials := "", ""
			if test.files {
				config, credentials = sharedConfig, sharedCredentials
			}
			dir := home(t, config, credentials)
			for name, value := range test.env {
				t.Setenv(name, value)
			}
			want := strings.ReplaceAll(strings.Join(test.want, "\n"), "HOME", dir)
			if got := strings.Join(awsclient.Tried(test.options), "\n"); got != want {
				t.Errorf("got\n%s\nwant\n%s", got, want)
			}
		})
	}
}

func TestALoginThatHasEnded(t *testing.T) {
	home(t, sharedConfig+`
[profile remote]
login_session = arn:aws:iam::1:user/jane
region = eu-west-1
`, sharedCredentials)
	for profile, hint := range map[string]string{
		"prod-admin": "run aws sso login --profile prod-admin, then press r",
		"remote":     "run aws login --profile remote, then press r",
	} {
		s, err := awsclient.Open(t.Context(), awsclient.Options{Profile: profile})
		if err != nil {
			t.Fatal(err)
		}
		e := classified(t, listBuckets(t.Context(), s))
		if e.Kind != awsclient.SSO || e.Error() != "the login session of profile "+profile+" has ended" || e.Hint() != hint {
			t.Errorf("kind %v: %v; %s", e.Kind, e, e.Hint())
		}
	}
}

func TestNobodyIsAskedForAnMFACode(t *testing.T) {
	home(t, sharedConfig, sharedCredentials)
	fake := newWire(t, says(500, xmlType, ""))
	t.Setenv("AWS_ENDPOINT_URL_STS", fake.URL)
	t.Setenv("AWS_ENDPOINT_URL_S3", fake.URL)
	s, err := awsclient.Open(t.Context(), awsclient.Options{Profile: "mfa"})
	if err != nil {
		t.Fatal(err)
	}
	e := classified(t, listBuckets(t.Context(), s))
	if e.Kind != awsclient.NoCreds || e.Error() != "the profile's role asks for an MFA code" ||
		!strings.Contains(e.Hint(), "aws configure export-credentials --profile mfa --format env") {
		t.Errorf("kind %v: %v; %s", e.Kind, e, e.Hint())
	}
	if n := fake.arrived.Load(); n != 0 {
		t.Errorf("%d requests", n)
	}
}

func TestARoleThatMayNotBeTaken(t *testing.T) {
	home(t, sharedConfig, sharedCredentials)
	fake := newWire(t, says(403, "text/xml", "<E><Error><Code>AccessDenied</Code><Message>User: arn:aws:iam::1:user/jane is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::1:role/Admin</Message></Error></E>"))
	t.Setenv("AWS_ENDPOINT_URL_STS", fake.URL)
	s, err := awsclient.Open(t.Context(), awsclient.Options{Profile: "prod"})
	if err != nil {
		t.Fatal(err)
	}
	e := classified(t, listBuckets(t.Context(), s))
	if e.Error() != "not allowed: sts:AssumeRole on arn:aws:iam::1:role/Admin" || e.Service != "STS" || !strings.Contains(e.Hint(), "trusts you") {
		t.Errorf("%s %s: %v; %s", e.Service, e.Operation, e, e.Hint())
	}
}
