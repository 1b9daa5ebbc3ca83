package transfer_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"straws/awsclient"
	"straws/awsclient/transfer"
	"straws/awsclient/versitygw"

	sdk "github.com/aws/aws-sdk-go-v2/service/s3"
)

// gateway starts a server over a directory of the test, and returns its URL.
func gateway(tb testing.TB) string {
	tb.Helper()
	return versitygw.Start(tb, tb.TempDir(), "us-east-1")
}

func makeBucket(tb testing.TB, s *awsclient.Session, name string) {
	tb.Helper()
	c := sdk.NewFromConfig(s.Config(), func(o *sdk.Options) { o.UsePathStyle = true })
	if _, err := c.CreateBucket(context.Background(), &sdk.CreateBucketInput{Bucket: &name}); err != nil {
		tb.Fatal(err)
	}
}

// contest is one transfer that both do on the same server.
type contest struct {
	b        *testing.B
	s        *awsclient.Session
	endpoint string
	dir      string // of the files
}

// cli times one command of the AWS CLI.
func (c *contest) cli(args ...string) time.Duration {
	c.b.Helper()
	cmd := exec.Command("aws", append([]string{"--endpoint-url", c.endpoint, "s3", "cp", "--only-show-errors"}, args...)...)
	cmd.Env = append(os.Environ(), "AWS_ACCESS_KEY_ID=testtest", "AWS_SECRET_ACCESS_KEY=testtesttest", "AWS_REGION=us-east-1",
		"AWS_CONFIG_FILE=/dev/null", "AWS_SHARED_CREDENTIALS_FILE=/dev/null")
	start := time.Now()
	if out, err := cmd.CombinedOutput(); err != nil {
		c.b.Fatalf("aws %v: %v\n%s", args, err, out)
	}
	return time.Since(start)
}

func (c *contest) put(bucket string) time.Duration {
	c.b.Helper()
	start := time.Now()
	p, err := transfer.PlanUpload(c.b.Context(), c.s, transfer.Upload{Bucket: bucket, Paths: []string{c.dir}}, nil)
	if err != nil {
		c.b.Fatal(err)
	}
	return c.finish(p, start)
}

func (c *contest) get(bucket, into string) time.Duration {
	c.b.Helper()
	start := time.Now()
	p, err := transfer.PlanDownload(c.b.Context(), c.s, transfer.Download{Bucket: bucket, Items: level(c.b, c.s, bucket, ""), Into: into}, nil)
	if err != nil {
		c.b.Fatal(err)
	}
	return c.finish(p, start)
}

func (c *contest) finish(p *transfer.Plan, start time.Time) time.Duration {
	c.b.Helper()
	res, err := p.Run(c.b.Context(), transfer.Skip, transfer.Watch{Failed: func(i transfer.Item, err error) { c.b.Errorf("%s: %v", i.Name, err) }})
	if err != nil || res.Moved != p.Files {
		c.b.Fatalf("%+v, %v", res, err)
	}
	return time.Since(start)
}

// inMemory makes the temporary folders of a benchmark in a file system in memory.
func inMemory(b *testing.B) {
	b.Helper()
	const folder, needed = "/dev/shm", 8 << 30
	if _, err := os.Stat(folder); err == nil && os.Getenv("TMPDIR") == "" && transfer.FreeBytes(folder) > needed {
		b.Setenv("TMPDIR", folder)
	}
}

// sync lets the disk catch up, so that neither pays for the other.
func (c *contest) sync() { _ = exec.Command("sync").Run() }

// BenchmarkAgainstTheCLI moves the same files as the AWS CLI, over the same
// server, in the same run:
//
//	go test ./awsclient/transfer -run '^$' -bench AgainstTheCLI -benchtime 1x
//
// It does so in memory, where there is enough: a disk that makes a thousand
// files a second would be all that is measured. TMPDIR=/some/disk puts it there.
func BenchmarkAgainstTheCLI(b *testing.B) {
	if _, err := exec.LookPath("aws"); err != nil {
		b.Skip("the AWS CLI is not here")
	}
	inMemory(b)
	for _, size := range []struct {
		name  string
		files int
		bytes int
	}{{"3000-files-of-2KB", 3000, 2 << 10}, {"one-file-of-1GB", 1, 1 << 30}} {
		b.Run(size.name, func(b *testing.B) {
			endpoint := gateway(b)
			c := &contest{b: b, s: session(b, endpoint), endpoint: endpoint, dir: filepath.Join(b.TempDir(), "files")}
			random := rand.NewChaCha8([32]byte{1})
			data := make([]byte, size.bytes)
			if err := os.MkdirAll(c.dir, 0o755); err != nil {
				b.Fatal(err)
			}
			for i := range size.files {
				_, _ = random.Read(data)
				if err := os.WriteFile(filepath.Join(c.dir, fmt.Sprintf("%04d.bin", i)), data, 0o644); err != nil {
					b.Fatal(err)
				}
			}
			for b.Loop() {
				makeBucket(b, c.s, "theirs")
				makeBucket(b, c.s, "ours")
				c.sync()
				theirs := c.cli("--recursive", c.dir, "s3://theirs/files/")
				c.sync()
				ours := c.put("ours")
				b.ReportMetric(theirs.Seconds(), "cli-up-s")
				b.ReportMetric(ours.Seconds(), "our-up-s")
				b.ReportMetric(theirs.Seconds()/ours.Seconds(), "up-ratio")
				c.sync()
				theirs = c.cli("--recursive", "s3://theirs/", filepath.Join(b.TempDir(), "theirs"))
				c.sync()
				into := filepath.Join(b.TempDir(), "ours")
				ours = c.get("theirs", into)
				b.ReportMetric(theirs.Seconds(), "cli-down-s")
				b.ReportMetric(ours.Seconds(), "our-down-s")
				b.ReportMetric(theirs.Seconds()/ours.Seconds(), "down-ratio")
				if got := len(files(b, into)); got != size.files {
					b.Errorf("%d files came", got)
				}
			}
		})
	}
}
