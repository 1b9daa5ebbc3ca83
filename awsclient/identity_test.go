package awsclient_test

import (
	"io"
	"net/http"
	"strings"
	"testing"

	"straws/awsclient"
)

const whoami = `<GetCallerIdentityResponse><GetCallerIdentityResult>
<Arn>arn:aws:sts::123456789012:assumed-role/Admin/jane</Arn><UserId>AROA:jane</UserId><Account>123456789012</Account>
</GetCallerIdentityResult></GetCallerIdentityResponse>`

// account answers STS, and IAM as told.
func account(alias http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		if strings.Contains(string(body), "ListAccountAliases") {
			alias(w, r)
			return
		}
		says(200, "text/xml", whoami)(w, r)
	}
}

func TestWhoTheSessionActsAs(t *testing.T) {
	tests := []struct {
		name  string
		alias http.HandlerFunc
		want  string
	}{
		{"with an alias", says(200, "text/xml", "<R><ListAccountAliasesResult><AccountAliases><member>acme-prod</member></AccountAliases></ListAccountAliasesResult></R>"), "acme-prod"},
		{"without an alias", says(200, "text/xml", "<R><ListAccountAliasesResult><AccountAliases/></ListAccountAliasesResult></R>"), ""},
		{"where the alias is denied", says(403, "text/xml", "<E><Error><Code>AccessDenied</Code></Error></E>"), ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			id, err := open(t, newWire(t, account(test.alias)).URL, readOnly).Identity(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			want := awsclient.Identity{
				Account: "123456789012", Alias: test.want, ARN: "arn:aws:sts::123456789012:assumed-role/Admin/jane",
				UserID: "AROA:jane", Partition: "aws", Source: "StaticCredentials",
			}
			if id != want {
				t.Errorf("%+v", id)
			}
		})
	}
}

func TestNobodyIsAnError(t *testing.T) {
	s := open(t, newWire(t, says(403, "text/xml", "<E><Error><Code>InvalidClientTokenId</Code><Message>The security token is invalid.</Message></Error></E>")).URL)
	_, err := s.Identity(t.Context())
	if e := classified(t, err); e.Kind != awsclient.NoCreds || e.Error() != "AWS does not accept these credentials (InvalidClientTokenId)" {
		t.Errorf("kind %v: %v", e.Kind, e)
	}
}

func TestShortNames(t *testing.T) {
	for arn, want := range map[string]string{
		"arn:aws:sts::1:assumed-role/Admin/jane":                                                   "Admin/jane",
		"arn:aws:sts::1:assumed-role/AWSReservedSSO_Power_User_0123456789abcdef/jane@acme.example": "Power_User/jane@acme.example",
		"arn:aws-cn:iam::1:user/ops/jane":                                                          "jane",
		"arn:aws:iam::1:root":                                                                      "root",
		"arn:aws:sts::1:federated-user/jane":                                                       "jane",
		"nonsense":                                                                                 "nonsense",
		"":                                                                                         "",
	} {
		if got := (awsclient.Identity{ARN: arn}).Principal(); got != want {
			t.Errorf("%s is %q, want %q", arn, got, want)
		}
	}
}
