package awsclient

import (
	"bufio"
	"cmp"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
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

type section map[string]string

// shared is the content of both files.
type shared struct {
	profiles map[string]section
	sessions map[string]section // [sso-session name]
}

func readShared() (shared, error) {
	f := shared{profiles: map[string]section{}, sessions: map[string]section{}}
	if err := f.read(configFile(), true); err != nil {
		return f, err
	}
	return f, f.read(credentialsFile(), false)
}

func (f shared) read(path string, isConfig bool) error {
	file, err := os.Open(path) //nolint:gosec // the user's own configuration
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("read profiles: %w", err)
	}
	defer file.Close()
	if err := f.parse(file, isConfig); err != nil {
		return fmt.Errorf("read profiles in %s: %w", path, err)
	}
	return nil
}

func (f shared) parse(r io.Reader, isConfig bool) error {
	current := section{} // of what stands before the first header
	lines := bufio.NewScanner(r)
	for lines.Scan() {
		line := lines.Text()
		text := strings.TrimSpace(line)
		switch {
		case text == "" || text[0] == '#' || text[0] == ';':
		case text[0] == '[':
			current = f.open(text, isConfig)
		case line[0] == ' ' || line[0] == '\t': // continues or nests in the line above
		default:
			if name, value, ok := strings.Cut(text, "="); ok {
				current[strings.ToLower(strings.TrimSpace(name))] = uncommented(value)
			}
		}
	}
	return lines.Err() //nolint:wrapcheck // named by the caller
}

// uncommented is a value without the comment behind it.
func uncommented(s string) string {
	for _, mark := range []string{" #", " ;", "\t#", "\t;"} {
		s, _, _ = strings.Cut(s, mark)
	}
	return strings.TrimSpace(s)
}

// open returns the section of a header such as [profile "a b"].
func (f shared) open(header string, isConfig bool) section {
	name, _, _ := strings.Cut(strings.TrimPrefix(header, "["), "]")
	name = strings.TrimSpace(name)
	kind, rest, hasKind := strings.Cut(strings.ReplaceAll(name, "\t", " "), " ")
	rest = strings.Trim(strings.TrimSpace(rest), `"'`)
	into := f.profiles
	switch {
	case isConfig && hasKind && kind == "profile":
		name = rest
	case isConfig && hasKind && kind == "sso-session":
		name, into = rest, f.sessions
	case isConfig && name != "default":
		return section{} // [services x], or a profile without the word, which the SDK ignores too
	}
	if into[name] == nil {
		into[name] = section{}
	}
	return into[name]
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
