package s3

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"straws/awsclient/s3"
	"straws/ui/format"
	"straws/ui/pane"

	tea "charm.land/bubbletea/v2"
)

// restoreOff says why a target cannot be restored from an archive. A listing does
// not tell whether INTELLIGENT_TIERING has moved an object into one.
func (p place) restoreOff(t target) string {
	class := t.entry.Class()
	switch why := p.untouchable(t); {
	case why != "":
		return why
	case t.entry.Restoring():
		return "it is being restored already"
	case class != "GLACIER" && class != s3.DeepArchive && class != s3.Tiered:
		return "it is not archived: it can be read as it is"
	}
	return ""
}

// pickTier begins a restore: the tier is chosen first, then the days.
func (p place) pickTier(env pane.Env, all []target) tea.Cmd {
	c := p.choose(all, place.restoreOff)
	if c.none(env) {
		return nil
	}
	var choices []pane.Choice
	for _, tier := range []s3.Tier{s3.Standard, s3.Bulk, s3.Expedited} {
		choice := pane.Choice{Label: strings.ToLower(string(tier)), Detail: c.retrieval(tier)}
		if slices.ContainsFunc(c.targets, func(t target) bool { return s3.RetrievalOf(t.entry.Class(), tier).Takes == "" }) {
			choice.Off, choice.Detail = "DEEP_ARCHIVE does not have it", ""
		}
		choice.Do = func() tea.Cmd { return p.askDays(env, c, tier) }
		choices = append(choices, choice)
	}
	env.Pick(fmt.Sprintf("restore %s, %s: how fast", format.Plural(len(c.targets), "object", "objects"), format.Size(c.bytes)), choices)
	return nil
}

// retrieval is what a tier takes and costs for the chosen.
func (c chosen) retrieval(tier s3.Tier) string {
	var takes []string
	for _, t := range c.targets {
		if r := s3.RetrievalOf(t.entry.Class(), tier); !slices.Contains(takes, r.Takes) {
			takes = append(takes, r.Takes)
		}
	}
	return strings.Join(takes, " or ") + " · " + estimate(c.cost(tier))
}

func (c chosen) cost(tier s3.Tier) float64 {
	sum := 0.0
	for _, t := range c.targets {
		sum += s3.RetrievalOf(t.entry.Class(), tier).Cost(1, t.entry.Size)
	}
	return sum
}

// untiered are the bytes of the chosen of which a copy is made for some days.
func (c chosen) untiered() (n int, bytes int64) {
	for _, t := range c.targets {
		if t.entry.Class() != s3.Tiered {
			n++
			bytes += t.entry.Size
		}
	}
	return n, bytes
}

const (
	usualDays = 7
	mostDays  = 36_500
)

// askDays asks how long the readable copies are to stay, where copies are made.
func (p place) askDays(env pane.Env, c chosen, tier s3.Tier) tea.Cmd {
	n, bytes := c.untiered()
	if n == 0 {
		return p.restore(env, c, tier, 0)
	}
	env.Ask(pane.Question{
		Title: "days to keep the readable copy", Text: strconv.Itoa(usualDays),
		Facts: []string{"the archived object stays; its copy costs " + estimate(s3.CopyCost(bytes, 1)) + " a day more"},
		Check: func(text string) string {
			if d, err := strconv.Atoi(strings.TrimSpace(text)); err != nil || d < 1 || d > mostDays {
				return "a whole number of days, 1 or more"
			}
			return ""
		},
		Do: func(text string) tea.Cmd {
			days, _ := strconv.Atoi(strings.TrimSpace(text)) // Check has read it
			return p.restore(env, c, tier, days)
		},
	})
	return nil
}

// restore asks AWS to begin, once the user has seen what it takes.
func (p place) restore(env pane.Env, c chosen, tier s3.Tier, days int) tea.Cmd {
	needs := []string{"s3:RestoreObject"}
	a := c.action("s3.object.restore-now", "Restore", needs...)
	_, bytes := c.untiered()
	a.Warn = func() []string {
		facts := []string{fmt.Sprintf("%s, %s tier: %s", format.Size(c.bytes), strings.ToLower(string(tier)), c.retrieval(tier))}
		if days > 0 {
			facts = append(facts, fmt.Sprintf("the copy stays %s: %s", format.Plural(days, "day", "days"), estimate(s3.CopyCost(bytes, days))))
		}
		if slices.ContainsFunc(c.targets, func(t target) bool { return t.entry.Restored() }) {
			facts = append(facts, "where there is a copy already nothing is retrieved: only its days change")
		}
		if bytes < c.bytes {
			facts = append(facts, "what is in INTELLIGENT_TIERING leaves its archive tier for good; from the deep one that takes 12 to 48 hours")
		}
		return append(facts, c.left...)
	}
	request := func(t target) (s3.Object, s3.Tier, int) {
		if t.entry.Class() == s3.Tiered {
			return t.Object, tier, 0
		}
		return t.Object, tier, days
	}
	a.Command = c.commands(env, func(t target) []string { return s3.RestoreCommand(request(t)) })
	a.Job = p.starting(env, c, work{verb: "ask to restore", needs: needs, do: func(ctx context.Context, t target) error {
		o, tier, days := request(t)
		return s3.Restore(ctx, env.AWS, o, tier, days)
	}})
	env.Act(a)
	return nil
}

// restoreCommand is what a restore with the usual answers is in the aws CLI.
func restoreCommand(t target) []string {
	days := usualDays
	if t.entry.Class() == s3.Tiered {
		days = 0
	}
	return s3.RestoreCommand(t.Object, s3.Standard, days)
}

// estimate writes a price that nobody should take for a bill.
func estimate(d float64) string {
	switch {
	case d == 0:
		return "$0"
	case d < 0.01:
		return "under $0.01"
	}
	return fmt.Sprintf("≈ $%.2f", d)
}
