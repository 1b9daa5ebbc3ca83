package awsclient_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"straws/awsclient"
)

func TestProfilesOfBothFiles(t *testing.T) {
	home(t, sharedConfig, sharedCredentials)
	got, err := awsclient.Profiles()
	if err != nil {
		t.Fatal(err)
	}
	want := []awsclient.Profile{
		{Name: "base", Via: "keys"},
		{Name: "default", Region: "ap-south-1"},
		{Name: "local", Region: "eu-west-1"},
		{Name: "mfa", Via: "role"},
		{Name: "nowhere"},
		{Name: "orphan", Via: "role"},
		{Name: "prod", Region: "eu-west-1", Via: "role"},
		{Name: "prod-admin", Region: "us-west-2", Via: "sso", SSO: true, Session: "corp", StartURL: "https://corp.awsapps.com/start"},
		{Name: "with space", Region: "eu-north-1", Via: "process"},
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%+v\nwant\n%+v", got, want)
	}
	for _, p := range got {
		if p.Name == "orphan" {
			continue
		}
		if _, err := awsclient.Open(t.Context(), awsclient.Options{Profile: p.Name}); err != nil {
			t.Errorf("%s cannot be opened: %v", p.Name, err)
		}
	}
}

func TestOddConfigFiles(t *testing.T) {
	tests := []struct {
		name, text string
		want       []awsclient.Profile
	}{
		{"no file", "", nil},
		{"nothing in it", "\n# [profile a]\n; x\n", nil},
		{"settings before any profile", "region = eu-west-1\n[default]\n", []awsclient.Profile{{Name: "default"}}},
		{"indented settings", "[profile a]\n  region = eu-west-1\n  sso_start_url = https://x\n", []awsclient.Profile{{Name: "a", Region: "eu-west-1", Via: "sso", SSO: true, StartURL: "https://x"}}},
		{"nested settings", "[profile a]\ns3 =\n  region = us-east-1\nregion = eu-west-1\n", []awsclient.Profile{{Name: "a", Region: "eu-west-1"}}},
		{"comments behind", "[profile a] # one\nregion = eu-west-1 ; two\n", []awsclient.Profile{{Name: "a", Region: "eu-west-1"}}},
		{"capitals and colons", "[profile a]\nREGION: eu-west-1\n", []awsclient.Profile{{Name: "a", Region: "eu-west-1"}}},
		{"quoted values", "[profile a]\nregion = \"eu-west-1\"\n", []awsclient.Profile{{Name: "a", Region: "eu-west-1"}}},
		{"the word profile left out", "[a]\nregion = x\n[default]\n", []awsclient.Profile{{Name: "default"}}},
		{"no closing bracket", "[profile a\nregion = x\n[default]\nregion = y\n", []awsclient.Profile{{Name: "default", Region: "y"}}},
		{"twice", "[profile a]\nregion = x\n[profile a]\nregion = y\n", []awsclient.Profile{{Name: "a", Region: "y"}}},
		{"carriage returns", "[profile a]\r\nregion = x\r\n", []awsclient.Profile{{Name: "a", Region: "x"}}},
		{"SSO through a source", "[profile a]\nrole_arn = r\nsource_profile = b\n[profile b]\nsso_session = s\n[sso-session s]\nsso_start_url = https://x\n", []awsclient.Profile{
			{Name: "a", Via: "role", SSO: true, Session: "s", StartURL: "https://x"}, {Name: "b", Via: "sso", SSO: true, Session: "s", StartURL: "https://x"},
		}},
		{"sources in a circle", "[profile a]\nrole_arn = r\nsource_profile = b\n[profile b]\nrole_arn = r\nsource_profile = a\n", []awsclient.Profile{{Name: "a", Via: "role"}, {Name: "b", Via: "role"}}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			home(t, test.text, "")
			got, err := awsclient.Profiles()
			if err != nil || !slices.Equal(got, test.want) {
				t.Errorf("got %+v, %v", got, err)
			}
		})
	}
}

func TestAProfilesFileThatCannotBeRead(t *testing.T) {
	dir := home(t, "", "")
	if err := os.Mkdir(filepath.Join(dir, "credentials"), 0o700); err != nil {
		t.Fatal(err)
	}
	if _, err := awsclient.Profiles(); err == nil || !strings.Contains(err.Error(), filepath.Join(dir, "credentials")) {
		t.Errorf("%v", err)
	}
}
