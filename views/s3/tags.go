package s3

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"straws/awsclient/s3"
	"straws/ui/form"
	"straws/ui/format"
	"straws/ui/load"
	"straws/ui/pane"

	tea "charm.land/bubbletea/v2"
)

// tagsOff says why the tags of a target cannot be changed.
func (p place) tagsOff(t target) string { return p.untouchable(t) }

// editTags opens the tags of one object, or asks for those to set on several.
func (p place) editTags(env pane.Env, all []target) tea.Cmd {
	return p.editTagsThen(env, all, func() tea.Cmd { return nil }) // a list does not show tags
}

// editTagsThen is editTags, and calls then when tags have been changed.
func (p place) editTagsThen(env pane.Env, all []target, then func() tea.Cmd) tea.Cmd {
	c := p.choose(all, place.tagsOff)
	if c.none(env) {
		return nil
	}
	env.Push(func(env pane.Env) pane.Pane {
		return &tagsPane{env: env, place: p, chosen: c, then: then, load: load.New[map[string]string]()}
	})
	return nil
}

// tagsPane is the screen on which tags are changed: all those of one object, or
// some that several are to have.
type tagsPane struct {
	env    pane.Env
	place  place
	chosen chosen
	then   func() tea.Cmd

	load   *load.Slot[map[string]string]
	was    map[string]string // that the form was made from
	err    error
	form   *form.Model // nil until there are tags
	added  int         // numbers new tags
	saving bool        // a change is on its way
	warned bool        // that leaving drops what was typed
}

func (p *tagsPane) single() bool { return len(p.chosen.targets) == 1 }

// The field of a tag that is there has its key behind tagField, a new one's a
// number behind newTag.
const (
	tagField = "tag "
	newTag   = "new "
)

func tagFields(tags map[string]string) []form.Field {
	var out []form.Field
	for _, k := range slices.Sorted(maps.Keys(tags)) {
		f := form.Field{ID: tagField + k, Label: k, Value: tags[k], Removable: true}
		f.Check = func(value string) error {
			if value == tags[k] {
				return nil // whatever it is, S3 has taken it
			}
			return s3.CheckTag(k, value)
		}
		out = append(out, f)
	}
	return out
}

// assigned reads KEY=value.
func assigned(text string) (key, value string, err error) {
	key, value, found := strings.Cut(text, "=")
	if !found {
		return "", "", errors.New("KEY=value")
	}
	return key, value, s3.CheckTag(key, value)
}

// checkNew is what is wrong with the field of a new tag. Of several objects one
// may also be taken away.
func (p *tagsPane) checkNew(text string) error {
	if key, drop := strings.CutPrefix(text, "-"); drop && !p.single() && !strings.Contains(text, "=") {
		return s3.CheckTag(key, "")
	}
	_, _, err := assigned(text)
	return err
}

// edit is what the form says: for one object all its tags, and for several those
// to set and those to take away.
type edit struct {
	set  map[string]string
	drop []string
}

func (p *tagsPane) edit() (edit, error) {
	e := edit{set: map[string]string{}}
	if err := p.form.Err(); err != nil {
		return e, err
	}
	seen := map[string]bool{}
	for _, v := range p.form.Values() {
		key, value := strings.TrimPrefix(v.ID, tagField), v.Text
		drop := v.Removed
		if strings.HasPrefix(v.ID, newTag) {
			if key, value, _ = strings.Cut(v.Text, "="); !strings.Contains(v.Text, "=") {
				key, drop = strings.TrimPrefix(v.Text, "-"), true
			}
		}
		switch {
		case v.Removed && p.single():
			continue
		case seen[key]:
			return e, fmt.Errorf("%s is there twice", key)
		case drop:
			e.drop = append(e.drop, key)
		default:
			e.set[key] = value
		}
		seen[key] = true
	}
	return e, s3.CheckTags(e.set)
}

// differences are the lines of the question: what each tag was and will be.
func (p *tagsPane) differences(e edit) []string {
	var out []string
	if p.single() {
		for _, k := range slices.Sorted(maps.Keys(merged(p.was, e.set))) {
			was, had := p.was[k]
			will, has := e.set[k]
			switch {
			case !had:
				out = append(out, "+ "+k+" = "+will)
			case !has:
				out = append(out, "- "+k+" = "+was)
			case was != will:
				out = append(out, "  "+k+" = "+was+" → "+will)
			}
		}
		return out
	}
	for _, k := range slices.Sorted(maps.Keys(e.set)) {
		out = append(out, "+ "+k+" = "+e.set[k])
	}
	for _, k := range e.drop {
		out = append(out, "- "+k)
	}
	out = append(out, "their other tags stay; nothing is written where nothing changes")
	return append(out, p.chosen.left...)
}

func merged(a, b map[string]string) map[string]string {
	out := maps.Clone(a)
	if out == nil {
		out = map[string]string{}
	}
	maps.Copy(out, b)
	return out
}

// work is the change itself.
func (p *tagsPane) work(e edit) work {
	env, was, single := p.env, p.was, p.single()
	return work{verb: "retag", needs: []string{"s3:GetObjectTagging", "s3:PutObjectTagging"}, do: func(ctx context.Context, t target) error {
		if single {
			return s3.SetTags(ctx, env.AWS, t.Object, was, e.set)
		}
		return s3.MergeTags(ctx, env.AWS, t.Object, e.set, e.drop)
	}}
}

// subject is what the tags are of, for the title.
func (p *tagsPane) subject() string {
	if p.single() {
		return p.chosen.targets[0].name()
	}
	return format.Plural(len(p.chosen.targets), "object", "objects")
}
