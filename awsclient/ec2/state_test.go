package ec2_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"testing"

	"straws/awsclient"
	"straws/awsclient/ec2"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/credentials"
)

// wire answers every request with one instance, of which only XML can show what
// AWS may send.
func wire(t *testing.T, instance string) *awsclient.Session {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		_, _ = io.WriteString(w, `<DescribeInstancesResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15/">
			<reservationSet><item><ownerId>123456789012</ownerId><instancesSet><item>`+instance+`</item></instancesSet></item></reservationSet>
			</DescribeInstancesResponse>`)
	}))
	t.Cleanup(server.Close)
	s, err := awsclient.Open(t.Context(), awsclient.Options{Config: &aws.Config{
		Region: "eu-west-1", BaseEndpoint: aws.String(server.URL),
		Credentials: credentials.NewStaticCredentialsProvider("AKIATEST", "test", ""),
	}})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestOddInstances(t *testing.T) {
	tests := []struct {
		name, xml string
		want      ec2.Instance
	}{
		{"nothing but an id", `<instanceId>i-1</instanceId>`, ec2.Instance{ID: "i-1"}},
		{"junk in the high byte of the code", `<instanceState><code>65616</code></instanceState>`, ec2.Instance{State: ec2.Stopped}},
		{"a word from the future", `<instanceState><code>96</code><name>hibernating</name></instanceState>`, ec2.Instance{State: "hibernating"}},
		{
			"run by AWS itself",
			`<operator><managed>true</managed><principal>eks.amazonaws.com</principal></operator>`,
			ec2.Instance{Owner: ec2.Owner{Kind: "AWS", Name: "eks.amazonaws.com", Locked: true}},
		},
		{"on an instance store", `<rootDeviceType>instance-store</rootDeviceType>`, ec2.Instance{Volatile: true}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			rows, more, err := ec2.List(wire(t, tt.xml))(t.Context())
			if err != nil || more || len(rows) != 1 {
				t.Fatalf("got %d rows, more %v, %v", len(rows), more, err)
			}
			got := rows[0]
			if got.ID != tt.want.ID || got.State != tt.want.State || got.Owner != tt.want.Owner || got.Volatile != tt.want.Volatile {
				t.Errorf("got %+v, want %+v", got, tt.want)
			}
		})
	}
}
