package lambda

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"time"

	"straws/awsclient"

	"github.com/aws/aws-sdk-go-v2/aws"
	sdk "github.com/aws/aws-sdk-go-v2/service/lambda"
	"github.com/aws/aws-sdk-go-v2/service/lambda/types"
)

// Limits of what Change may ask for.
const (
	MinMemory      = 128    // MB
	MaxMemory      = 10_240 // MB
	MaxTimeout     = 900 * time.Second
	MaxEnvironment = 4 << 10 // bytes of all variables as JSON
)

// Change is what is to be different about a function. What is nil stays as it is.
type Change struct {
	Memory  *int64 // MB
	Timeout *time.Duration
	// Environment takes the place of all variables.
	Environment map[string]Secret
	// RevisionID is of the configuration that the change was made from.
	RevisionID string
}

// preconditionFailed is the code with which AWS refuses an old revision id.
const preconditionFailed = "PreconditionFailedException"

// ErrChanged is wrapped by the error of a change to a function that somebody
// else has changed since its configuration was read.
var ErrChanged = errors.New("the function was changed meanwhile")

// Update changes a function (UpdateFunctionConfiguration), which takes AWS some
// seconds: see Await. When the function is not of the RevisionID any more,
// nothing is changed and the error wraps ErrChanged.
func Update(ctx context.Context, s *awsclient.Session, name string, c Change) error {
	in := &sdk.UpdateFunctionConfigurationInput{FunctionName: aws.String(name), RevisionId: optional(c.RevisionID)}
	if c.Memory != nil {
		in.MemorySize = aws.Int32(int32(*c.Memory))
	}
	if c.Timeout != nil {
		in.Timeout = aws.Int32(int32(*c.Timeout / time.Second))
	}
	if c.Environment != nil {
		in.Environment = &types.Environment{Variables: make(map[string]string, len(c.Environment))}
		for name, value := range c.Environment {
			in.Environment.Variables[name] = value.Reveal()
		}
	}
	_, err := client(s).UpdateFunctionConfiguration(ctx, in, once)
	if err == nil {
		return nil
	}
	return changedMeanwhile(awsclient.Classify(fmt.Errorf("change %s: %w", name, err)))
}

// once keeps the SDK from repeating a change whose answer was lost: the revision
// id would be an old one, and a change that was made would be reported as not.
func once(o *sdk.Options) { o.Retryer = awsclient.SingleAttempt() }

// changedMeanwhile says in our words what AWS says about revision ids.
func changedMeanwhile(err error) error {
	var e *awsclient.Error
	if !errors.As(err, &e) || e.Code != preconditionFailed {
		return err
	}
	stale := *e
	stale.Message = ErrChanged.Error() + ", and nothing was saved"
	stale.Err = errors.Join(ErrChanged, e.Err)
	return &stale
}

// How often Await looks: soon at first, because most changes take a second.
const (
	awaitFirst = 200 * time.Millisecond
	awaitMost  = 3 * time.Second
)

// Await returns when AWS has done the last change of a function, with an error
// when that has failed (GetFunctionConfiguration, repeated).
func Await(ctx context.Context, s *awsclient.Session, name string) error {
	for wait := awaitFirst; ; wait = min(wait*3/2, awaitMost) {
		c, err := Describe(ctx, s, name, "")
		switch {
		case err != nil:
			return err
		case c.Update == string(types.LastUpdateStatusFailed):
			return fmt.Errorf("AWS could not change %s: %s", name, c.UpdateReason)
		case !c.Settling():
			return nil
		}
		t := time.NewTimer(wait)
		select {
		case <-t.C:
		case <-ctx.Done():
			t.Stop()
			return ctx.Err()
		}
	}
}

// Command is the words after "aws" that make the same change; the values of the
// environment are left to be filled in.
func (c Change) Command(name string) []string {
	words := []string{"lambda", "update-function-configuration", "--function-name", name}
	if c.Memory != nil {
		words = append(words, "--memory-size", strconv.FormatInt(*c.Memory, 10))
	}
	if c.Timeout != nil {
		words = append(words, "--timeout", strconv.Itoa(int(*c.Timeout/time.Second)))
	}
	if c.Environment != nil {
		words = append(words, "--environment", "file://environment.json")
	}
	if c.RevisionID != "" {
		words = append(words, "--revision-id", c.RevisionID)
	}
	return words
}
