package demo

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/schemas"
	"github.com/aws/aws-sdk-go-v2/service/schemas/types"
)

const (
	testEvents       = "lambda-testevent-schemas"
	schemaVersions   = 5  // of one schema at most
	versionsPerPage  = 10 // of ListSchemaVersions
	schemaTypeOpenV3 = string(types.TypeOpenApi3)
)

// schemasState is the registries of each region, by their names.
type schemasState struct {
	regions map[string]map[string]registry
}

// registry is schemas by name.
type registry map[string]*schema

// schema is a document in its versions, oldest first.
type schema struct {
	kind     string
	versions []schemaVersion
	last     int // number of the newest version ever
}

type schemaVersion struct {
	number  int
	content string
}

func newSchemasState() *schemasState {
	shared := `{"openapi":"3.0.0","info":{"version":"1.0.0","title":"Event"},"paths":{},"components":{"schemas":{"Event":{"type":"object",` +
		`"required":["nums"],"properties":{"nums":{"type":"array","items":{"type":"number"}}}}},"examples":{` +
		`"three-numbers":{"value":{"nums":[1,2,3]}},"one-to-ten":{"value":{"nums":[1,2,3,4,5,6,7,8,9,10]}}}}}`
	s := &schema{kind: schemaTypeOpenV3}
	s.add(shared)
	return &schemasState{regions: map[string]map[string]registry{
		Region: {testEvents: {"_calculate_mean-schema": s}},
	}}
}

func registerSchemas(r *router) {
	handle(r, "schemas:CreateRegistry", createRegistry)
	handle(r, "schemas:DescribeSchema", describeSchema)
	handle(r, "schemas:GetDiscoveredSchema", getDiscoveredSchema)
	handle(r, "schemas:CreateSchema", createSchema)
	handle(r, "schemas:UpdateSchema", updateSchema)
	handle(r, "schemas:DeleteSchema", deleteSchema)
	handle(r, "schemas:ListSchemaVersions", listSchemaVersions)
	handle(r, "schemas:DeleteSchemaVersion", deleteSchemaVersion)
}

func (s *schema) add(content string) {
	s.last++
	s.versions = append(s.versions, schemaVersion{s.last, content})
}

func (a *Account) registry(ctx context.Context, name *string) (registry, error) {
	r, ok := a.schemas.regions[reply(ctx).region][aws.ToString(name)]
	if !ok {
		return nil, apiError("NotFoundException", fmt.Sprintf("Registry with name %s does not exist.", aws.ToString(name)), 404)
	}
	return r, nil
}

func (a *Account) schema(ctx context.Context, in, name *string) (registry, *schema, error) {
	r, err := a.registry(ctx, in)
	if err != nil {
		return nil, nil, err
	}
	s, ok := r[aws.ToString(name)]
	if !ok {
		return nil, nil, apiError("NotFoundException", fmt.Sprintf("Schema with name %s does not exist.", aws.ToString(name)), 404)
	}
	return r, s, nil
}

func createRegistry(ctx context.Context, a *Account, in *schemas.CreateRegistryInput) (*schemas.CreateRegistryOutput, error) {
	region, name := reply(ctx).region, aws.ToString(in.RegistryName)
	if a.schemas.regions[region] == nil {
		a.schemas.regions[region] = map[string]registry{}
	}
	if _, ok := a.schemas.regions[region][name]; ok {
		return nil, &types.ConflictException{Code: aws.String("ConflictException"), Message: aws.String("Registry already exists")}
	}
	a.schemas.regions[region][name] = registry{}
	return &schemas.CreateRegistryOutput{RegistryName: in.RegistryName}, nil
}

func describeSchema(ctx context.Context, a *Account, in *schemas.DescribeSchemaInput) (*schemas.DescribeSchemaOutput, error) {
	_, s, err := a.schema(ctx, in.RegistryName, in.SchemaName)
	if err != nil {
		return nil, err
	}
	v := s.versions[len(s.versions)-1]
	return &schemas.DescribeSchemaOutput{
		SchemaName: in.SchemaName, Content: aws.String(v.content), SchemaVersion: aws.String(strconv.Itoa(v.number)), Type: aws.String(s.kind),
	}, nil
}

