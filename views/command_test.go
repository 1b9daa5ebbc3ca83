package views_test

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"straws/awsclient"
	"straws/awsclient/demo"
	"straws/ui"
	"straws/ui/pane"
	"straws/ui/uitest"
	"straws/views"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/credentials"
	"github.com/aws/aws-sdk-go-v2/service/s3"
)

// Two buckets are filled alike. In one the program does something; in the other
// the aws command that it gives for this is run. Both must end up the same.
const (
	doneBucket = "twin-done-%02d"
	toldBucket = "twin-told-%02d"
	pristine   = "twin-pristine" // for what only looks
	shells     = 3               // commands that run at once
)

// told is one thing that the program does, and gives the command of.
type told struct {
	name string
	at   string // where, below the bucket
	// ask goes as far as the question; bucket is the one it is about.
	ask func(d *uitest.Driver, bucket string)
	// yes answers the question.
	yes []string
	// label is the line of the copy menu with the command; "" for ctrl+y at the
	// question.
	label string
	// do takes the place of ask and yes where the command is not to be had on the way.
	do func(d *uitest.Driver, bucket string)
	// prints is what the command writes, where it only looks.
	prints []string
}

// keysOf presses keys, of which one that begins with = is typed as text.
func keysOf(keys ...string) func(*uitest.Driver, string) {
	return func(d *uitest.Driver, bucket string) {
		for _, k := range keys {
			if text, ok := strings.CutPrefix(k, "="); ok && text != "" {
				d.Paste(strings.NewReplacer("BUCKET", bucket, "LOCAL", local(bucket)).Replace(text))
			} else {
				d.Keys(k)
			}
		}
	}
}

// onRow puts the cursor on the row that matches a filter.
func onRow(filter string, keys ...string) func(*uitest.Driver, string) {
	return func(d *uitest.Driver, bucket string) {
		keysOf(append([]string{"/", "=" + filter, "enter", "g"}, keys...)...)(d, bucket)
	}
}

func commands() []told {
	y, name := []string{"y"}, func(s string) []string { return []string{"=" + s, "enter"} }
	return []told{
		{name: "copy an object to a key", ask: onRow("a.txt", "c", "ctrl+u", "=s3://BUCKET/new 'name'+%.txt", "enter"), yes: y},
		{name: "copy a key with a control character", ask: onRow("odd", "c", "ctrl+u", "=s3://BUCKET/in/", "enter"), yes: y},
		{name: "copy several", ask: onRow("i", "*", "c", "ctrl+u", "=s3://BUCKET/in/", "enter"), yes: y},
		{name: "move an object", ask: onRow("a.txt", "M", "ctrl+u", "=s3://BUCKET/in/", "enter"), yes: y},
		{name: "move a prefix", ask: onRow("dir", "M", "ctrl+u", "=s3://BUCKET/in/", "enter"), yes: y},
		{name: "move a folder's marker", at: "dir/", ask: onRow("./", "M", "ctrl+u", "=s3://BUCKET/in/", "enter"), yes: y},
		{name: "rename an object", ask: onRow("a.txt", "n", "ctrl+u", "=b c.txt", "enter"), yes: y},
		{name: "delete a key that looks like an option", ask: onRow("dash", "D"), yes: name("--dash.txt")},
		{name: "delete a key with a control character", ask: onRow("odd", "D"), yes: name(`odd\x7fkey.txt`)},
		{name: "delete several", at: "dir/", ask: onRow("csv", "*", "D"), yes: name("2")},
		{name: "tag an object", ask: onRow("a.txt", "e", "n", "=owner=ada l", "enter", "ctrl+s"), yes: y},
		{name: "change the storage class", ask: onRow("a.txt", "C", "/", "=STANDARD_IA", "enter"), yes: y},
		{name: "restore an archived object", ask: onRow("cold.bin", "E", "enter", "enter"), yes: y},
		{name: "bring an older version back", ask: onRow("many.txt", "K", "G", "w"), yes: y},
		{name: "undelete", ask: keysOf("V", "/", "=gone.txt", "enter", "g", "W"), yes: y},
		{name: "destroy a version", ask: onRow("many.txt", "K", "G", "D"), yes: name("many.txt")},
		{name: "abort an upload", at: "dir/", ask: keysOf("I", "D"), yes: name("open.bin")},
		{name: "download an object", ask: onRow("a.txt"), label: "command: Download", do: onRow("a.txt", "d", "ctrl+u", "=LOCAL/", "enter")},
		{name: "download a prefix", ask: onRow("dir"), label: "command: Download", do: onRow("dir", "d", "ctrl+u", "=LOCAL/", "enter")},
		{name: "upload a file", ask: keysOf("u", "ctrl+u", "=LOCAL/up/x y.csv", "enter"), yes: y},
		{name: "upload a folder", at: "dir/", ask: keysOf("u", "ctrl+u", "=LOCAL/up", "enter"), yes: y},
		{name: "list a level", ask: onRow("dir"), label: "command: List", prints: []string{"b.csv", "PRE sub/"}},
		{name: "read an object", ask: onRow("a.txt"), label: "command: Read", prints: []string{"alpha"}},
		{name: "list the versions", ask: onRow("many.txt"), label: "command: Versions", prints: []string{"many.txt", `"IsLatest": false`}},
		{name: "list the open uploads", at: "dir/", ask: keysOf("I"), label: "command: List", prints: []string{"dir/open.bin"}},
		{name: "list the parts of an upload", at: "dir/", ask: keysOf("I"), label: "command: Parts", prints: []string{`"PartNumber": 1`}},
		{name: "count a prefix", ask: onRow("dir", "z"), label: "command: Count all", prints: []string{"Total Objects: 11", "Total Size: 49"}},
		{name: "share", ask: onRow("a.txt"), label: "command: Share", prints: []string{"/a.txt?", "Expires"}},
	}
}

