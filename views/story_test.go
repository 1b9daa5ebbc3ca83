package views_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"straws/awsclient"
	"straws/awsclient/demo"
	"straws/ui"
	"straws/ui/uitest"
	"straws/views"

	ec2sdk "github.com/aws/aws-sdk-go-v2/service/ec2"
	lambdasdk "github.com/aws/aws-sdk-go-v2/service/lambda"
)

// explore opens the whole program on a demo account that the test can break.
func explore(t *testing.T, target string, change ...func(*demo.Account, *awsclient.Options)) (*uitest.Driver, *demo.Account) {
	t.Helper()
	c := uitest.NewClock()
	account := demo.New(demo.Options{Now: c.Now})
	cfg := account.Config()
	o := awsclient.Options{Config: &cfg, Profile: "demo"}
	for _, f := range change {
		f(account, &o)
	}
	s, err := awsclient.Open(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	return uitest.Launch(t, c, ui.Options{AWS: s, Services: views.All(views.Options{History: true}), Target: target}, 120, 40), account
}

func TestFirstRowsAfterOneCallOfThree(t *testing.T) {
	later := demo.Hang
	later.When = func(in any) bool { l, ok := in.(*lambdasdk.ListFunctionsInput); return ok && l.Marker != nil }
	d, account := explore(t, "lambda", func(a *demo.Account, o *awsclient.Options) {
		o.Region = "us-east-1" // 120 functions, in three pages
		a.Fail("lambda:ListFunctions", later)
	})
	d.Impatient().Settle().Want("50+ functions", "loading", "python3.13")
	if n := len(account.Calls("lambda:ListFunctions")); n != 2 {
		t.Errorf("%d calls: one answered, one waiting were expected", n)
	}
	d.Keys("j", "j", "/").Type("zz-nothing").Want("0 of 50+ functions").Keys("esc", "esc", "0").Want("3 Lambda")
}

func TestASlowListingOfInstancesNeverShowsInLambda(t *testing.T) {
	d, account := explore(t, "ec2", func(a *demo.Account, _ *awsclient.Options) { a.Fail("ec2:DescribeInstances", demo.Hang) })
	d.Impatient().Settle().Want("EC2", "loading")
	d.Keys("3").Want("calculate_mean").Lack("bastion", "i-0")
	account.Heal("ec2:DescribeInstances")
	d.Keys("r").Want("calculate_mean").Lack("bastion", "i-0")
	d.Keys("2", "r").Patient().Settle().Want("bastion") // r begins anew in place of the call that hangs
}

func TestTwentyInstancesAreTerminatedInFewKeys(t *testing.T) {
	d, account := explore(t, "")
	d.Settle()
	keys := strings.Fields("2 / b a t c h - enter * D 2 0 enter")
	d.Keys(keys...).Want("20 done", "shutting-down")
	if len(keys) >= 40 {
		t.Errorf("%d keys", len(keys))
	}
	var hit []string
	for _, c := range account.Calls("ec2:TerminateInstances") {
		hit = append(hit, c.Input.(*ec2sdk.TerminateInstancesInput).InstanceIds...)
	}
	if want := idsOf(t, "batch-"); !slices.Equal(slices.Sorted(slices.Values(hit)), want) {
		t.Errorf("terminated %v\nwant %v", hit, want)
	}
}

// idsOf asks a fresh account, which is the same each time, for the ids of the
// instances whose name begins so.
func idsOf(t *testing.T, prefix string) []string {
	t.Helper()
	c := uitest.NewClock()
	client := ec2sdk.NewFromConfig(demo.New(demo.Options{Now: c.Now}).Config())
	out, err := client.DescribeInstances(t.Context(), &ec2sdk.DescribeInstancesInput{})
	if err != nil {
		t.Fatal(err)
	}
	var ids []string
	for _, r := range out.Reservations {
		for _, i := range r.Instances {
			for _, tag := range i.Tags {
				if *tag.Key == "Name" && strings.HasPrefix(*tag.Value, prefix) {
					ids = append(ids, *i.InstanceId)
				}
			}
		}
	}
	slices.Sort(ids)
	return ids
}

func TestUnknownThingsEndInASentence(t *testing.T) {
	for target, want := range map[string][]string{
		"s3://no-such-bucket-here/":         {"no-such-bucket-here"},
		"i-0123456789abcdef0":               {"i-0123456789abcdef0"},
		"lambda/no_such_function":           {"no_such_function"},
		"emr/j-AAAAAAAAAAAAA":               {"j-AAAAAAAAAAAAA"},
		"s3://secret-vault/":                {"not allowed", "s3:ListBucket", "secret-vault"},
		"arn:aws:s3:::logs-archive":         {"logs-archive"},
		"s3://datalake/no/such/prefix/":     {"no/", "nothing"},
		"s3://datalake/raw/no-such-key.csv": {"no-such-key.csv"},
	} {
		t.Run(target, func(t *testing.T) {
			d, _ := explore(t, target)
			d.Settle().Want(want...)
			d.Keys("esc", "esc", "esc", "esc", "0").Want("1 S3", "2 EC2")
		})
	}
}

func TestEverythingWorksWithoutTheRest(t *testing.T) {
	for i, op := range []string{"s3:ListBuckets", "ec2:DescribeInstances", "lambda:ListFunctions", "emr:ListClusters"} {
		t.Run(op, func(t *testing.T) {
			d, _ := explore(t, "", func(a *demo.Account, _ *awsclient.Options) { a.Fail(op, demo.Denied) })
			d.Settle().Want("not allowed")
			for other := range 4 {
				d.Keys(fmt.Sprint(other + 1))
				if other == i {
					d.Want("not allowed")
				} else {
					d.Lack("not allowed")
				}
			}
		})
	}
}

func TestComingBackFromAnAddressFindsItsRow(t *testing.T) {
	for target, want := range map[string]string{
		"s3://datalake/raw/":    "▸ datalake ",
		"lambda/calculate_mean": "▸ calculate_mean",
		"emr/j-3F8ZK1QW0T6NB":   "▸ ✗  spark-etl",
	} {
		t.Run(target, func(t *testing.T) {
			d, _ := explore(t, target)
			d.Settle()
			for range 4 {
				if strings.Contains(d.Frame(), want) {
					return
				}
				d.Keys("esc")
			}
			d.Want(want)
		})
	}
}
