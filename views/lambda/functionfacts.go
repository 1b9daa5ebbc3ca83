package lambda

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"straws/awsclient/lambda"
	"straws/ui/format"
	"straws/ui/pane"
	"straws/ui/sectionpane"
)

// Short names for what a page is made of.
type (
	section = sectionpane.Section
	field   = sectionpane.Field
)

// facts reads the sections of a function's page.
type facts struct {
	target target
	zone   *time.Location
}

func (f facts) parts() []sectionpane.Part {
	return []sectionpane.Part{
		{Title: "function", Load: f.configuration},
		{Title: "concurrency", Load: f.concurrency},
		{Title: "provisioned concurrency", Load: f.provisioned},
		{Title: "event sources", Load: f.eventSources},
		{Title: "triggers", Load: f.triggers},
		{Title: "URL", Load: f.url},
		{Title: "aliases", Load: f.aliases},
		{Title: "versions", Load: f.versions},
		{Title: "asynchronous invocations", Load: f.async},
		{Title: "tags", Load: f.tags},
	}
}

func (f facts) name() string { return f.target.function.Name }

func (f facts) concurrency(ctx context.Context, env pane.Env) ([]section, error) {
	n, reserved, err := lambda.Reserved(ctx, env.AWS, f.name())
	if err != nil {
		return nil, err
	}
	s := section{Title: "concurrency", Empty: "nothing is reserved: it shares what the account has left"}
	switch {
	case reserved && n == 0:
		s.Fields = []field{{Label: "reserved", Value: "✗ 0: the function cannot run"}}
	case reserved:
		s.Fields = []field{{Label: "reserved", Value: format.Count(n) + ", which is also the most"}}
	}
	return []section{s}, nil
}

func (f facts) provisioned(ctx context.Context, env pane.Env) ([]section, error) {
	all, err := lambda.ListProvisioned(ctx, env.AWS, f.name())
	s := section{Title: "provisioned concurrency", Empty: "none"}
	for _, p := range all {
		value := fmt.Sprintf("%d of %d available", p.Available, p.Requested)
		switch p.Status {
		case "IN_PROGRESS":
			value, s.Moving = "◐ "+value+", in progress", true
		case "FAILED":
			value = "✗ " + value + ", failed: " + p.Reason
		}
		s.Fields = append(s.Fields, field{Label: p.Qualifier, Value: value})
	}
	return []section{s}, err
}

func (f facts) eventSources(ctx context.Context, env pane.Env) ([]section, error) {
	all, err := lambda.EventSources(ctx, env.AWS, f.target.name())
	s := section{Title: "event sources", Empty: "Lambda reads no queue and no stream for it"}
	for _, e := range all {
		value := fmt.Sprintf("%s, %d at once", e.Source, e.Batch)
		if e.State != "Enabled" && e.Reason != "" {
			value += "  " + e.Reason
		}
		if e.LastResult != "" && e.LastResult != "OK" && e.LastResult != "No records processed" {
			value += "  " + e.LastResult
		}
		s.Moving = s.Moving || strings.HasSuffix(e.State, "ing")
		s.Fields = append(s.Fields, field{Label: strings.ToLower(e.State), Value: value})
	}
	return []section{s}, err
}

func (f facts) triggers(ctx context.Context, env pane.Env) ([]section, error) {
	all, err := lambda.Permissions(ctx, env.AWS, f.name(), f.target.qualifier)
	s := section{Title: "triggers", Empty: "its policy lets no service and no other account call it"}
	for _, p := range all {
		who := p.Principal
		if who == "*" {
			who = "everybody"
		}
		verb := "may "
		if p.Effect == "Deny" {
			verb = "may not "
		}
		value := verb + strings.Join(p.Actions, ", ")
		if p.Source != "" {
			value += " for " + p.Source
		}
		if p.Condition != "" {
			value += " if " + p.Condition
		}
		s.Fields = append(s.Fields, field{Label: who, Value: value})
	}
	return []section{s}, err
}

