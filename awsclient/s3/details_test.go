package s3_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"straws/awsclient/s3"
)

func TestDetailsDecodeWhatTheWireEncodes(t *testing.T) {
	s := server(t, func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodHead || r.URL.Query().Get("versionId") != "v+1/x" {
			t.Errorf("asked for %s %s", r.Method, r.URL)
		}
		for name, value := range map[string]string{
			"Content-Length": "5", "Etag": `"d41d8cd98f00b204e9800998ecf8427e-17"`, "X-Amz-Meta-Who": "=?UTF-8?Q?J=C3=BCrgen?=", "X-Amz-Meta-Odd": "=?nonsense",
			"X-Amz-Missing-Meta": "2", "X-Amz-Restore": `ongoing-request="false", expiry-date="Fri, 21 Dec 2035 00:00:00 GMT"`,
			"X-Amz-Expiration": `expiry-date="Sat, 22 Dec 2035 00:00:00 GMT", rule-id="tidy up"`, "X-Amz-Tagging-Count": "3", "X-Amz-Archive-Status": "ARCHIVE_ACCESS",
		} {
			w.Header().Set(name, value)
		}
	})
	d, err := s3.Describe(t.Context(), s, s3.Object{Bucket: "bucket", Key: "a b", Version: "v+1/x"})
	if err != nil {
		t.Fatal(err)
	}
	if d.Metadata["who"] != "Jürgen" || d.Metadata["odd"] != "=?nonsense" || d.MissingMeta != 2 || d.Parts != 17 || d.Tags != 3 || d.ArchiveStatus != "ARCHIVE_ACCESS" {
		t.Errorf("got %+v", d)
	}
	ongoing, until := s3.RestoreState(d.Restore)
	if ongoing || !until.Equal(time.Date(2035, 12, 21, 0, 0, 0, 0, time.UTC)) {
		t.Errorf("restored until %v", until)
	}
	for header, want := range map[string]bool{`ongoing-request="true"`: true, "": false, "nonsense": false} {
		if ongoing, until := s3.RestoreState(header); ongoing != want || !until.IsZero() {
			t.Errorf("%q: %v, %v", header, ongoing, until)
		}
	}
}

// TestDetailsWithoutTheKey reads an object whose checksums only its KMS key opens.
func TestDetailsWithoutTheKey(t *testing.T) {
	s := server(t, func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("X-Amz-Checksum-Mode") != "" {
			w.WriteHeader(http.StatusForbidden)
			return
		}
		w.Header().Set("X-Amz-Server-Side-Encryption-Aws-Kms-Key-Id", "arn:aws:kms:eu-west-1:1:key/abc")
	})
	if d, err := s3.Describe(t.Context(), s, s3.Object{Bucket: "bucket", Key: "k"}); err != nil || d.KMSKey == "" {
		t.Errorf("got %+v, %v", d, err)
	}
}

func TestPartsAndAccessInWords(t *testing.T) {
	s := server(t, func(w http.ResponseWriter, r *http.Request) {
		if _, ok := r.URL.Query()["acl"]; ok {
			fmt.Fprint(w, `<AccessControlPolicy xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Owner><ID>me</ID></Owner><AccessControlList>`)
			for _, grantee := range []string{
				`xsi:type="CanonicalUser"><ID>me</ID>`, `xsi:type="CanonicalUser"><ID>somebody</ID>`,
				`xsi:type="Group"><URI>http://acs.amazonaws.com/groups/global/AuthenticatedUsers</URI>`,
				`xsi:type="Group"><URI>http://acs.amazonaws.com/groups/s3/LogDelivery</URI>`,
			} {
				fmt.Fprintf(w, `<Grant><Grantee xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" %s</Grantee><Permission>READ</Permission></Grant>`, grantee)
			}
			fmt.Fprint(w, `</AccessControlList></AccessControlPolicy>`)
			return
		}
		fmt.Fprint(w, `<GetObjectAttributesResponse xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Checksum><ChecksumSHA256>abc=</ChecksumSHA256>`+
			`<ChecksumType>COMPOSITE</ChecksumType></Checksum><ObjectParts><PartsCount>2</PartsCount><IsTruncated>false</IsTruncated>`+
			`<Part><PartNumber>1</PartNumber><Size>8</Size></Part><Part><PartNumber>2</PartNumber><Size>3</Size></Part></ObjectParts></GetObjectAttributesResponse>`)
	})
	o := s3.Object{Bucket: "bucket", Key: "k"}
	a, err := s3.DescribeAttributes(t.Context(), s, o)
	if err != nil || a.Parts != 2 || len(a.Sizes) != 2 || a.Sizes[1] != 3 || a.Checksums["SHA256"] != "abc=" || a.ChecksumType != "COMPOSITE" {
		t.Errorf("got %+v, %v", a, err)
	}
	acl, err := s3.DescribeACL(t.Context(), s, o)
	if err != nil {
		t.Fatal(err)
	}
	var who []string
	for _, g := range acl.Grants {
		who = append(who, fmt.Sprint(g.Who, " ", g.Public))
	}
	if got := strings.Join(who, ", "); got != "the owner false, somebody false, anybody with an AWS account true, S3's log delivery false" {
		t.Errorf("let in: %s", got)
	}
}

// TestNoLockIsNoError holds the answers of servers with and without Object Lock.
func TestNoLockIsNoError(t *testing.T) {
	for _, tt := range []struct {
		code   string
		status int
		ok     bool
	}{
		{"NoSuchObjectLockConfiguration", 404, true},
		{"ObjectLockConfigurationNotFoundError", 404, true},
		{"InvalidRequest", 400, true},
		{"AccessDenied", 403, false},
		{"NoSuchKey", 404, false},
	} {
		s := server(t, func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(tt.status)
			fmt.Fprintf(w, "<Error><Code>%s</Code><Message>no</Message></Error>", tt.code)
		})
		o := s3.Object{Bucket: "bucket", Key: "k"}
		r, err := s3.DescribeRetention(t.Context(), s, o)
		on, errHold := s3.DescribeLegalHold(t.Context(), s, o)
		if (err == nil) != tt.ok || (errHold == nil) != tt.ok || r != (s3.Retention{}) || on {
			t.Errorf("%s: %v %v, %v %v", tt.code, r, err, on, errHold)
		}
	}
}
