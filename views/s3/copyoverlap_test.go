package s3_test

import (
	"testing"
	"time"

	"straws/awsclient"
	"straws/awsclient/demo"

	sdk "github.com/aws/aws-sdk-go-v2/service/s3"
)

// What a plan is still to copy is not overwritten by the plan itself, whatever was
// agreed to: that would lose it before it arrives.
func TestAMoveIntoItsOwnSourcesLosesNothing(t *testing.T) {
	late := demo.Fault{Wait: 300 * time.Millisecond, Times: 1, When: func(in any) bool {
		return *in.(*sdk.HeadObjectInput).Key == "a/a/x"
	}}
	s := at(t, "s3://empty-bucket/", func(_ *awsclient.Options, a *demo.Account) { a.Fail("s3:HeadObject", late) })
	s.put("empty-bucket", "a/a/x", "first")
	s.put("empty-bucket", "a/a/a/x", "second")
	s.Keys("r", "enter").Want("a/").Keys("M")
	s.to("s3://empty-bucket/").Want("1 of 2 objects").Keys("o", "y").Want("1 of 2 objects", "1 failed")
	if s.holds("empty-bucket", "a/x") != "first" {
		t.Error("what was to be moved first was overwritten")
	}
	s.Keys("t", "e").Want("done")
	if s.holds("empty-bucket", "a/x") != "first" || s.holds("empty-bucket", "a/a/x") != "second" || s.holds("empty-bucket", "a/a/a/x") != "" {
		t.Error("not all is where it was to be")
	}
}
