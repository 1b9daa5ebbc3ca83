package s3

import (
	"errors"
	"strconv"
	"strings"
	"time"

	"straws/awsclient/s3"
	"straws/ui/listpane"
	"straws/ui/pane"

	tea "charm.land/bubbletea/v2"
)

// usual is how long a link works that nobody asked to work longer.
const usual = time.Hour

func (p place) shareActions() []listpane.Action[s3.Entry] {
	return []listpane.Action[s3.Entry]{{
		ID: "s3.object.share", Label: "Share", Keys: []string{"s"}, Needs: []string{"s3:GetObject"}, Hide: true,
		Do: func(env pane.Env, e s3.Entry) tea.Cmd {
			if e.Prefix() {
				return p.askInbox(env, e)
			}
			return share(env, s3.Object{Bucket: p.bucket, Key: e.Key})
		},
		Command: func(_ pane.Env, e s3.Entry) []string {
			if e.Prefix() { // aws has no command for a link to upload with
				return nil
			}
			return s3.PresignCommand(s3.Object{Bucket: p.bucket, Key: e.Key}, usual)
		},
	}}
}

// share asks how long a link to an object, or one of its versions, is to work.
func share(env pane.Env, o s3.Object) tea.Cmd {
	what := s3.LinkTo{Object: o}
	choices := spans(env, what)
	if o.Version == "" {
		put := pane.Choice{Label: "to upload…", Key: "u", Detail: "a link with which anyone can overwrite this object", Do: func() tea.Cmd {
			what.Put = true
			env.Pick("share a link to upload to "+lastSegment(o.Key), spans(env, what))
			return nil
		}}
		if env.AWS.ReadOnly() {
			put.Off = "this session is read-only"
		}
		choices = append(choices, put)
	}
	env.Pick("share a link to "+lastSegment(o.Key)+", for", choices)
	return nil
}

// spans are the lengths of time that a link can be made for.
func spans(env pane.Env, what s3.LinkTo) []pane.Choice {
	choice := func(label, key string, d time.Duration) pane.Choice {
		return pane.Choice{Label: label, Key: key, Do: func() tea.Cmd {
			what.For = d
			env.Push(link(what))
			return nil
		}}
	}
	return []pane.Choice{
		choice("1 hour", "1", usual), choice("12 hours", "2", 12*time.Hour),
		choice("7 days", "7", s3.LongestLink), choice("15 minutes", "m", 15*time.Minute),
		{Label: "another time…", Key: "o", Do: func() tea.Cmd { return askSpan(env, what) }},
	}
}

func askSpan(env pane.Env, what s3.LinkTo) tea.Cmd {
	env.Ask(pane.Question{
		Title: "the link works for", Text: "2h", Facts: []string{"minutes, hours or days: 90m, 36h, 3d; 7 days at most"},
		Check: func(text string) string { return sentence(second(span(text))) },
		Do: func(text string) tea.Cmd {
			d, err := span(text)
			if err == nil {
				what.For = d
				env.Push(link(what))
			}
			return nil
		},
	})
	return nil
}

// span reads a length of time such as 90m, 36h, 3d or 1h30m.
func span(text string) (time.Duration, error) {
	text = strings.TrimSpace(text)
	d, err := time.ParseDuration(text)
	if days, ok := strings.CutSuffix(text, "d"); ok {
		var n float64
		n, err = strconv.ParseFloat(days, 64)
		d = time.Duration(n * 24 * float64(time.Hour))
	}
	switch {
	case err != nil:
		return 0, errors.New("type a time such as 90m, 36h or 3d")
	case d < time.Minute:
		return 0, errors.New("a link works for a minute at least")
	case d > s3.LongestLink:
		return 0, errors.New("S3 takes no link for more than 7 days")
	}
	return d, nil
}

// askInbox asks for a key below a prefix, for a link to upload to it: a prefix
// itself cannot be read by a link.
func (p place) askInbox(env pane.Env, e s3.Entry) tea.Cmd {
	if env.AWS.ReadOnly() {
		env.Flash(pane.Warn, "a prefix has no link to read, and this session is read-only: no link to upload")
		return nil
	}
	env.Ask(pane.Question{
		Title: "share a link to upload to " + s3.URI(p.bucket, e.Key), Facts: []string{
			"type the name that the upload gets; whoever has the link can write this one key",
			"a prefix has no link to read: enter it, and share its objects",
		},
		Check: named("type a name"),
		Do: func(name string) tea.Cmd {
			env.Pick("share a link to upload to "+e.Key+name+", for", spans(env, s3.LinkTo{Object: s3.Object{Bucket: p.bucket, Key: e.Key + name}, Put: true}))
			return nil
		},
	})
	return nil
}
