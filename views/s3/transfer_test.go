package s3_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"straws/awsclient"
	"straws/awsclient/demo"

	sdk "github.com/aws/aws-sdk-go-v2/service/s3"
)

// workshop is an empty folder, where straws is started.
func workshop(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	t.Setenv("HOME", filepath.Join(dir, "nobody"))
	t.Chdir(dir)
	return dir
}

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

func read(t *testing.T, path string) string {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// files are the paths of all files below a folder.
func files(t *testing.T, dir string) []string {
	t.Helper()
	var out []string
	err := filepath.WalkDir(dir, func(path string, e os.DirEntry, err error) error {
		if err == nil && !e.IsDir() {
			rel, _ := filepath.Rel(dir, path)
			out = append(out, rel)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// uploaded are the keys that AWS was asked to write.
func (s screen) uploaded() []string {
	var keys []string
	for _, c := range s.account.Calls("s3:PutObject") {
		keys = append(keys, *c.Input.(*sdk.PutObjectInput).Key)
	}
	slices.Sort(keys)
	return keys
}

func (s screen) wantUploaded(keys ...string) {
	s.t.Helper()
	if got := s.uploaded(); !slices.Equal(got, keys) {
		s.t.Errorf("AWS was asked to write %q, want %q", got, keys)
	}
}

func TestDownloadOneObject(t *testing.T) {
	dir := workshop(t)
	s := at(t, "s3://datalake/config/")
	s.Keys("d").Want("download pipeline.yaml to the folder", dir+"/", "64 B; a missing folder is made").Type("got/it").Keys("enter")
	s.Want("download pipeline.yaml to "+dir+"/got/it: 1 file · 64 B", "S3 › datalake › config/", "▸ pipeline.yaml")
	if got := read(t, "got/it/pipeline.yaml"); !strings.Contains(got, "retries: 3") {
		t.Errorf("fetched %q", got)
	}
	s.Keys("d").Want("got/it/").Keys("esc")
	s.Keys("t").Want("done", "download pipeline.yaml").Keys("y").Want("aws s3 cp s3://datalake/config/pipeline.yaml")
}

func TestDoNotDownload(t *testing.T) {
	dir := workshop(t)
	s := at(t, "s3://datalake/config/")
	s.Keys("d", "esc").Want("▸ pipeline.yaml")
	s.Keys("d", "ctrl+u").Want("type a folder of this machine").Keys("enter").Want("type a folder").Keys("esc")
	if got := files(t, dir); len(got) > 0 || s.asked("GetObject") > 0 {
		t.Errorf("there is %q", got)
	}
}

func TestAPathBehindTheOneOfThePromptIsNoFolder(t *testing.T) {
	dir := workshop(t)
	s := at(t, "s3://datalake/config/")
	for _, key := range []string{"d", "u"} {
		for _, path := range []string{"/etc/", "~/in/"} {
			s.Keys(key).Paste(path).Want("a second path begins in the middle").Keys("enter").Want("a second path").Keys("esc")
		}
	}
	if got := files(t, dir); len(got) > 0 || s.asked("GetObject") > 0 {
		t.Errorf("there is %q", got)
	}
}

func TestDownloadAPrefixAndTheMarked(t *testing.T) {
	dir := workshop(t)
	s := at(t, "s3://datalake/raw/2026/01/")
	s.Keys("space", "space", "d").Want("download 2 keys to the folder", "everything below a prefix goes into a folder of its name").Type("in").Keys("enter")
	s.Want("download 2 keys to " + dir + "/in: ")
	got := files(t, filepath.Join(dir, "in"))
	if !slices.Contains(got, "01/app.log") || !slices.Contains(got, "04/orders.csv") || slices.ContainsFunc(got, func(p string) bool { return strings.HasPrefix(p, "07") }) {
		t.Errorf("fetched %q", got)
	}
	if n := s.asked("ListObjectsV2"); n != 3 {
		t.Errorf("%d listings, want one of each prefix and that of the screen", n)
	}
}

func TestWhatExistsIsAskedAbout(t *testing.T) {
	tests := []struct {
		keys []string
		want map[string]string // content of files, by what it holds
		says string
	}{
		{[]string{"esc", "esc"}, map[string]string{"README.md": "mine"}, "▸ README.md"},
		{[]string{"k"}, map[string]string{"README.md": "mine", "README (2).md": "as it arrived"}, "1 file"},
		{[]string{"o"}, map[string]string{"README.md": "mine"}, "Download and overwrite 1 file"},
		{[]string{"o"}, map[string]string{"README.md": "mine"}, "1 file there already is overwritten"},
		{[]string{"o", "n"}, map[string]string{"README.md": "mine"}, "nothing was done"},
		{[]string{"o", "y"}, map[string]string{"README.md": "as it arrived"}, "1 file"},
	}
	for _, tt := range tests {
		t.Run(strings.Join(tt.keys, " "), func(t *testing.T) {
			dir := workshop(t)
			write(t, "README.md", "mine")
			s := at(t, "s3://datalake/").on("README")
			s.Keys("d", "enter").Want("1 of 1 file is there already", "keep both", "overwrite").Lack("only the missing")
			s.Keys(tt.keys...).Want(tt.says)
			if got := files(t, dir); len(got) != len(tt.want) {
				t.Errorf("there is %q", got)
			}
			for name, holds := range tt.want {
				if !strings.Contains(read(t, name), holds) {
					t.Errorf("%s is %q", name, read(t, name))
				}
			}
		})
	}
}

func TestOnlyTheOthers(t *testing.T) {
	dir := workshop(t)
	write(t, "04/orders.csv", "mine")
	s := at(t, "s3://datalake/raw/2026/01/").on("04")
	s.Keys("d", "enter").Want("is there already", "only the missing").Keys("s").Want("1 existed and were left")
	if read(t, "04/orders.csv") != "mine" || !slices.Contains(files(t, dir), "04/app.log") {
		t.Errorf("there is %q", files(t, dir))
	}
}

func TestNamesThatAreNoFilesAreShownFirst(t *testing.T) {
	dir := workshop(t)
	s := sized(t, "s3://oddities/", 120, 40)
	s.Keys("*", "d", "enter").Want("renamed or left out", "../up.txt", "names that a file cannot have as they are", "nothing has been downloaded yet",
		"…", "0123456.txt  →  long/a-long-name-a-long") // both ends of what is too long for a line
	if got := files(t, dir); len(got) > 0 {
		t.Errorf("before enter there is %q", got)
	}
	for _, size := range [][2]int{{40, 8}, {80, 24}, {120, 40}} {
		s.Resize(size[0], size[1]).Keys("G", "g").Want("download")
	}
	s.Keys("enter").Want("files")
	above := files(t, filepath.Dir(dir))
	if len(above) != len(files(t, dir)) {
		t.Errorf("outside the folder: %q", above)
	}
}

func TestArchivedObjectsAreLeftOut(t *testing.T) {
	dir := workshop(t)
	at(t, "s3://datalake/raw/2024/01/").Keys("d").Want("Download: it is in GLACIER: E restores it")
	s := at(t, "s3://datalake/raw/").on("2024")
	s.Keys("d", "enter").Want("10 objects have to be restored first, and are left out", "raw/2024/01/orders.csv", "nothing has been downloaded yet")
	if got := files(t, dir); len(got) > 0 {
		t.Errorf("before enter there is %q", got)
	}
	s.Keys("enter").Want("1 file · 5.3 MB", "▸ 2024/")
}

func TestADownloadIsDenied(t *testing.T) {
	workshop(t)
	s := at(t, "s3://datalake/config/", func(_ *awsclient.Options, a *demo.Account) { a.Fail("s3:GetObject", demo.Denied) })
	s.Keys("d", "enter").Want("not allowed: s3:GetObject")
	s.account.Heal("*")
	s.Keys("t").Want("failed").Keys("e").Want("1 file")
	if !strings.Contains(read(t, "pipeline.yaml"), "retries") {
		t.Error("the retry did not fetch it")
	}
}

func TestDownloadInAReadOnlySession(t *testing.T) {
	workshop(t)
	s := at(t, "s3://datalake/config/", func(o *awsclient.Options, _ *demo.Account) { o.ReadOnly = true })
	s.Keys("d", "enter").Want("1 file")
	read(t, "pipeline.yaml")
}

func TestUploadAFile(t *testing.T) {
	workshop(t)
	write(t, "notes.txt", "remember")
	s := at(t, "s3://datalake/config/")
	s.Keys("u").Want("upload to s3://datalake/config/").Type("no").Keys("tab").Want("/notes.txt").Keys("enter")
	s.Want("Upload 1 file in", "1 file, 8 B, to s3://datalake/config/", "needs s3:ListBucket, s3:PutObject", "y to upload")
	s.wantUploaded()
	s.Keys("y").Want("to s3://datalake/config/: 1 file · 8 B", "notes.txt", "pipeline.yaml")
	s.wantUploaded("config/notes.txt")
}

func TestDoNotUpload(t *testing.T) {
	for _, keys := range [][]string{{"esc"}, {"enter", "n"}, {"enter", "esc"}, {"enter", "enter"}} {
		workshop(t)
		write(t, "notes.txt", "remember")
		s := at(t, "s3://datalake/config/")
		s.Keys("u").Type("notes.txt").Keys(keys...)
		s.wantUploaded()
		s.Keys("esc").Want("config/")
	}
}

func TestUploadAFolder(t *testing.T) {
	dir := workshop(t)
	write(t, "photos/a.jpg", "a")
	write(t, "photos/deep/b.jpg", "bb")
	if err := os.Symlink("/etc", filepath.Join(dir, "photos/etc")); err != nil {
		t.Fatal(err)
	}
	s := at(t, "s3://datalake/config/")
	s.Keys("u").Type("photos").Keys("enter").Want("upload", "2 files, 3 B", "1 thing is left out").Keys("y").Want("2 files · 3 B")
	s.wantUploaded("config/photos/a.jpg", "config/photos/deep/b.jpg")
}

func TestUploadOntoWhatExists(t *testing.T) {
	tests := []struct {
		keys []string
		want []string
		says string
	}{
		{[]string{"esc", "esc"}, nil, "pipeline.yaml"},
		{[]string{"k", "y"}, []string{"config/pipeline (2).yaml", "config/pipeline.yaml"}, "pipeline (2).yaml"},
		{[]string{"o"}, nil, "what they are now is gone for good"},
		{[]string{"o", "y"}, []string{"config/pipeline.yaml"}, "1 file"},
		{[]string{"o", "n"}, nil, "nothing was done"},
	}
	for _, tt := range tests {
		t.Run(strings.Join(tt.keys, " "), func(t *testing.T) {
			workshop(t)
			write(t, "pipeline.yaml", "mine")
			s := at(t, "s3://datalake/config/")
			s.Keys("u").Type("pipeline.yaml").Keys("enter").Want("1 of 1 file is there already")
			s.Keys(tt.keys...).Want(tt.says)
			s.wantUploaded(tt.want...)
		})
	}
}

func TestAnUploadIsDenied(t *testing.T) {
	workshop(t)
	write(t, "notes.txt", "remember")
	s := at(t, "s3://datalake/config/", func(_ *awsclient.Options, a *demo.Account) { a.Fail("s3:PutObject", demo.Denied) })
	s.Keys("u").Type("notes.txt").Keys("enter", "y").Want("not allowed: s3:PutObject")
}

func TestUploadInAReadOnlySession(t *testing.T) {
	workshop(t)
	s := at(t, "s3://datalake/config/", func(o *awsclient.Options, _ *demo.Account) { o.ReadOnly = true })
	s.Keys("u").Want("Upload: this session is read-only").Lack("upload to")
}

func TestUploadOfWhatIsNotThere(t *testing.T) {
	workshop(t)
	s := at(t, "s3://datalake/config/")
	s.Keys("u").Type("nothing").Keys("enter").Want("look at ", "/nothing: no such file or directory").Keys("esc").Want("▸ pipeline.yaml")
}

func TestAnUploadIsWrittenDown(t *testing.T) {
	dir := workshop(t)
	write(t, "notes.txt", "remember")
	audit := filepath.Join(dir, "audit.jsonl")
	s := at(t, "s3://datalake/config/", func(o *awsclient.Options, _ *demo.Account) { o.AuditPath = audit })
	s.Keys("u").Type("notes.txt").Keys("enter", "y").Want("1 file")
	s.Keys("d", "enter").Want("1 file")
	if got := read(t, audit); strings.Count(got, "\n") != 1 || !strings.Contains(got, `"target":"arn:aws:s3:::datalake/config/notes.txt"`) {
		t.Errorf("written down: %s", got)
	}
}

func TestDownloadAndShareWhatIsOnTheScreen(t *testing.T) {
	workshop(t)
	s := at(t, "s3://datalake/config/pipeline.yaml").Want("retries: 3")
	s.Keys("d").Want("download pipeline.yaml to the folder").Keys("enter").Want("1 file · 64 B", "retries: 3")
	read(t, "pipeline.yaml")
	s.Keys("s", "1").Want("a link to read an object")
}

func TestTheCommandOfATransfer(t *testing.T) {
	dir := workshop(t)
	write(t, "photos/a.jpg", "a")
	s := at(t, "s3://oddities/")
	s.Keys("*", "d", "enter").Want("renamed")
	s.Keys("y").Want("copied command")
	if got := s.Clipboard(); !strings.Contains(got, "aws s3 cp --recursive s3://oddities/double/ "+dir+"/double/") || !strings.Contains(got, " &&\naws ") {
		t.Errorf("copied %q", got)
	}
	s = at(t, "s3://datalake/config/")
	s.Keys("u").Type("photos").Keys("enter", "esc", "y").Want("copied command")
	if got := s.Clipboard(); got != "aws s3 cp --recursive "+dir+"/photos s3://datalake/config/photos/ --region eu-west-1" {
		t.Errorf("copied %q", got)
	}
}
