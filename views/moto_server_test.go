package views_test

import (
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

const motoRegion = "eu-west-1"

// startMoto runs an AWS emulator that nobody here wrote, and returns its URL.
// Without one on the machine the test is skipped, or fails where
// STRAWS_REQUIRE_MOTO=1 says that there must be one.
func startMoto(t *testing.T) string {
	t.Helper()
	path, err := exec.LookPath("moto_server")
	switch {
	case err != nil && os.Getenv("STRAWS_REQUIRE_MOTO") == "1":
		t.Fatal("STRAWS_REQUIRE_MOTO=1 and there is no moto_server: pip install 'moto[server]'")
	case err != nil:
		t.Skip("\n\n    NOT TESTED against an AWS emulator: there is no moto_server (pip install 'moto[server]')\n")
	case testing.Short():
		t.Skip("-short: not tested against an AWS emulator")
	}
	ambient(t)
	host, port := freePort(t)
	log, err := os.Create(filepath.Join(t.TempDir(), "moto.log"))
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(path, "-H", host, "-p", port)
	cmd.Stdout, cmd.Stderr = log, log
	// moto is a user of AWS's library for Python, and stumbles over our settings.
	cmd.Env = slices.DeleteFunc(os.Environ(), func(v string) bool { return strings.HasPrefix(v, "AWS_") })
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	t.Cleanup(func() {
		cmd.Process.Kill()
		<-ended
		log.Close()
	})
	url := "http://" + net.JoinHostPort(host, port)
	awaitMoto(t, url, ended, log.Name())
	return url
}

// ambient gives the process the settings that a user of an emulator has.
func ambient(t *testing.T) {
	t.Helper()
	for name, value := range map[string]string{
		"AWS_ACCESS_KEY_ID": "testing", "AWS_SECRET_ACCESS_KEY": "testing", "AWS_SESSION_TOKEN": "",
		"AWS_REGION": motoRegion, "AWS_PROFILE": "", "AWS_CA_BUNDLE": "", "AWS_EC2_METADATA_DISABLED": "true",
		"AWS_CONFIG_FILE": os.DevNull, "AWS_SHARED_CREDENTIALS_FILE": os.DevNull, "AWS_MAX_ATTEMPTS": "1",
	} {
		t.Setenv(name, value)
	}
}

func freePort(t *testing.T) (host, port string) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	host, port, err = net.SplitHostPort(l.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	return host, port
}

func awaitMoto(t *testing.T, url string, ended <-chan error, log string) {
	t.Helper()
	retry := time.NewTicker(50 * time.Millisecond)
	defer retry.Stop()
	limit := time.After(time.Minute)
	for {
		if resp, err := http.Get(url + "/moto-api/"); err == nil {
			resp.Body.Close()
			return
		}
		select {
		case <-retry.C:
		case <-ended:
			t.Fatalf("moto_server ended: %s", tail(log))
		case <-limit:
			t.Fatalf("moto_server does not answer: %s", tail(log))
		}
	}
}

func tail(path string) string {
	text, err := os.ReadFile(path)
	if err != nil {
		return err.Error()
	}
	lines := strings.Split(strings.TrimSpace(string(text)), "\n")
	return strings.Join(lines[max(len(lines)-10, 0):], "\n")
}
