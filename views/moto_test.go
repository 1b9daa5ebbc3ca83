package views_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"straws/awsclient"
	"straws/ui"
	"straws/ui/format"
	"straws/ui/uitest"
	"straws/views"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	ec2types "github.com/aws/aws-sdk-go-v2/service/ec2/types"
	"github.com/aws/aws-sdk-go-v2/service/s3"
)

// TestMoto goes the tour of the three jobs over real HTTP, in front of an
// emulator. What the program did is asked with the SDK's own clients.
func TestMoto(t *testing.T) {
	m := fillMoto(t, startMoto(t))
	for _, journey := range []struct {
		name string
		run  func(*testing.T, *emulator)
	}{
		{"overview", motoOverview},
		{"drill into nested prefixes", motoDrill},
		{"a prefix of several pages", motoPages},
		{"odd keys are shown and deleted as they are", motoOddKeys},
		{"what is not there", motoMissing},
		{"stop and start an instance", motoStopStart},
		{"terminate twenty by filter", motoTerminate},
		{"invoke a function", motoInvoke},
		{"invoke in other ways", motoModes},
		{"all about a function", motoFunction},
		{"the settings of a function", motoSettings},
		{"delete a function", motoDelete},
		{"the steps of a cluster", motoSteps15},
		{"read-only changes nothing", motoReadOnly},
	} {
		t.Run(journey.name, func(t *testing.T) { journey.run(t, m) })
	}
}

