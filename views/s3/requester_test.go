package s3_test

import (
	"testing"

	"straws/awsclient"
	"straws/awsclient/demo"

	sdk "github.com/aws/aws-sdk-go-v2/service/s3"
)

func TestABucketWhoseRequesterPays(t *testing.T) {
	s := at(t, "s3://datalake/", func(_ *awsclient.Options, a *demo.Account) {
		a.Fail("s3:ListObjectsV2", demo.Fault{Code: "AccessDenied", Message: "Access Denied", Status: 403, When: func(in any) bool {
			return in.(*sdk.ListObjectsV2Input).RequestPayer == ""
		}})
	})
	s.Want("not allowed: s3:ListBucket", "where the requester pays, press")
	s.Keys("x").Want("README.md", "this account pays for requests to datalake").Keys("j").Want("you pay as requester")
	s.on("README").Keys("enter").Want("as it arrived")
	for _, c := range s.account.Calls("s3:GetObject") {
		if got := c.Input.(*sdk.GetObjectInput).RequestPayer; got != "requester" {
			t.Errorf("a read was sent with payer %q", got)
		}
	}
	s.Keys("esc", "esc", "x").Want("not allowed: s3:ListBucket").Lack("you pay")
}

func TestOnlyTheBucketThatWasChosenIsPaidFor(t *testing.T) {
	s := at(t, "s3://datalake/")
	s.Keys("x", "j")
	s.Want("you pay as requester")
	s.Keys("esc")
	s.on("invoices").Keys("enter").Want("01/").Lack("you pay")
}
