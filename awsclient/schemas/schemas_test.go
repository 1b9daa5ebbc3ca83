package schemas_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"straws/awsclient"
	"straws/awsclient/demo"
	"straws/awsclient/schemas"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/credentials"
	sdk "github.com/aws/aws-sdk-go-v2/service/schemas"
)

// open is a session of a demo account.
func open(t *testing.T) (*awsclient.Session, *demo.Account) {
	t.Helper()
	a := demo.New(demo.Options{})
	cfg := a.Config()
	s, err := awsclient.Open(t.Context(), awsclient.Options{Config: &cfg})
	if err != nil {
		t.Fatal(err)
	}
	return s, a
}

// listed writes the events of a function as "name=payload …".
func listed(t *testing.T, s *awsclient.Session, function string) string {
	t.Helper()
	events, err := schemas.List(t.Context(), s, function)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, e := range events {
		out = append(out, e.Name+"="+string(e.Payload))
	}
	return strings.Join(out, " ")
}

func save(t *testing.T, s *awsclient.Session, function, name, payload string) {
	t.Helper()
	if err := schemas.Save(t.Context(), s, function, schemas.Event{Name: name, Payload: []byte(payload)}); err != nil {
		t.Fatal(err)
	}
}

func TestEventsAreSavedListedAndDeleted(t *testing.T) {
	s, account := open(t)
	if got := listed(t, s, "echo"); got != "" {
		t.Fatalf("a function without events has %s", got)
	}
	save(t, s, "echo", "big", `{"id":12345678901234567890,"html":"<b>&","price":1.10}`)
	save(t, s, "echo", "list", `[1]`)
	if got, want := listed(t, s, "echo"), `big={"id":12345678901234567890,"html":"<b>&","price":1.10} list=[1]`; got != want {
		t.Errorf("got %s\nwant %s", got, want)
	}
	save(t, s, "echo", "list", `[2]`)
	if got := listed(t, s, "echo"); !strings.HasSuffix(got, "list=[2]") {
		t.Errorf("got %s", got)
	}
	for _, name := range []string{"big", "list"} {
		if err := schemas.Delete(t.Context(), s, "echo", name); err != nil {
			t.Fatal(err)
		}
	}
	if got := listed(t, s, "echo"); got != "" || len(account.Calls("schemas:DeleteSchema")) != 1 {
		t.Errorf("the schema stays after its last event: %s", got)
	}
	if err := schemas.Delete(t.Context(), s, "calculate_mean", "nope"); err == nil || !strings.Contains(err.Error(), "gone already") {
		t.Errorf("deleting what is not there: %v", err)
	}
}

func TestTheFirstEventOfARegionMakesTheRegistry(t *testing.T) {
	s, account := open(t)
	s = s.In("us-east-1")
	save(t, s, "echo", "scalar", `"x"`) // AWS infers no schema of it
	if got := listed(t, s, "echo"); got != `scalar="x"` {
		t.Errorf("got %s", got)
	}
	if n := len(account.Calls("schemas:CreateRegistry")); n != 1 {
		t.Errorf("%d registries were created", n)
	}
	in := account.Calls("schemas:CreateSchema")[1].Input.(*sdk.CreateSchemaInput)
	if aws.ToString(in.RegistryName) != "lambda-testevent-schemas" || aws.ToString(in.SchemaName) != "_echo-schema" || in.Type != "OpenApi3" {
		t.Errorf("AWS received %s %s %s", aws.ToString(in.RegistryName), aws.ToString(in.SchemaName), in.Type)
	}
}

func TestOldVersionsMakeRoom(t *testing.T) {
	s, account := open(t)
	for i := range 12 {
		save(t, s, "echo", "same", fmt.Sprint(i))
	}
	if got := listed(t, s, "echo"); got != "same=11" {
		t.Errorf("got %s", got)
	}
	first := account.Calls("schemas:DeleteSchemaVersion")[0].Input.(*sdk.DeleteSchemaVersionInput)
	if v := aws.ToString(first.SchemaVersion); v != "1" {
		t.Errorf("version %s was deleted first", v)
	}
}

func TestWhatIsNotPossible(t *testing.T) {
	s, account := open(t)
	for _, tt := range []struct{ name, payload, want string }{
		{"not JSON", "{", "not JSON"},
		{"too large", `"` + strings.Repeat("x", 6_144_000) + `"`, "6144002 bytes are more than the 6144000"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			err := schemas.Save(t.Context(), s, "calculate_mean", schemas.Event{Name: "e", Payload: []byte(tt.payload)})
			if err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("got %v", err)
			}
		})
	}
	account.Fail("*", demo.Denied)
	_, err := schemas.List(t.Context(), s, "calculate_mean")
	var e *awsclient.Error
	if !errors.As(awsclient.Classify(err), &e) || e.Kind != awsclient.Denied || e.Action != "schemas:DescribeSchema" {
		t.Errorf("denied: %v", err)
	}
}