// getDiscoveredSchema infers no more than AWS does of an event that is no object.
func getDiscoveredSchema(_ context.Context, _ *Account, in *schemas.GetDiscoveredSchemaInput) (*schemas.GetDiscoveredSchemaOutput, error) {
	for _, e := range in.Events {
		var object map[string]json.RawMessage
		if json.Unmarshal([]byte(e), &object) != nil {
			return nil, &types.BadRequestException{Code: aws.String("BadRequestException"), Message: aws.String("Event is not a valid JSON object")}
		}
	}
	return &schemas.GetDiscoveredSchemaOutput{Content: aws.String(
		`{"openapi":"3.0.0","info":{"version":"1.0.0","title":"Event"},"paths":{},"components":{"schemas":{"Event":{"type":"object"}}}}`)}, nil
}

func createSchema(ctx context.Context, a *Account, in *schemas.CreateSchemaInput) (*schemas.CreateSchemaOutput, error) {
	r, err := a.registry(ctx, in.RegistryName)
	if err != nil {
		return nil, err
	}
	name := aws.ToString(in.SchemaName)
	if _, ok := r[name]; ok {
		return nil, &types.ConflictException{Code: aws.String("ConflictException"), Message: aws.String("Schema already exists")}
	}
	s := &schema{kind: string(in.Type)}
	s.add(aws.ToString(in.Content))
	r[name] = s
	return &schemas.CreateSchemaOutput{SchemaName: in.SchemaName, SchemaVersion: aws.String("1")}, nil
}

func updateSchema(ctx context.Context, a *Account, in *schemas.UpdateSchemaInput) (*schemas.UpdateSchemaOutput, error) {
	_, s, err := a.schema(ctx, in.RegistryName, in.SchemaName)
	if err != nil {
		return nil, err
	}
	if len(s.versions) >= schemaVersions {
		return nil, apiError("BadRequestException", fmt.Sprintf("Schema %s has %d versions, which is the limit", aws.ToString(in.SchemaName), schemaVersions), 400)
	}
	s.add(aws.ToString(in.Content))
	return &schemas.UpdateSchemaOutput{SchemaName: in.SchemaName, SchemaVersion: aws.String(strconv.Itoa(s.last))}, nil
}

func deleteSchema(ctx context.Context, a *Account, in *schemas.DeleteSchemaInput) (*schemas.DeleteSchemaOutput, error) {
	r, _, err := a.schema(ctx, in.RegistryName, in.SchemaName)
	if err != nil {
		return nil, err
	}
	delete(r, aws.ToString(in.SchemaName))
	return &schemas.DeleteSchemaOutput{}, nil
}

func listSchemaVersions(ctx context.Context, a *Account, in *schemas.ListSchemaVersionsInput) (*schemas.ListSchemaVersionsOutput, error) {
	_, s, err := a.schema(ctx, in.RegistryName, in.SchemaName)
	if err != nil {
		return nil, err
	}
	newest := slices.SortedFunc(slices.Values(s.versions), func(a, b schemaVersion) int { return cmp.Compare(b.number, a.number) })
	page, next, err := markerPage(newest, in.NextToken, aws.ToInt32(in.Limit), versionsPerPage)
	if err != nil {
		return nil, err
	}
	out := &schemas.ListSchemaVersionsOutput{NextToken: next}
	for _, v := range page {
		out.SchemaVersions = append(out.SchemaVersions, types.SchemaVersionSummary{
			SchemaName: in.SchemaName, SchemaVersion: aws.String(strconv.Itoa(v.number)), Type: types.Type(s.kind),
		})
	}
	return out, nil
}

func deleteSchemaVersion(ctx context.Context, a *Account, in *schemas.DeleteSchemaVersionInput) (*schemas.DeleteSchemaVersionOutput, error) {
	_, s, err := a.schema(ctx, in.RegistryName, in.SchemaName)
	if err != nil {
		return nil, err
	}
	i := slices.IndexFunc(s.versions, func(v schemaVersion) bool { return strconv.Itoa(v.number) == aws.ToString(in.SchemaVersion) })
	if i < 0 {
		return nil, apiError("NotFoundException", "Schema version does not exist", 404)
	}
	s.versions = slices.Delete(s.versions, i, i+1)
	return &schemas.DeleteSchemaVersionOutput{}, nil
}
