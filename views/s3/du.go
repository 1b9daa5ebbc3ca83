package s3

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"strings"
	"time"

	"straws/awsclient/s3"
	"straws/ui/format"
	"straws/ui/listpane"
	"straws/ui/load"
	"straws/ui/pane"
	"straws/ui/table"

	tea "charm.land/bubbletea/v2"
	"github.com/dustin/go-humanize"
)

// news is how long a count goes on before the screen shows how far it is.
const news = 150 * time.Millisecond

// account is the count of everything below a prefix.
type account struct {
	bucket, prefix string

	usage *s3.Usage
}

// sizes is the list of a prefix's children with what is below each, live while
// it is being counted.
func sizes(bucket, prefix string) pane.Factory {
	return func(env pane.Env) pane.Pane {
		c := &account{bucket: bucket, prefix: prefix}
		return listpane.New(listpane.Spec[s3.Share]{
			Title: "sizes of " + cmp.Or(lastSegment(prefix), bucket), Noun: "part", Whole: true,
			ID:       func(s s3.Share) string { return s.Prefix },
			Name:     c.name,
			Columns:  c.columns,
			Load:     c.count,
			Progress: c.progress,
			Order:    func(a, b s3.Share) int { return cmp.Compare(b.Bytes, a.Bytes) },
			Enter:    c.enter,
			Head:     head,
			Copies:   c.copies,
			Actions:  []listpane.Action[s3.Share]{c.list()},
			Empty:    "there is nothing below " + s3.URI(bucket, prefix),
		})(env)
	}
}

func (c *account) count(env pane.Env) load.Pager[s3.Share] {
	usage := s3.NewUsage(env.AWS, c.bucket, c.prefix)
	c.usage = usage
	return func(ctx context.Context) ([]s3.Share, bool, error) { return usage.Next(ctx, news) }
}

func (c *account) progress() string {
	if c.usage == nil {
		return ""
	}
	return "of " + counted(c.usage.Walk)
}

func (c *account) name(s s3.Share) string {
	if s.Prefix == "" {
		return "(objects directly here)"
	}
	return s.Prefix[len(c.prefix):]
}

func (c *account) enter(s s3.Share) pane.Factory {
	if s.Prefix == "" {
		return level(c.bucket, c.prefix)
	}
	return sizes(c.bucket, s.Prefix)
}

// list leaves the sizes for the level itself, to act on what is there.
func (c *account) list() listpane.Action[s3.Share] {
	return listpane.Action[s3.Share]{
		ID: "s3.sizes.list", Label: "List its keys", Keys: []string{"."},
		Do: func(env pane.Env, s s3.Share) tea.Cmd {
			env.Open(s3.URI(c.bucket, cmp.Or(s.Prefix, c.prefix)))
			return nil
		},
	}
}

func (c *account) copies(env pane.Env, s s3.Share) []listpane.Copy {
	prefix := cmp.Or(s.Prefix, c.prefix)
	return []listpane.Copy{
		{Label: "name", Text: c.name(s)},
		{Label: "URI", Text: s3.URI(c.bucket, prefix)},
		{Label: "command: Count all", Text: env.AWS.Command(s3.UsageCommand(c.bucket, c.prefix)...)},
		{Label: "command: Count this", Text: env.AWS.Command(s3.UsageCommand(c.bucket, prefix)...)},
	}
}

func (c *account) columns(pane.Env) []table.Column[s3.Share] {
	size := func(s s3.Share) int64 { return s.Bytes }
	objects := func(s s3.Share) int64 { return s.Objects }
	return []table.Column[s3.Share]{
		{Title: "NAME", Cell: c.name, Order: table.ByText(c.name), Tone: shareTone},
		{Title: "SIZE", Width: 9, Right: true, Order: table.ByNumber(size), Bytes: size, Cell: func(s s3.Share) string { return format.Size(s.Bytes) }},
		{Title: "OBJECTS", Width: 11, Right: true, Drop: 1, Order: table.ByNumber(objects), Cell: func(s s3.Share) string { return humanize.Comma(s.Objects) }},
		{Title: "SHARE", Width: 17, Drop: 2, Cell: func(s s3.Share) string { return bar(s.Part) }, Tone: func(s3.Share) table.Tone { return table.Accent }},
		{Title: "CLASSES", Width: 30, Drop: 3, Cell: classes, Tone: quiet[s3.Share]},
	}
}

func shareTone(s s3.Share) table.Tone {
	if s.Prefix != "" {
		return table.Accent
	}
	return table.Plain
}

// bar draws a part of a whole in twelve cells, with its per cent.
func bar(part float64) string {
	const cells = 12
	full := int(math.Round(part * cells))
	return strings.Repeat("█", full) + strings.Repeat("·", cells-full) + fmt.Sprintf(" %3.0f%%", part*100)
}

// classes are the storage classes of a share, the largest first.
func classes(s s3.Share) string {
	all := s3.ByClass([]s3.Share{s})
	if len(all) == 1 {
		return all[0].Class
	}
	words := make([]string, len(all))
	for i, c := range all {
		words[i] = c.Class + " " + format.Size(c.Bytes)
	}
	return strings.Join(words, ", ")
}

// head is the sum of all children, and by storage class.
func head(shares []s3.Share, _ int) []string {
	var objects, bytes int64
	whole := true
	for _, s := range shares {
		objects, bytes, whole = objects+s.Objects, bytes+s.Bytes, whole && s.Sum
	}
	sum := format.Plural(int(objects), "object", "objects") + " · " + format.Exactly(bytes)
	if !whole {
		sum += " so far"
	}
	var words []string
	for _, c := range s3.ByClass(shares) {
		words = append(words, fmt.Sprintf("%s %s in %s", c.Class, format.Size(c.Bytes), humanize.Comma(c.Objects)))
	}
	return []string{sum, strings.Join(words, " · "), ""}
}
