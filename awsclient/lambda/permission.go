package lambda

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"straws/awsclient"

	"github.com/aws/aws-sdk-go-v2/aws"
	sdk "github.com/aws/aws-sdk-go-v2/service/lambda"
)

// Permission is one statement of a function's own policy: who may call it, such
// as a bucket, a topic or a rule that triggers it.
type Permission struct {
	ID        string // of the statement
	Effect    string // "Allow" or "Deny"
	Principal string // "s3.amazonaws.com", an ARN, or "*" for everybody
	Actions   []string
	Source    string // ARN that the caller must act for; "" for any
	Account   string // that the source must belong to; "" for any
	Condition string // JSON, as far as it is not in Source and Account
}

// Permissions returns the statements of a function's own policy, none when it
// has no policy (GetPolicy). Qualifier is a version or an alias, which have
// policies of their own.
func Permissions(ctx context.Context, s *awsclient.Session, name, qualifier string) ([]Permission, error) {
	out, err := client(s).GetPolicy(ctx, &sdk.GetPolicyInput{FunctionName: aws.String(name), Qualifier: optional(qualifier)})
	if err != nil {
		err = awsclient.Classify(fmt.Errorf("read the policy of %s: %w", name, err))
		return nil, unlessMissing(err)
	}
	return ParsePolicy([]byte(aws.ToString(out.Policy)))
}

// unlessMissing drops an error that only says that something is not there.
func unlessMissing(err error) error {
	var e *awsclient.Error
	if errors.As(err, &e) && e.Kind == awsclient.NotFound {
		return nil
	}
	return err
}

// ParsePolicy reads a policy document as GetPolicy returns it.
func ParsePolicy(document []byte) ([]Permission, error) {
	var policy struct{ Statement some[statement] }
	if err := json.Unmarshal(document, &policy); err != nil {
		return nil, fmt.Errorf("read a policy: %w", err)
	}
	out := make([]Permission, len(policy.Statement))
	for i, s := range policy.Statement {
		out[i] = s.permission()
	}
	return out, nil
}

type statement struct {
	Sid, Effect string
	Principal   json.RawMessage // "*", or {"Service": …}
	Action      some[string]
	Condition   map[string]map[string]some[string]
}

// some is one value or a list of them: policies write both.
type some[T any] []T

// UnmarshalJSON implements json.Unmarshaler.
func (s *some[T]) UnmarshalJSON(text []byte) error {
	if bytes.HasPrefix(bytes.TrimSpace(text), []byte("[")) {
		return json.Unmarshal(text, (*[]T)(s)) //nolint:wrapcheck // within Unmarshal
	}
	var one T
	if err := json.Unmarshal(text, &one); err != nil {
		return err //nolint:wrapcheck // within Unmarshal
	}
	*s = some[T]{one}
	return nil
}

func (s *statement) permission() Permission {
	p := Permission{ID: s.Sid, Effect: s.Effect, Actions: s.Action, Principal: principal(s.Principal)}
	for operator, keys := range s.Condition {
		for key, values := range keys {
			switch {
			case len(values) == 1 && (key == "AWS:SourceArn" || key == "aws:SourceArn"):
				p.Source = values[0]
			case len(values) == 1 && (key == "AWS:SourceAccount" || key == "aws:SourceAccount"):
				p.Account = values[0]
			default:
				continue
			}
			delete(s.Condition[operator], key)
		}
		if len(s.Condition[operator]) == 0 {
			delete(s.Condition, operator)
		}
	}
	if len(s.Condition) > 0 {
		text, _ := json.Marshal(s.Condition) // maps of strings
		p.Condition = string(text)
	}
	return p
}

func principal(raw json.RawMessage) string {
	var all string
	if json.Unmarshal(raw, &all) == nil {
		return all
	}
	var kinds map[string]some[string]
	if json.Unmarshal(raw, &kinds) != nil {
		return string(raw)
	}
	var names []string
	for _, who := range kinds {
		names = append(names, who...)
	}
	slices.Sort(names)
	if len(names) == 1 {
		return names[0]
	}
	return fmt.Sprint(names)
}
