// Package schemas reads and writes the shareable test events of Lambda
// functions, which the Console and the SAM CLI keep in an EventBridge registry.
package schemas

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"

	"straws/awsclient"

	"github.com/aws/aws-sdk-go-v2/aws"
	sdk "github.com/aws/aws-sdk-go-v2/service/schemas"
	"github.com/aws/aws-sdk-go-v2/service/schemas/types"
)

// Registry is where the events of all functions are, in a schema for each.
const Registry = "lambda-testevent-schemas"

const (
	versionLimit = 5         // versions that a schema may have
	eventLimit   = 6_144_000 // bytes of one event
)

// Event is a test event that everybody with access to the function sees.
type Event struct {
	Name    string
	Payload []byte // any JSON value
}

// Schema is the name of the schema that holds a function's events.
func Schema(function string) string { return "_" + function + "-schema" }

func client(s *awsclient.Session) *sdk.Client {
	return awsclient.Client(s, func(c aws.Config) *sdk.Client { return sdk.NewFromConfig(c) })
}

// List returns the events of a function by name, none when it has never had one
// (schemas:DescribeSchema).
func List(ctx context.Context, s *awsclient.Session, function string) ([]Event, error) {
	d, err := describe(ctx, s, function)
	if isMissing(err) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("list the shared events of %s: %w", function, err)
	}
	return d.events(), nil
}

// Save adds an event to those of a function, or replaces the one of that name
// (schemas:UpdateSchema; for a function's first event schemas:CreateSchema).
// Payload is a JSON value. What else is in the schema stays as it is.
func Save(ctx context.Context, s *awsclient.Session, function string, e Event) error {
	if len(e.Payload) > eventLimit {
		return fmt.Errorf("save shared event %s: %d bytes are more than the %d that a registry takes", e.Name, len(e.Payload), eventLimit)
	}
	err := makeRoom(ctx, s, function)
	switch {
	case isMissing(err):
		err = create(ctx, s, function, e)
	case err == nil:
		err = rewrite(ctx, s, function, func(d *document) error { return d.set(e) })
	}
	if err != nil {
		return fmt.Errorf("save shared event %s of %s: %w", e.Name, function, err)
	}
	return nil
}

// Delete removes an event of a function, and with the last one its schema
// (schemas:UpdateSchema, schemas:DeleteSchema).
func Delete(ctx context.Context, s *awsclient.Session, function, name string) error {
	d, err := describe(ctx, s, function)
	switch {
	case err != nil:
	case !d.remove(name):
		err = errors.New("it is gone already")
	case len(d.examples) == 0:
		_, err = client(s).DeleteSchema(ctx, &sdk.DeleteSchemaInput{RegistryName: aws.String(Registry), SchemaName: aws.String(Schema(function))})
	default:
		if err = makeRoom(ctx, s, function); err == nil {
			err = rewrite(ctx, s, function, func(d *document) error { d.remove(name); return nil })
		}
	}
	if err != nil {
		return fmt.Errorf("delete shared event %s of %s: %w", name, function, err)
	}
	return nil
}

func describe(ctx context.Context, s *awsclient.Session, function string) (*document, error) {
	out, err := client(s).DescribeSchema(ctx, &sdk.DescribeSchemaInput{RegistryName: aws.String(Registry), SchemaName: aws.String(Schema(function))})
	if err != nil {
		return nil, err //nolint:wrapcheck // the callers say what for
	}
	if t := aws.ToString(out.Type); t != "" && t != string(types.TypeOpenApi3) {
		return nil, fmt.Errorf("schema %s is of type %s, and events are kept in one of type %s", Schema(function), t, types.TypeOpenApi3)
	}
	return parse([]byte(aws.ToString(out.Content)))
}

// rewrite changes the schema that is there at this moment: it is read again just
// before it is written, because the registry takes the last writer's word.
func rewrite(ctx context.Context, s *awsclient.Session, function string, change func(*document) error) error {
	d, err := describe(ctx, s, function)
	if err != nil {
		return err
	}
	if err := change(d); err != nil {
		return err
	}
	content, err := d.text()
	if err != nil {
		return err
	}
	_, err = client(s).UpdateSchema(ctx, &sdk.UpdateSchemaInput{
		RegistryName: aws.String(Registry), SchemaName: aws.String(Schema(function)), Content: &content, Type: types.TypeOpenApi3,
	})
	return err //nolint:wrapcheck // the callers say what for
}

// makeRoom deletes the oldest versions of the schema until it may have one more.
// Its error is of a missing schema when there is none.
func makeRoom(ctx context.Context, s *awsclient.Session, function string) error {
	var versions []int
	pages := sdk.NewListSchemaVersionsPaginator(client(s), &sdk.ListSchemaVersionsInput{RegistryName: aws.String(Registry), SchemaName: aws.String(Schema(function))})
	for pages.HasMorePages() {
		page, err := pages.NextPage(ctx)
		if err != nil {
			return err //nolint:wrapcheck // the callers say what for
		}
		for _, v := range page.SchemaVersions {
			if n, err := strconv.Atoi(aws.ToString(v.SchemaVersion)); err == nil {
				versions = append(versions, n)
			}
		}
	}
	slices.Sort(versions)
	for len(versions) >= versionLimit {
		_, err := client(s).DeleteSchemaVersion(ctx, &sdk.DeleteSchemaVersionInput{
			RegistryName: aws.String(Registry), SchemaName: aws.String(Schema(function)), SchemaVersion: aws.String(strconv.Itoa(versions[0])),
		})
		if err != nil {
			return fmt.Errorf("make room for a new version: %w", err)
		}
		versions = versions[1:]
	}
	return nil
}

// create makes the schema of a function with its first event, and the registry
// when this is the account's first event.
func create(ctx context.Context, s *awsclient.Session, function string, e Event) error {
	d, err := discover(ctx, s, e)
	if err != nil {
		return err
	}
	if err := d.set(e); err != nil {
		return err
	}
	content, err := d.text()
	if err != nil {
		return err
	}
	in := &sdk.CreateSchemaInput{
		RegistryName: aws.String(Registry), SchemaName: aws.String(Schema(function)), Content: &content, Type: types.TypeOpenApi3,
	}
	if _, err = client(s).CreateSchema(ctx, in); !isMissing(err) {
		return err //nolint:wrapcheck // the callers say what for
	}
	_, err = client(s).CreateRegistry(ctx, &sdk.CreateRegistryInput{RegistryName: aws.String(Registry)})
	var other *types.ConflictException
	if err != nil && !errors.As(err, &other) {
		return fmt.Errorf("create registry %s: %w", Registry, err)
	}
	_, err = client(s).CreateSchema(ctx, in)
	return err //nolint:wrapcheck // the callers say what for
}

// discover describes the shape of an event as the Console does. AWS infers none
// for some values that are JSON; they get a schema that allows anything.
func discover(ctx context.Context, s *awsclient.Session, e Event) (*document, error) {
	out, err := client(s).GetDiscoveredSchema(ctx, &sdk.GetDiscoveredSchemaInput{Type: types.TypeOpenApi3, Events: []string{string(e.Payload)}})
	var bad *types.BadRequestException
	switch {
	case errors.As(err, &bad):
		return parse([]byte(anything))
	case err != nil:
		return nil, err //nolint:wrapcheck // the callers say what for
	}
	return parse([]byte(aws.ToString(out.Content)))
}

// isMissing reports whether AWS has no such schema or registry.
func isMissing(err error) bool {
	var e *awsclient.Error
	return err != nil && errors.As(awsclient.Classify(err), &e) && e.Kind == awsclient.NotFound
}