// open starts the whole program with the settings of the process's environment.
func (m *emulator) open(t *testing.T, target string, change ...func(*awsclient.Options)) *uitest.Driver {
	t.Helper()
	o := awsclient.Options{Endpoint: m.url}
	for _, f := range change {
		f(&o)
	}
	session, err := awsclient.Open(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	return uitest.Start(t, uitest.NewClock(), ui.Options{AWS: session, Services: views.All(views.Options{History: true}), Target: target}, 140, 60)
}

func motoOverview(t *testing.T, m *emulator) {
	d := m.open(t, "")
	d.Want("1 S3  3 buckets", "2 EC2  300 running", "3 Lambda  40 functions", "4 EMR  6 ", "123456789012", m.url, motoRegion)
	d.Want("datalake", "batch-0", "calculate_mean", "nightly-0")
}

func motoDrill(t *testing.T, m *emulator) {
	d := m.open(t, "")
	d.Keys("1", "/").Type("lake").Keys("enter", "enter").Want("S3 › datalake", "flat/", "raw/", "odd/")
	d.Keys("/").Type("raw").Keys("enter", "enter", "enter").Want("2026/", "01/", "12/")
	d.Keys("G", "enter").Want("12/", "01/", "28/")
	d.Keys("enter").Want("part-00011.csv").Keys("p").Want("CSV", "id  amount", fmt.Sprint(m.flat+11))
	d.Keys("esc", "esc").Want("▸ 01/").Keys("esc").Want("▸ 12/").Keys("esc", "esc").Want("1 match raw")
}

func motoPages(t *testing.T, m *emulator) {
	d := m.open(t, "s3://datalake/flat/")
	d.Want(format.Count(m.flat)+" keys", "▸ 00000.csv")
	d.Keys("G").Want(fmt.Sprintf("▸ %05d.csv", m.flat-1))
	d.Keys("/").Type("0110").Keys("enter").Want("11 match 0110", "01105.csv").Lack("01111.csv")
	d.Keys("*").Want("11 marked")
}

func motoOddKeys(t *testing.T, m *emulator) {
	d := m.open(t, "s3://datalake/odd/") // the driver fails on a control character on the screen
	d.Want("a b+c%20d.txt", "käse/", "longlonglong")
	d.Keys("/").Type("red").Keys("enter", "D").Want("to delete")
	d.Paste(typedName(t, d)).Keys("enter").Want("delete esc", "red: done")
	left := m.list(t, "odd/")
	want := slices.DeleteFunc(oddKeys(), func(k string) bool { return strings.Contains(k, "red") })
	slices.Sort(want)
	if !slices.Equal(left, want) {
		t.Errorf("what is left is %q, want %q", left, want)
	}
}

// typedName is what the question on the screen wants to be typed.
func typedName(t *testing.T, d *uitest.Driver) string {
	t.Helper()
	_, rest, _ := strings.Cut(d.Frame(), "   type  ")
	name, _, ok := strings.Cut(rest, "  to ")
	if !ok {
		t.Fatalf("nothing is asked for:\n%s", d.Frame())
	}
	return name
}

func (m *emulator) list(t *testing.T, prefix string) []string {
	t.Helper()
	out, err := m.s3.ListObjectsV2(t.Context(), &s3.ListObjectsV2Input{Bucket: aws.String(motoBucket), Prefix: &prefix})
	if err != nil {
		t.Fatal(err)
	}
	var keys []string
	for _, o := range out.Contents {
		keys = append(keys, *o.Key)
	}
	slices.Sort(keys)
	return keys
}

func motoMissing(t *testing.T, m *emulator) {
	for target, want := range map[string]string{
		"s3://no-such-bucket/":       "no-such-bucket",
		"i-0123456789abcdef0":        "i-0123456789abcdef0",
		"emr/j-0000000000000":        "j-0000000000000",
		"s3://datalake/no-such.file": "there is no object with this key",
		"s3://empty-bucket/":         "this bucket is empty",
	} {
		d := m.open(t, target).Want(want).Lack("loading")
		d.Keys("0").Want("300 ")
	}
}

// states asks which instances are in which state.
func (m *emulator) states(t *testing.T) map[string]ec2types.InstanceStateName {
	t.Helper()
	out, err := m.ec2.DescribeInstances(t.Context(), &ec2.DescribeInstancesInput{})
	if err != nil {
		t.Fatal(err)
	}
	states := map[string]ec2types.InstanceStateName{}
	for _, r := range out.Reservations {
		for _, i := range r.Instances {
			for _, tag := range i.Tags {
				if *tag.Key == "Name" {
					states[*tag.Value] = i.State.Name
				}
			}
		}
	}
	return states
}

func motoStopStart(t *testing.T, m *emulator) {
	d := m.open(t, "ec2").Want("300 instances")
	d.Keys("/").Type("web-77").Keys("enter", "S").Want("y to stop").Keys("y").Want("stopped")
	if got := m.states(t)["web-77"]; got != ec2types.InstanceStateNameStopped {
		t.Errorf("web-77 is %s", got)
	}
	d.Keys("s").Want("y to start").Keys("y").Want("running")
	if got := m.states(t)["web-77"]; got != ec2types.InstanceStateNameRunning {
		t.Errorf("web-77 is %s", got)
	}
}

func motoTerminate(t *testing.T, m *emulator) {
	d := m.open(t, "")
	keys := strings.Split("2/batch-", "")
	keys = append(keys, "enter", "*", "D", "2", "0", "enter")
	d.Keys(keys...).Want("terminate instances: 20 done")
	for name, state := range m.states(t) {
		want := ec2types.InstanceStateNameRunning
		if strings.HasPrefix(name, "batch-") {
			want = ec2types.InstanceStateNameTerminated
		}
		if state != want {
			t.Errorf("%s is %s, want %s", name, state, want)
		}
	}
	d.Keys("esc", "0").Want("280 running", "20 terminated")
}

func motoInvoke(t *testing.T, m *emulator) {
	answer := fmt.Sprintf(`{"results":["{\"statusCode\":200,\"body\":2.0}"],"account_id":"123456789012","region":%q}`, motoRegion)
	if err := m.tell(t.Context(), "static/lambda-simple/response", answer); err != nil {
		t.Fatal(err)
	}
	d := m.open(t, "").Keys("3").Want("40 functions")
	d.Keys("/").Type("mean").Keys("enter", "x").Type(`{"nums":[1,2,3]}`).Want("valid JSON")
	d.Keys("ctrl+r").Want("200", `"body": 2.0`)
	d.Keys("ctrl+r").Want(`"nums"`).Lack(`"body"`) // with nothing queued moto answers with the payload
}

func motoModes(t *testing.T, m *emulator) {
	d := m.open(t, "lambda/calculate_mean").Want("invoke")
	d.Keys("ctrl+n").Want("async", "dry run").Keys("/").Type("async").Keys("enter").Type(`{"n":1}`).Keys("ctrl+r").Want("202")
	d.Keys("ctrl+n", "/").Type("dry").Keys("enter", "ctrl+r").Want("204")
	d.Keys("ctrl+k").Want("$LATEST").Keys("esc")
}

func motoSteps15(t *testing.T, m *emulator) {
	d := m.open(t, "").Keys("4").Want("nightly-0", "nightly-5", "emr-7.9.0")
	d.Keys("/").Type("nightly-3").Keys("enter", "enter").Want("EMR › nightly-3", "15 steps", "wordcount 0", "wordcount 14", "PENDING")
	d.Keys("enter").Want("command-runner.jar", "spark-submit").Keys("esc").Want("15 steps")
	d.Keys("i").Want(`"Jar": "command-runner.jar"`)
}

func motoReadOnly(t *testing.T, m *emulator) {
	d := m.open(t, "ec2", func(o *awsclient.Options) { o.ReadOnly = true }).Want("READ-ONLY")
	d.Keys("/").Type("web-5").Keys("enter", "*", "D").Want("read-only").Keys("1", "1", "enter", "y")
	for name, state := range m.states(t) {
		if strings.HasPrefix(name, "web-") && state != ec2types.InstanceStateNameRunning {
			t.Errorf("%s is %s", name, state)
		}
	}
}
