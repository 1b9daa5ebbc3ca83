package awsclient

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"
)

// Tried says, one sentence a provider, where credentials for these options are
// looked for and what is there. It reads the environment and the shared config
// files, and sends nothing.
func Tried(o Options) []string {
	var out []string
	if o.Profile == "" {
		out = append(out, triedKeys(), triedWebIdentity())
	}
	out = append(out, triedProfile(o))
	return append(out, triedContainer(), triedMetadata())
}

func triedKeys() string {
	var set, missing []string
	for _, name := range []string{"AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"} {
		if os.Getenv(name) != "" {
			set = append(set, name)
		} else {
			missing = append(missing, name)
		}
	}
	switch {
	case len(missing) == 0:
		return "environment: AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are set"
	case len(set) > 0:
		return fmt.Sprintf("environment: %s is set, but %s is not", set[0], missing[0])
	}
	return "environment: AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are not set"
}

func triedWebIdentity() string {
	if path := os.Getenv("AWS_WEB_IDENTITY_TOKEN_FILE"); path != "" {
		return fmt.Sprintf("web identity: AWS_WEB_IDENTITY_TOKEN_FILE is %s, which %s", path, presence(path))
	}
	return "web identity: AWS_WEB_IDENTITY_TOKEN_FILE is not set"
}

func triedProfile(o Options) string {
	name, by := profileName(o), ""
	switch {
	case o.Profile != "":
	case name != "":
		by = " (AWS_PROFILE)"
	default:
		name = "default"
	}
	where := fmt.Sprintf("profile %s%s: ", name, by)
	all, err := readShared()
	if err != nil {
		return where + err.Error()
	}
	s, ok := all.profiles[name]
	if !ok {
		return fmt.Sprintf("%snot in %s (%s) or %s (%s)", where,
			configFile(), presence(configFile()), credentialsFile(), presence(credentialsFile()))
	}
	return where + gives(s)
}

// gives says what credentials a profile's section leads to.
func gives(s section) string {
	switch via(s) {
	case "web identity":
		return "takes role " + s["role_arn"] + " with the token in " + s["web_identity_token_file"]
	case "role":
		source := s["credential_source"]
		if source == "" {
			source = "profile " + or(s["source_profile"], "(none named)")
		}
		return "takes role " + s["role_arn"] + " with the credentials of " + source
	case "keys":
		return "has an access key"
	case "sso":
		return "logs in with aws sso login"
	case "login":
		return "logs in with aws login"
	case "process":
		return "runs a credential_process"
	}
	if s["aws_access_key_id"] != "" || s["aws_secret_access_key"] != "" {
		return "has only half of an access key"
	}
	return "is there, but names no credentials"
}

func triedContainer() string {
	for _, name := range []string{"AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "AWS_CONTAINER_CREDENTIALS_FULL_URI"} {
		if os.Getenv(name) != "" {
			return "container: " + name + " is set"
		}
	}
	return "container: AWS_CONTAINER_CREDENTIALS_RELATIVE_URI and …_FULL_URI are not set"
}

func triedMetadata() string {
	if strings.EqualFold(os.Getenv("AWS_EC2_METADATA_DISABLED"), "true") {
		return "instance metadata: switched off by AWS_EC2_METADATA_DISABLED"
	}
	return "instance metadata: no answer, or no role on this machine"
}

// presence ends a sentence about a file.
func presence(path string) string {
	_, err := os.Stat(path) //nolint:gosec // the user's environment names the file
	switch {
	case err == nil:
		return "exists"
	case errors.Is(err, fs.ErrNotExist):
		return "does not exist"
	}
	return "cannot be read"
}
