package views_test

import (
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"straws/awsclient"
	"straws/awsclient/versitygw"
	"straws/ui"
	"straws/ui/format"
	"straws/ui/uitest"
	"straws/views"
)

// gateway is a real S3 server, over a directory of files, behind a gate that
// can hold back listings.
type gateway struct {
	url, direct string
	keys        int   // objects in the bucket
	bytes       int64 // in all of them

	listings atomic.Int64 // that have come to the gate
	limit    atomic.Int64 // how many of them it lets through
}

const (
	gatewayBucket = "million"
	folderKeys    = 1000
)

// startGateway runs versitygw on a bucket of 20,000 keys; of a million with
// STRAWS_VERSITYGW_FULL=1.
func startGateway(t *testing.T) *gateway {
	t.Helper()
	if testing.Short() {
		t.Skip("-short: not tested against a real S3 server")
	}
	ambient(t)
	g := &gateway{}
	dir := t.TempDir()
	folders := 20
	if os.Getenv("STRAWS_VERSITYGW_FULL") == "1" {
		folders = 1000
	}
	g.fill(t, filepath.Join(dir, gatewayBucket), folders)
	g.direct = versitygw.Start(t, dir, motoRegion)
	t.Setenv("AWS_ACCESS_KEY_ID", versitygw.AccessKey)
	t.Setenv("AWS_SECRET_ACCESS_KEY", versitygw.SecretKey)
	g.gate(t)
	return g
}

// fill writes the objects where the server finds them.
func (g *gateway) fill(t *testing.T, bucket string, folders int) {
	t.Helper()
	for f := range folders {
		folder := filepath.Join(bucket, fmt.Sprintf("part=%04d", f))
		if err := os.MkdirAll(folder, 0o700); err != nil {
			t.Fatal(err)
		}
		for i := range folderKeys {
			text := strings.Repeat("{\"n\":1}\n", 1+i%7)
			if err := os.WriteFile(filepath.Join(folder, fmt.Sprintf("object-%04d.json", i)), []byte(text), 0o600); err != nil {
				t.Fatal(err)
			}
			g.keys++
			g.bytes += int64(len(text))
		}
	}
}

// gate stands before the server. It counts the listings, and holds back those
// over the limit until it is raised.
func (g *gateway) gate(t *testing.T) {
	t.Helper()
	g.limit.Store(1 << 40)
	to, err := url.Parse(g.direct)
	if err != nil {
		t.Fatal(err)
	}
	proxy := &httputil.ReverseProxy{ErrorLog: slog.NewLogLogger(slog.DiscardHandler, slog.LevelError), Rewrite: func(r *httputil.ProxyRequest) {
		r.SetURL(to)
		r.Out.Host = r.In.Host // it is signed
	}}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Query().Get("list-type") == "2" {
			for n := g.listings.Add(1); n > g.limit.Load(); {
				select {
				case <-r.Context().Done():
					return
				case <-time.After(5 * time.Millisecond):
				}
			}
		}
		proxy.ServeHTTP(w, r)
	}))
	t.Cleanup(server.Close)
	g.url = server.URL
}

func (g *gateway) open(t *testing.T, target string) *uitest.Driver {
	t.Helper()
	session, err := awsclient.Open(t.Context(), awsclient.Options{Endpoint: g.url})
	if err != nil {
		t.Fatal(err)
	}
	return uitest.Start(t, uitest.NewClock(), ui.Options{AWS: session, Services: views.All(views.Options{}), Target: target}, 140, 40)
}

func TestVersitygw(t *testing.T) {
	g := startGateway(t)
	t.Run("first rows after one page", g.firstRows)
	t.Run("every key, in order and in little memory", g.everyKey)
	t.Run("sizes as aws counts them", g.sizes)
}

func (g *gateway) firstRows(t *testing.T) {
	before := g.listings.Load()
	g.limit.Store(before + 1)
	d := g.open(t, "s3://"+gatewayBucket+"/part=0007/").Impatient()
	d.Want("▸ object-0000.json", "1,000 keys")
	if n := g.listings.Load() - before; n != 1 {
		t.Errorf("%d listings for the first screen", n)
	}
	before = g.listings.Load()
	g.limit.Store(before + 3) // the level, its parts, and one of these
	d = g.open(t, "s3://"+gatewayBucket+"/").Impatient()
	d.Want("part=0000/").Keys("f").Type("object-0999").Keys("enter").Want("1 hit of 1,000+ keys", "/object-0999.json")
	g.limit.Store(1 << 40)
	d.Keys("esc").Want("stopped; r begins anew")
}

func (g *gateway) everyKey(t *testing.T) {
	d := g.open(t, "s3://"+gatewayBucket+"/")
	began := time.Now()
	asked := g.listings.Load()
	d.Keys("f", "enter").Settle()
	d.Want(format.Count(g.keys)+" hits of "+format.Count(g.keys)+" keys", "▸ part=0000/object-0000.json")
	pages := g.listings.Load() - asked
	took := time.Since(began)
	d.Keys("G").Want(fmt.Sprintf("▸ part=%04d/object-0999.json", g.keys/folderKeys-1))
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	runtime.KeepAlive(d)
	t.Logf("%d keys in %v: %d pages, %.0f a second; heap %d MB", g.keys, took.Round(time.Millisecond), pages, float64(pages)/took.Seconds(), m.HeapAlloc>>20)
	if most := int64(g.keys/folderKeys)*5/4 + 50; pages > most {
		t.Errorf("%d listings, want %d at most", pages, most)
	}
	if most := uint64(60 + g.keys*120>>20); m.HeapAlloc>>20 > most {
		t.Errorf("the heap has %d MB, want %d at most", m.HeapAlloc>>20, most)
	}
}

var summary = regexp.MustCompile(`Total Objects: (\d+)\s+Total Size: (\d+)`)

func (g *gateway) sizes(t *testing.T) {
	d := g.open(t, "s3://"+gatewayBucket+"/")
	began := time.Now()
	d.Keys("z").Settle().Want(format.Count(g.keys)+" objects", "("+format.Count(int(g.bytes))+" bytes)").Lack("so far", "not whole")
	t.Logf("counted in %v", time.Since(began).Round(time.Millisecond))
	aws, err := exec.LookPath("aws")
	switch {
	case err != nil && os.Getenv("STRAWS_REQUIRE_AWS") == "1":
		t.Fatal("STRAWS_REQUIRE_AWS=1 and there is no aws: pip install awscli")
	case err != nil:
		t.Skip("\n\n    NOT COMPARED with aws s3 ls --summarize: there is no aws (pip install awscli)\n")
	}
	d.Keys("y").Want("command: Count all").Keys("/").Type("Count all").Keys("enter")
	if !strings.HasPrefix(d.Clipboard(), "aws s3 ls --recursive --summarize s3://"+gatewayBucket+"/") {
		t.Fatalf("copied %q", d.Clipboard())
	}
	cmd := exec.Command("sh", "-c", aws+strings.TrimPrefix(d.Clipboard(), "aws"))
	cmd.Env = slices.DeleteFunc(os.Environ(), func(v string) bool { return strings.HasPrefix(v, "AWS_PROFILE=") }) // it minds an empty one
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("aws: %v: %s", err, out)
	}
	m := summary.FindStringSubmatch(string(out[max(len(out)-200, 0):]))
	if m == nil || m[1] != fmt.Sprint(g.keys) || m[2] != fmt.Sprint(g.bytes) {
		t.Errorf("aws counts %q, the screen %d objects of %d bytes", m, g.keys, g.bytes)
	}
}