// TestTheCommandsOfS3 runs every command that the program gives for what it does
// in S3, and compares its effect with that of the program.
func TestTheCommandsOfS3(t *testing.T) {
	cli, err := exec.LookPath("aws")
	if err != nil && os.Getenv("STRAWS_REQUIRE_MOTO") == "1" {
		t.Fatal("STRAWS_REQUIRE_MOTO=1 and there is no aws: pip install awscli")
	}
	url := startMoto(t)
	if err != nil {
		t.Skip("\n\n    NOT TESTED: the aws commands, because there is no aws (pip install awscli)\n")
	}
	tw := twins{&emulator{url: url, s3: s3.NewFromConfig(aws.Config{
		Region: motoRegion, BaseEndpoint: aws.String(url), RetryMaxAttempts: 1,
		Credentials: credentials.NewStaticCredentialsProvider("testing", "testing", ""),
	}, func(o *s3.Options) { o.UsePathStyle = true })}, t, map[string]bool{}}
	t.Setenv("HOME", t.TempDir())
	tw.fill(pristine)
	was := tw.state(pristine)
	rows := commands()
	lines := make([]string, len(rows))
	for i, r := range rows {
		lines[i] = tw.command(r, tw.bucketOf(r, i))
	}
	printed := runAll(t, cli, lines, func(i int) string { return local(tw.bucketOf(rows[i], i)) })
	for i, r := range rows {
		t.Run(r.name, func(t *testing.T) {
			for _, want := range r.prints {
				if !strings.Contains(printed[i], want) {
					t.Errorf("%s\nprints %s\nwithout %q", lines[i], printed[i], want)
				}
			}
			want := was
			if r.prints == nil {
				done := fmt.Sprintf(doneBucket, i)
				tw.fill(done)
				d := tw.open(t, "s3://"+done+"/"+r.at)
				if r.do != nil {
					r.do(d, done)
				} else {
					r.ask(d, done)
					keysOf(r.yes...)(d, done)
				}
				if want = tw.state(done); slices.Equal(was, want) {
					t.Errorf("the program has done nothing:\n%s", d.Frame())
				}
			}
			if got := tw.state(tw.bucketOf(r, i)); !slices.Equal(want, got) {
				t.Errorf("%s\nprinted %s\nand left\n%s\nwhere the program leaves\n%s", lines[i], printed[i], lacking(got, want), lacking(want, got))
			}
		})
	}
}

