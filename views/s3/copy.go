package s3

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"straws/awsclient/s3"
	"straws/ui/format"
	"straws/ui/listpane"
	"straws/ui/pane"

	tea "charm.land/bubbletea/v2"
)

// copyActions write objects and prefixes elsewhere within S3. Each asks where to,
// and opens the plan of it.
func (p place) copyActions() []listpane.Action[s3.Entry] {
	return []listpane.Action[s3.Entry]{
		{
			ID: "s3.object.copy", Label: "Copy to", Keys: []string{"c"}, Needs: copyNeeds, Off: p.frozen,
			Many: func(env pane.Env, rows []s3.Entry) tea.Cmd { return p.askWhere(env, rows, copies) },
		},
		{
			ID: "s3.object.move", Label: "Move to", Keys: []string{"M"}, Needs: moveNeeds, Off: p.frozen, Hide: true,
			Many: func(env pane.Env, rows []s3.Entry) tea.Cmd { return p.askWhere(env, rows, moves) },
		},
		{
			ID: "s3.object.rename", Label: "Rename", Keys: []string{"n"}, Needs: moveNeeds, Off: p.nameless, Hide: true,
			Do: p.askName,
		},
	}
}

//nolint:gochecknoglobals // constants, if Go had them for slices
var (
	copyNeeds = []string{"s3:ListBucket", "s3:GetObject", "s3:GetObjectTagging", "s3:PutObject", "s3:PutObjectTagging"}
	moveNeeds = append(copyNeeds[:len(copyNeeds):len(copyNeeds)], "s3:DeleteObject")
)

// way is how objects come to another place.
type way int

const (
	copies  way = iota
	moves       // the source is deleted
	renames     // a move of one row within its level
)

// String is the verb for it.
func (w way) String() string { return [...]string{"copy", "move", "rename"}[w] }

// frozen says why nothing can be written.
func (p place) frozen(s3.Entry) string {
	if p.env.AWS.ReadOnly() {
		return "this session is read-only"
	}
	return ""
}

func (p place) nameless(e s3.Entry) string {
	if e.Key == p.prefix {
		return "this is the marker of the folder itself: rename the folder, one level up"
	}
	return p.frozen(e)
}

const scheme = "s3://"

// askWhere asks for the place that rows are to be copied or moved to.
func (p place) askWhere(env pane.Env, rows []s3.Entry, w way) tea.Cmd {
	start, facts := s3.URI(p.bucket, p.prefix), []string(nil)
	if !typable(start) {
		start = s3.URI(p.bucket, "")
	}
	switch i := slices.IndexFunc(rows, s3.Entry.Prefix); {
	case i >= 0:
		facts = append(facts, fmt.Sprintf("what is below %s goes below s3://bucket/prefix/%s", p.name(rows[i]), p.name(rows[i])))
	case len(rows) == 1:
		facts = append(facts, "s3://bucket/prefix/ keeps the name; anything that does not end with / is the new key")
	}
	env.Ask(pane.Question{
		Title: fmt.Sprintf("%s %s to", w, p.called(rows)), Text: start, Facts: facts,
		Check: func(text string) string {
			if strings.Count(text, scheme) > max(strings.Count(start, scheme), 1) {
				return "a second s3:// begins in the middle: ctrl+u clears the line"
			}
			return sentence(second(p.destination(text, rows)))
		},
		Complete: completeS3(p.env),
		Do: func(text string) tea.Cmd {
			r, err := p.destination(text, rows)
			if err == nil {
				env.Push(planned(relocation{Relocation: r, list: env, way: w, what: p.called(rows)}))
			}
			return nil
		},
	})
	return nil
}

// askName asks for the new name of one row.
func (p place) askName(env pane.Env, e s3.Entry) tea.Cmd {
	old := strings.TrimSuffix(p.name(e), s3.Delimiter)
	start, facts := old, []string(nil)
	if !typable(old) {
		start, facts = "", []string{"the present name cannot be typed: " + old}
	}
	if e.Prefix() {
		facts = append(facts, "everything below it is moved, object by object: S3 has no folders to rename")
	}
	env.Ask(pane.Question{
		Title: "rename " + p.name(e) + " to", Text: start, Facts: facts,
		Check: func(text string) string { return sentence(second(p.renamed(text, e))) },
		Do: func(text string) tea.Cmd {
			r, err := p.renamed(text, e)
			if err == nil {
				env.Push(planned(relocation{Relocation: r, list: env, way: renames, what: p.name(e)}))
			}
			return nil
		},
	})
	return nil
}

// destination reads where rows are to go.
func (p place) destination(text string, rows []s3.Entry) (s3.Relocation, error) {
	a, ours, err := s3.ParseAddress(text)
	switch {
	case err != nil:
		return s3.Relocation{}, err
	case !ours || a.Bucket == "":
		return s3.Relocation{}, errors.New("an address begins with s3:// and names a bucket")
	}
	r := s3.Relocation{Bucket: p.bucket, Base: p.prefix, Roots: rows, To: a}
	if !a.Prefix() {
		if len(rows) > 1 || rows[0].Prefix() {
			return s3.Relocation{}, errors.New("end it with / for the prefix that they go into")
		}
		r.Base = rows[0].Key
	}
	return r, r.Check()
}

func (p place) renamed(name string, e s3.Entry) (s3.Relocation, error) {
	switch {
	case name == "":
		return s3.Relocation{}, errors.New("type the new name")
	case strings.HasSuffix(name, s3.Delimiter):
		return s3.Relocation{}, errors.New("a name does not end with /")
	case e.Prefix():
		name += s3.Delimiter
	}
	if p.name(e) == name {
		return s3.Relocation{}, errors.New("this is its name already")
	}
	r := s3.Relocation{Bucket: p.bucket, Base: e.Key, Roots: []s3.Entry{e}, To: s3.Address{Bucket: p.bucket, Key: p.prefix + name}}
	return r, r.Check()
}

// called names rows in a title.
func (p place) called(rows []s3.Entry) string {
	if len(rows) == 1 {
		return p.name(rows[0])
	}
	return format.Plural(len(rows), "key", "keys")
}

// typable tells text that a prompt can hold as it is. One that it cannot would
// come back as another key.
func typable(text string) bool {
	return utf8.ValidString(text) && !strings.ContainsFunc(text, func(r rune) bool { return unicode.IsControl(r) || r == utf8.RuneError })
}

func second[T any](_ T, err error) error { return err }

// sentence is an error for a prompt, "" for none.
func sentence(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}
