// Package versitygw runs the S3 server of that name over a folder, for tests: it
// is the work of others, and checks signatures.
package versitygw

import (
	"bytes"
	"go/build"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"
)

// What every server that Start runs takes.
const (
	AccessKey = "testtest"
	SecretKey = "testtesttest"
)

const (
	module  = "github.com/versity/versitygw/cmd/versitygw@v1.8.0"
	startup = 30 * time.Second
	look    = 10 * time.Millisecond // between two looks at whether it listens
)

// Start serves the buckets that are folders of dir, in a region, until the test
// ends, and returns the server's URL. Options are those of its posix command.
// Without a versitygw on the machine the test is skipped, or fails where
// STRAWS_REQUIRE_VERSITYGW=1 says that there must be one.
func Start(tb testing.TB, dir, region string, options ...string) string {
	tb.Helper()
	l, err := (&net.ListenConfig{}).Listen(tb.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		tb.Fatal(err)
	}
	address := l.Addr().String()
	_ = l.Close() // the server takes its place
	// Without keep-alive it closes every connection after one answer, as S3 does not.
	args := append([]string{"--port", address, "--region", region, "--quiet", "--keep-alive", "posix"}, options...)
	cmd := exec.CommandContext(tb.Context(), binary(tb), append(args, dir)...) //nolint:gosec // a server of the test's choice
	var said bytes.Buffer
	cmd.Stdout, cmd.Stderr = &said, &said
	cmd.Env = append(os.Environ(), "ROOT_ACCESS_KEY="+AccessKey, "ROOT_SECRET_KEY="+SecretKey)
	if err := cmd.Start(); err != nil {
		tb.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	tb.Cleanup(func() { ended <- <-ended }) // the end of the test's context has killed it
	for deadline := time.Now().Add(startup); ; {
		if c, err := (&net.Dialer{}).DialContext(tb.Context(), "tcp", address); err == nil {
			_ = c.Close()
			return "http://" + address
		}
		select {
		case err := <-ended:
			ended <- err
			tb.Fatalf("versitygw has ended: %v\n%s", err, &said)
		case <-time.After(look):
		}
		if time.Now().After(deadline) {
			tb.Fatalf("versitygw does not listen after %s", startup)
		}
	}
}

// binary is where the server is, also when the folder that go installs into is
// not one that commands are looked for in.
func binary(tb testing.TB) string {
	tb.Helper()
	path, err := exec.LookPath("versitygw")
	if err != nil {
		path, err = exec.LookPath(filepath.Join(build.Default.GOPATH, "bin", "versitygw"))
	}
	switch {
	case err == nil:
	case os.Getenv("STRAWS_REQUIRE_VERSITYGW") == "1":
		tb.Fatal("STRAWS_REQUIRE_VERSITYGW=1 and there is no versitygw: go install " + module)
	default:
		tb.Skip("\n\n    NOT TESTED against a real S3 server: there is no versitygw (go install " + module + ")\n")
	}
	return path
}
