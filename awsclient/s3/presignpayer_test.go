package s3_test

import (
	"net/url"
	"testing"
	"time"

	"straws/awsclient/s3"
)

// S3 takes the payer of a link from its query, where the signature covers it.
func TestALinkSaysThatTheRequesterPays(t *testing.T) {
	_, s := open(t)
	share := s3.LinkTo{Object: s3.Object{Bucket: "datalake", Key: "a b"}, For: time.Hour}
	for _, pays := range []bool{false, true} {
		s3.Pay(s, "datalake", pays)
		for _, put := range []bool{false, true} {
			share.Put = put
			link, err := s3.Presign(t.Context(), s, share, time.Now())
			if err != nil {
				t.Fatal(err)
			}
			u, err := url.Parse(link.URL)
			if err != nil {
				t.Fatal(err)
			}
			if got := u.Query().Get("x-amz-request-payer"); (got == "requester") != pays || u.Query().Get("X-Amz-SignedHeaders") != "host" {
				t.Errorf("pays %v, put %v: %s", pays, put, link.URL)
			}
		}
	}
}
