package s3_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"straws/awsclient"
	"straws/awsclient/demo"
)

// benchwork is a folder with something to put.
func benchwork(t *testing.T) string {
	t.Helper()
	dir := workshop(t)
	write(t, "alpha.txt", "a")
	write(t, "Beta.csv", "bb")
	write(t, "sub/gamma.bin", "ccc")
	write(t, ".hidden", "x")
	return dir
}

func TestTheLocalFolderStandsBesideTheLevel(t *testing.T) {
	dir := benchwork(t)
	s := at(t, "s3://datalake/config/")
	s.Keys("L").Want("/001", "   s3://datalake/config/", "pipeline.yaml", "│", "sub/", "alpha.txt", "3 entries").Lack(".hidden")
	if row := s.row("pipeline.yaml"); !strings.Contains(row, "▸ sub/") {
		t.Errorf("not side by side: %q", row)
	}
	s.Keys(".").Want(".hidden", "4 entries").Keys(".").Lack(".hidden")
	s.Keys("tab").Want(" ▸ s3://datalake/config/", "1 key").Keys("tab").Want("3 entries")
	s.Keys("enter").Want("/sub", "gamma.bin").Keys("enter").Want("it is not a folder; u uploads it")
	s.Keys("backspace").Want("▸ sub/").Keys("j").Want("▸ alpha.txt").Keys("i").Want(`"Mode"`, `"Path": "`+dir+`/alpha.txt"`).Keys("esc")
	s.Keys("y").Want("command: Upload  aws s3 cp "+dir[:8], "path").Keys("esc")
	s.Keys("/").Type(">1b").Keys("enter").Want("Beta.csv").Lack("alpha.txt").Keys("esc", "o").Want("sort by").Keys("esc")
	s.Keys("esc").Want(" ▸ s3://datalake/config/").Keys("L").Lack("│", "alpha.txt")
}

func TestMarkedFilesArePut(t *testing.T) {
	benchwork(t)
	s := at(t, "s3://datalake/config/").Keys("L", "space", "space", "space")
	s.Want("3 marked · 3 B").Keys("u").Want("3 files, 6 B, to s3://datalake/config/", "y to upload").Keys("y").Want("3 files · 6 B")
	screen{s, t, nil}.Want("alpha.txt")
}

func TestMarksStayWhileTheLevelChanges(t *testing.T) {
	benchwork(t)
	s := at(t, "s3://datalake/")
	s.Keys("L", "j", "space", "tab")
	s.on("config").Keys("enter").Want("s3://datalake/config/", "pipeline.yaml", "▌  alpha.txt")
	s.Keys("tab", "u", "y").Want("to s3://datalake/config/: 1 file")
	s.wantUploaded("config/alpha.txt")
	s.Keys("tab", "esc").Want("▸ config/", "alpha.txt").Lack("▌")
	requests := s.asked("ListObjectsV2")
	s.Keys("tab", "j", "k", "r").Want("Beta.csv")
	if n := s.asked("ListObjectsV2"); n != requests {
		t.Errorf("the local folder asked AWS %d times", n-requests)
	}
}

func TestADownloadGoesIntoTheFolderBeside(t *testing.T) {
	dir := benchwork(t)
	s := at(t, "s3://datalake/config/").Keys("L", "enter", "tab")
	s.Keys("d").Want("download pipeline.yaml to the folder", dir+"/sub/").Keys("enter").Want("1 file · 64 B", "gamma.bin")
	s.Keys("tab").Want("2 entries")
	read(t, filepath.Join(dir, "sub/pipeline.yaml"))
}

func TestALowOrNarrowScreenShowsOneOfTheTwo(t *testing.T) {
	benchwork(t)
	s := sized(t, "s3://datalake/config/", 80, 24)
	s.Keys("L").Want("/001", "alpha.txt").Lack("pipeline.yaml").Keys("tab").Want("pipeline.yaml").Lack("alpha.txt")
	for _, size := range [][2]int{{40, 8}, {119, 30}, {120, 40}, {200, 60}} {
		s.Resize(size[0], size[1]).Keys("tab").Want("alpha.txt").Keys("tab").Want("pipeline")
	}
}

func TestAFolderThatCannotBeRead(t *testing.T) {
	dir := benchwork(t)
	s := at(t, "s3://datalake/config/").Keys("L", "enter")
	if err := os.RemoveAll(filepath.Join(dir, "sub")); err != nil {
		t.Fatal(err)
	}
	s.Keys("r").Want("cannot be read: no such file or directory").Keys("backspace").Want("alpha.txt")
}

func TestTheLocalFolderInAReadOnlySession(t *testing.T) {
	benchwork(t)
	s := at(t, "s3://datalake/config/", func(o *awsclient.Options, _ *demo.Account) { o.ReadOnly = true })
	s.Keys("L", "j", "u").Want("Upload: this session is read-only")
	s.wantUploaded()
}

func TestHostileLocalNames(t *testing.T) {
	dir := workshop(t)
	write(t, filepath.Join(dir, "a\x1b[31mred\n.txt"), "x")
	write(t, filepath.Join(dir, "bad-\xff.txt"), "x")
	s := at(t, "s3://datalake/config/").Keys("L").Want(`a\x1b[31mred\n.txt`, `bad-\xff.txt`)
	s.Keys("space", "space", "u").Want("left out", "not UTF-8")
}

func TestWhatIsOnItsWayIsNotMarkedAnyMore(t *testing.T) {
	benchwork(t)
	s := at(t, "s3://datalake/config/")
	s.Keys("L", "j", "space", "u", "n", "esc").Want("1 marked").Keys("u", "y").Want("1 file").Keys("j").Lack("marked")
	s.Keys("tab", "g", "space").Want("1 marked").Keys("d", "esc").Want("1 marked").Keys("d", "enter").Want("1 file").Keys("j").Lack("marked")
}