// bucketOf is where the command of a row is run: one that only looks needs no
// bucket of its own.
func (tw twins) bucketOf(r told, i int) string {
	if r.prints != nil {
		return pristine
	}
	bucket := fmt.Sprintf(toldBucket, i)
	if !tw.filled[bucket] {
		tw.fill(bucket)
		tw.filled[bucket] = true
	}
	return bucket
}

// lacking are the lines that other does not have.
func lacking(lines, other []string) string {
	return strings.Join(slices.DeleteFunc(slices.Clone(lines), func(l string) bool { return slices.Contains(other, l) }), "\n")
}

// runAll runs command lines as a shell does, a few at once, and returns what they
// print.
func runAll(t *testing.T, cli string, lines []string, in func(i int) string) []string {
	t.Helper()
	printed := make([]string, len(lines))
	var wg sync.WaitGroup
	slots := make(chan struct{}, shells)
	for i, line := range lines {
		slots <- struct{}{}
		wg.Go(func() {
			defer func() { <-slots }()
			shell := "sh"
			if strings.Contains(line, "$'") { // POSIX since 2024, and not in every sh yet
				shell = "bash"
			}
			ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
			defer cancel()
			cmd := exec.CommandContext(ctx, shell, "-c", line)
			cmd.Dir = in(i)
			cmd.Env = append(slices.DeleteFunc(os.Environ(), func(v string) bool { return v == "AWS_PROFILE=" }),
				"AWS_PAGER=", "PATH="+filepath.Dir(cli)+":"+os.Getenv("PATH"))
			out, err := cmd.CombinedOutput()
			printed[i] = string(out)
			if err != nil {
				t.Errorf("%s\n%v: %s", line, err, out)
			}
		})
	}
	wg.Wait()
	return printed
}

// command takes the command of what a row does from the program, which then does
// nothing.
func (tw twins) command(r told, bucket string) string {
	tw.t.Helper()
	before := tw.rows(bucket)
	d := tw.open(tw.t, "s3://"+bucket+"/"+r.at)
	r.ask(d, bucket)
	if r.label != "" {
		d.Keys("y", "/").Paste(r.label).Keys("enter")
	} else {
		d.Want("ctrl+y").Keys("ctrl+y", "esc")
	}
	line := d.Clipboard()
	if !strings.HasPrefix(line, "aws s3") || !strings.Contains(line, bucket) {
		tw.t.Fatalf("%s: the command is %q:\n%s", r.name, line, d.Frame())
	}
	if !slices.Equal(before, tw.rows(bucket)) {
		tw.t.Errorf("%s: asking for the command has changed something", r.name)
	}
	return line
}

// TestEveryActionOfS3HasItsCommand goes through the lists of S3 and what can be
// done there: whatever changes something gives its command.
func TestEveryActionOfS3HasItsCommand(t *testing.T) {
	for target, keys := range map[string][]string{
		"s3": nil, "s3://datalake/config/": nil, "s3://datalake/": nil, "s3://datalake/raw/2026/": {"I"},
		"s3://datalake-versioned/reports/": {"V"}, "s3://datalake-versioned/config/": {"K"},
		"s3://acme-backups/postgres/": nil, "s3://logs-archive/web/2022/09/01/": {"i"},
	} {
		d := startDemo(t, target).Keys(keys...)
		changes := 0
		for _, a := range d.Actions() {
			if a.Danger > pane.Read && a.Off == "" {
				changes++
				if a.Command == nil || !strings.HasPrefix(a.Command(), "aws s3") {
					t.Errorf("%s: %s (%s) has no command", target, a.Label, a.ID)
				}
			}
		}
		t.Logf("%s %v: %d actions, %d of them change something", target, keys, len(d.Actions()), changes)
	}
}

// startDemo opens the whole program in front of the demo account.
func startDemo(t *testing.T, target string) *uitest.Driver {
	t.Helper()
	clock := uitest.NewClock()
	cfg := demo.New(demo.Options{Now: clock.Now}).Config()
	session, err := awsclient.Open(t.Context(), awsclient.Options{Config: &cfg})
	if err != nil {
		t.Fatal(err)
	}
	return uitest.Start(t, clock, ui.Options{AWS: session, Services: views.All(views.Options{}), Target: target}, 140, 60)
}
