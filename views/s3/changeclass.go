package s3

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"straws/awsclient/s3"
	"straws/ui/format"
	"straws/ui/job"
	"straws/ui/pane"

	tea "charm.land/bubbletea/v2"
)

// usualClass is the one in the command that is copied before a class is chosen.
const usualClass = "STANDARD_IA"

// classOff says why a target cannot be put into another storage class.
func (p place) classOff(t target) string {
	switch why := p.untouchable(t); {
	case why != "":
		return why
	case !t.current:
		return "this is an older version: w brings it back first"
	case t.entry.Archived():
		return "it is archived: E restores it first"
	}
	return ""
}

// pickClass begins a change of the storage class with the choice of one.
func (p place) pickClass(env pane.Env, all []target) tea.Cmd {
	c := p.choose(all, place.classOff)
	if c.none(env) {
		return nil
	}
	var choices []pane.Choice
	for _, class := range s3.Classes() {
		choice := pane.Choice{Label: class.Name, Detail: classFacts(class), Do: func() tea.Cmd { return p.changeClass(env, c, class) }}
		if !slices.ContainsFunc(c.targets, func(t target) bool { return t.entry.Class() != class.Name }) {
			choice.Off = "that is the class already"
		}
		choices = append(choices, choice)
	}
	env.Pick(fmt.Sprintf("storage class of %s, %s", format.Plural(len(c.targets), "object", "objects"), format.Size(c.bytes)), choices)
	return nil
}

// classFacts is what a class costs and asks for, in one line.
func classFacts(c s3.Class) string {
	facts := []string{fmt.Sprintf("≈ $%g/GB-month", c.Month)}
	if c.Reading > 0 {
		facts = append(facts, fmt.Sprintf("reading $%g/GB", c.Reading))
	}
	if c.MinDays > 0 {
		facts = append(facts, fmt.Sprintf("at least %d days", c.MinDays))
	}
	if c.MinBytes > 0 {
		facts = append(facts, fmt.Sprintf("at least %d KiB", c.MinBytes>>10))
	}
	if c.Note != "" {
		facts = append(facts, c.Note)
	}
	return strings.Join(facts, " · ")
}

// changeClass copies the chosen onto themselves, once the user has seen what
// that means.
func (p place) changeClass(env pane.Env, c chosen, class s3.Class) tea.Cmd {
	needs := []string{"s3:GetObject", "s3:GetObjectTagging", "s3:PutObject", "s3:PutObjectTagging"}
	c.targets = slices.DeleteFunc(slices.Clone(c.targets), func(t target) bool { return t.entry.Class() == class.Name })
	a := c.action("s3.object.class-now", "Reclassify", needs...)
	a.Warn = func() []string { return append(p.classWarnings(env, c, class), c.left...) }
	a.Command = c.commands(env, func(t target) []string { return s3.ClassCommand(t.Object, t.entry.Size, class.Name) })
	a.Job = p.starting(env, c, work{verb: "reclassify", needs: needs, copy: func(ctx context.Context, t target, watch func(int64)) error {
		return s3.ChangeClass(ctx, env.AWS, s3.Object{Bucket: t.Bucket, Key: t.Key}, t.entry.ETag(), class.Name, watch)
	}})
	env.Act(a)
	return nil
}

func (p place) classWarnings(env pane.Env, c chosen, class s3.Class) []string {
	facts := []string{class.Name + ": " + classFacts(class)}
	if class.Archive {
		facts = append(facts, "archived: it has to be restored before it can be read")
	}
	for _, old := range s3.Classes() {
		if old.MinDays > 0 && slices.ContainsFunc(c.targets, func(t target) bool { return t.entry.Class() == old.Name }) {
			facts = append(facts, fmt.Sprintf("%s charges for %d days, also of what leaves it earlier", old.Name, old.MinDays))
		}
	}
	switch s3.KnownVersioning(env.AWS, p.bucket) {
	case s3.VersioningOn:
		facts = append(facts, "this bucket keeps versions: a new version appears, and the old one stays and costs as before")
	case s3.VersioningOff, s3.VersioningSuspended:
	default:
		facts = append(facts, "where the bucket keeps versions, the old one stays and costs as before")
	}
	return append(facts, "each object is copied onto itself; grants in its ACL are not kept")
}

// starting makes the job of an action about the chosen.
func (p place) starting(env pane.Env, c chosen, w work) func() job.Spec {
	return func() job.Spec { return p.job(env, w, c) }
}