// registry is a server that speaks the protocol of EventBridge schemas for one
// schema that the Console wrote.
type registry struct {
	kind, content string
	versions      []string
	requests      []string
}

func (r *registry) ServeHTTP(w http.ResponseWriter, req *http.Request) {
	const path = "/v1/registries/name/lambda-testevent-schemas/schemas/name/_orders-schema"
	r.requests = append(r.requests, req.Method+" "+strings.TrimPrefix(req.URL.Path, path))
	answer := map[string]any{"Content": r.content, "Type": r.kind, "SchemaVersion": "9", "SchemaName": "_orders-schema"}
	switch {
	case !strings.HasPrefix(req.URL.Path, path):
		w.Header().Set("X-Amzn-Errortype", "NotFoundException")
		w.WriteHeader(http.StatusNotFound)
		answer = map[string]any{"Code": "NotFound", "Message": "there is no such schema"}
	case req.Method == http.MethodPut:
		var in struct{ Content, Type string }
		body, _ := io.ReadAll(req.Body)
		_ = json.Unmarshal(body, &in)
		r.content = in.Content
	case strings.HasSuffix(req.URL.Path, "/versions"):
		var all []map[string]string
		for _, v := range r.versions {
			all = append(all, map[string]string{"SchemaVersion": v})
		}
		answer = map[string]any{"SchemaVersions": all}
	}
	_ = json.NewEncoder(w).Encode(answer)
}

func wire(t *testing.T, r *registry) *awsclient.Session {
	t.Helper()
	server := httptest.NewServer(r)
	t.Cleanup(server.Close)
	cfg := aws.Config{Region: "eu-west-1", Credentials: credentials.NewStaticCredentialsProvider("AKIA", "secret", "")}
	s, err := awsclient.Open(t.Context(), awsclient.Options{Config: &cfg, Endpoint: server.URL})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

const written = `{"openapi":"3.0.0","x-amazon-events-detail-type":"AWSEvent","info":{"version":"1.0.0","title":"Event"},"paths":{},
	"components":{"schemas":{"Event":{"type":"object"}},"examples":{
		"mine":{"summary":"by the Console","value":{"id":123456789012345678901}},"elsewhere":{"externalValue":"s3://x"}}}}`

func TestOverTheWireNothingUnknownIsLost(t *testing.T) {
	r := &registry{kind: "OpenApi3", content: written, versions: []string{"10", "9", "6", "7", "8"}}
	s := wire(t, r)
	if got := listed(t, s, "orders"); got != `mine={"id":123456789012345678901}` {
		t.Fatalf("listed %s", got)
	}
	r.requests = nil
	save(t, s, "orders", "mine", `{"id":2}`)
	if want := []string{"GET /versions", "DELETE /version/6", "GET ", "PUT "}; strings.Join(r.requests, ",") != strings.Join(want, ",") {
		t.Errorf("AWS received %q, want %q", r.requests, want)
	}
	for _, want := range []string{
		`"mine":{"summary":"by the Console","value":{"id":2}}`, `"x-amazon-events-detail-type":"AWSEvent"`,
		`"schemas":{"Event":{"type":"object"}}`, `"elsewhere":{"externalValue":"s3://x"}`,
	} {
		if !strings.Contains(r.content, want) {
			t.Errorf("%s is lost in %s", want, r.content)
		}
	}
	if err := schemas.Delete(t.Context(), s, "orders", "mine"); err != nil || strings.Contains(r.content, "mine") {
		t.Errorf("after deleting: %v, %s", err, r.content)
	}
	if got := listed(t, s, "unknown"); got != "" {
		t.Errorf("an unknown function has %s", got)
	}
}

func TestASchemaOfAnotherKindIsLeftAlone(t *testing.T) {
	for _, tt := range []struct{ name, kind, content, want string }{
		{"another type", "JSONSchemaDraft4", `{}`, "JSONSchemaDraft4"},
		{"damaged", "OpenApi3", `{"components":[]}`, "cannot be read: its components"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r := &registry{kind: tt.kind, content: tt.content}
			s := wire(t, r)
			if _, err := schemas.List(t.Context(), s, "orders"); err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("list: %v", err)
			}
			err := schemas.Save(t.Context(), s, "orders", schemas.Event{Name: "e", Payload: []byte("1")})
			if err == nil || !strings.Contains(err.Error(), tt.want) || r.content != tt.content {
				t.Errorf("save: %v, %s", err, r.content)
			}
		})
	}
}