func (f facts) url(ctx context.Context, env pane.Env) ([]section, error) {
	u, err := lambda.FunctionURL(ctx, env.AWS, f.name(), f.urlQualifier())
	s := section{Title: "URL", Empty: "none"}
	if u.Address != "" {
		auth := u.Auth
		if auth == "NONE" {
			auth = "◐ NONE: everybody may call it"
		}
		s.Fields = []field{
			{Label: "address", Value: u.Address},
			{Label: "authorization", Value: auth},
			{Label: "answers", Value: strings.ToLower(u.Mode)},
			{Label: "origins", Value: strings.Join(u.Origins, " ")},
		}
	}
	return []section{s}, err
}

// urlQualifier is an alias: versions and $LATEST have no URL of their own.
func (f facts) urlQualifier() string {
	if q := f.target.qualifier; strings.Trim(q, "0123456789") != "" && q != "$LATEST" {
		return q
	}
	return ""
}

func (f facts) aliases(ctx context.Context, env pane.Env) ([]section, error) {
	all, err := lambda.Aliases(ctx, env.AWS, f.name())
	s := section{Title: "aliases", Empty: "none"}
	for _, a := range all {
		var routes []string
		for _, r := range a.Routes {
			route := "version " + r.Version
			if len(a.Routes) > 1 {
				route += fmt.Sprintf(" %.4g%%", 100*r.Weight)
			}
			routes = append(routes, route)
		}
		value := strings.Join(routes, ", ")
		if a.Description != "" {
			value += "  " + a.Description
		}
		s.Fields = append(s.Fields, field{Label: a.Name, Value: value})
	}
	return []section{s}, err
}

// versions stand newest first, as they are looked for.
func (f facts) versions(ctx context.Context, env pane.Env) ([]section, error) {
	all, err := lambda.Versions(ctx, env.AWS, f.name())
	all = slices.DeleteFunc(all, func(v lambda.Version) bool { return v.Number == "$LATEST" })
	s := section{Title: "versions", Empty: "none is published: there is $LATEST alone"}
	for _, v := range slices.Backward(all) {
		value := f.moment(v.Modified) + "  " + format.Count(int(v.Memory)) + " MB  " + format.Size(v.CodeSize)
		if v.Description != "" {
			value += "  " + v.Description
		}
		s.Fields = append(s.Fields, field{Label: v.Number, Value: value})
	}
	return []section{s}, err
}

func (f facts) async(ctx context.Context, env pane.Env) ([]section, error) {
	a, err := lambda.AsyncSettings(ctx, env.AWS, f.name(), f.target.qualifier)
	if err != nil {
		return nil, err
	}
	usual := ""
	if !a.Configured {
		usual = ", as usual"
	}
	return []section{{Title: "asynchronous invocations", Fields: []field{
		{Label: "tried again", Value: format.Plural(a.Retries, "time", "times") + usual},
		{Label: "kept for", Value: format.Duration(a.Age) + usual},
		{Label: "on success", Value: a.OnSuccess},
		{Label: "on failure", Value: a.OnFailure},
	}}}, nil
}

// tags asks for the ARN first where a function is known by its name only.
func (f facts) tags(ctx context.Context, env pane.Env) ([]section, error) {
	arn := f.target.function.ARN
	if arn == "" {
		c, err := lambda.Describe(ctx, env.AWS, f.name(), "")
		if err != nil {
			return nil, err
		}
		arn = c.ARN
	}
	tags, err := lambda.Tags(ctx, env.AWS, arn)
	s := section{Title: "tags", Empty: "none"}
	for _, key := range slices.Sorted(maps.Keys(tags)) {
		s.Fields = append(s.Fields, field{Label: key, Value: tags[key]})
	}
	return []section{s}, err
}

func (f facts) moment(t time.Time) string {
	if t.IsZero() {
		return "-"
	}
	return t.In(f.zone).Format("2006-01-02 15:04:05")
}
