package awsclient

import (
	"cmp"
	"maps"
	"os"
	"path/filepath"
	"slices"
)

// Profile is a named entry of the shared config files.
type Profile struct {
	Name     string
	Region   string // "" when it names none
	Via      string // where credentials come from: "keys", "role", "sso", "login", "process", "web identity", or ""
	SSO      bool   // it, or the profile it takes its role from, logs in with aws sso login
	Session  string // name of the sso-session, "" for none
	StartURL string // of the SSO login
}

// Profiles lists the profiles of the shared config and credentials files by
// name. AWS_CONFIG_FILE and AWS_SHARED_CREDENTIALS_FILE are honoured. A file
// that does not exist holds none.
func Profiles() ([]Profile, error) {
	f, err := readShared()
	if err != nil {
		return nil, err
	}
	out := make([]Profile, 0, len(f.profiles))
	for _, name := range slices.Sorted(maps.Keys(f.profiles)) {
		out = append(out, f.profile(name))
	}
	return out, nil
}

func (f shared) profile(name string) Profile {
	s := f.profiles[name]
	p := Profile{Name: name, Region: s["region"], Via: via(s)}
	login, depth := s, 0
	for ; login["source_profile"] != "" && depth < len(f.profiles); depth++ {
		login = f.profiles[login["source_profile"]]
	}
	p.Session = login["sso_session"]
	p.StartURL = cmp.Or(f.sessions[p.Session]["sso_start_url"], login["sso_start_url"])
	p.SSO = p.Session != "" || p.StartURL != ""
	return p
}

// via follows the SDK's order of precedence inside one profile.
func via(s section) string {
	switch {
	case s["role_arn"] != "" && s["web_identity_token_file"] != "":
		return "web identity"
	case s["role_arn"] != "":
		return "role"
	case s["aws_access_key_id"] != "" && s["aws_secret_access_key"] != "":
		return "keys"
	case s["sso_session"] != "" || s["sso_start_url"] != "":
		return "sso"
	case s["login_session"] != "":
		return "login"
	case s["credential_process"] != "":
		return "process"
	}
	return ""
}

func configFile() string {
	return cmp.Or(os.Getenv("AWS_CONFIG_FILE"), inHome(".aws", "config"))
}

func credentialsFile() string {
	return cmp.Or(os.Getenv("AWS_SHARED_CREDENTIALS_FILE"), inHome(".aws", "credentials"))
}

// inHome is a path below the home directory, or relative when there is none.
func inHome(path ...string) string {
	home, _ := os.UserHomeDir()
	return filepath.Join(append([]string{home}, path...)...)
}
