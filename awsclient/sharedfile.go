package awsclient

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"
)

// section holds the settings of one profile, by lower-case name.
type section map[string]string

// shared is what both shared config files say, read by the SDK's rules, which
// are lenient: what it does not understand it skips.
type shared struct {
	profiles map[string]section
	sessions map[string]section // [sso-session name]
	spelling map[string]string  // of profiles that are written in quotes
}

func readShared() (shared, error) {
	f := shared{profiles: map[string]section{}, sessions: map[string]section{}, spelling: map[string]string{}}
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
	defer func() { _ = file.Close() }() // nothing was written
	if err := f.parse(file, isConfig); err != nil {
		return fmt.Errorf("read profiles in %s: %w", path, err)
	}
	return nil
}

func (f shared) parse(r io.Reader, isConfig bool) error {
	current, last := section{}, "" // what stands before the first header is dropped
	lines := bufio.NewScanner(r)
	for lines.Scan() {
		line := lines.Text()
		text := strings.TrimSpace(line)
		if text == "" || text[0] == '#' || text[0] == ';' {
			continue
		}
		if name, ok := header(text); ok {
			current, last = f.open(name, isConfig), ""
			continue
		}
		name, value, ok := property(text)
		// What is indented below an empty setting belongs to that, as in "s3 =".
		if indented := line[0] == ' ' || line[0] == '\t'; !ok || indented && last != "" && current[last] == "" {
			continue
		}
		current[name], last = value, name
	}
	return lines.Err() //nolint:wrapcheck // the caller names the file
}

// header reads "[profile name] # comment".
func header(text string) (string, bool) {
	text, _, _ = strings.Cut(text, "#")
	text, _, _ = strings.Cut(text, ";")
	text = strings.TrimSpace(text)
	if !strings.HasPrefix(text, "[") || !strings.HasSuffix(text, "]") {
		return "", false
	}
	return strings.TrimSpace(text[1 : len(text)-1]), true
}

// property reads "name = value # comment", or with a colon.
func property(text string) (name, value string, ok bool) {
	for _, mark := range []string{" #", " ;", "\t#", "\t;"} {
		text, _, _ = strings.Cut(text, mark)
	}
	at := strings.IndexAny(text, "=:")
	if at < 0 {
		return "", "", false
	}
	return strings.ToLower(strings.TrimSpace(text[:at])), unquoted(strings.TrimSpace(text[at+1:])), true
}

func unquoted(s string) string {
	if len(s) >= 2 && (s[0] == '"' || s[0] == '\'') && s[len(s)-1] == s[0] {
		return s[1 : len(s)-1]
	}
	return s
}

// open returns the section of a header such as: profile "a b".
func (f shared) open(name string, isConfig bool) section {
	kind, rest, hasKind := strings.Cut(strings.ReplaceAll(name, "\t", " "), " ")
	rest = strings.TrimSpace(rest)
	into := f.profiles
	switch {
	case isConfig && hasKind && kind == "profile":
		if name = unquoted(rest); name != rest {
			f.spelling[name] = rest
		}
	case isConfig && hasKind && kind == "sso-session":
		name, into = unquoted(rest), f.sessions
	case isConfig && name != "default", !isConfig && hasKind && kind == "profile":
		return section{} // [services x], or not spelt as this file wants it
	}
	if into[name] == nil {
		into[name] = section{}
	}
	return into[name]
}

// spelt is the name by which the SDK finds a profile: it takes quotes in the
// file for a part of the name, other than the aws command line tool.
func spelt(profile string) string {
	f, err := readShared()
	if err != nil {
		return profile // the SDK will say what is wrong with the file
	}
	return or(f.spelling[profile], profile)
}
