package s3_test

import (
	"os"
	"slices"
	"strings"
	"testing"

	"straws/awsclient"
	"straws/awsclient/demo"

	sdk "github.com/aws/aws-sdk-go-v2/service/s3"
)

// removed are the versions that AWS was asked to delete, as key and id.
func (s screen) removed() []string {
	var out []string
	for _, c := range s.account.Calls("s3:DeleteObject") {
		in := c.Input.(*sdk.DeleteObjectInput)
		id := "(none)"
		if in.VersionId != nil {
			id = *in.VersionId
		}
		out = append(out, *in.Key+" "+id)
	}
	slices.Sort(out)
	return out
}

// sources are the sources of the copies that AWS was asked for.
func (s screen) sources() []*sdk.CopyObjectInput {
	var out []*sdk.CopyObjectInput
	for _, c := range s.account.Calls("s3:CopyObject") {
		out = append(out, c.Input.(*sdk.CopyObjectInput))
	}
	return out
}

func refusing(op string) func(*awsclient.Options, *demo.Account) {
	return func(_ *awsclient.Options, a *demo.Account) { a.Fail(op, demo.Denied) }
}

func readOnly(o *awsclient.Options, _ *demo.Account) { o.ReadOnly = true }

// limits opens the versions of config/limits.json, of which there are three.
func limits(t *testing.T, change ...func(*awsclient.Options, *demo.Account)) screen {
	t.Helper()
	s := at(t, "s3://datalake-versioned/config/", change...)
	s.Keys("V").Want("versions", "latest", "older", "3 versions")
	return s
}

func TestVersionsOnAndOff(t *testing.T) {
	s := at(t, "s3://datalake-versioned/reports/").on("summary")
	s.Keys("V").Want("reports/ › versions", "summary.csv", "draft.md", "deleted", "delete marker", "9 versions")
	if row := s.row("▸"); !strings.Contains(row, "summary.csv") || !strings.Contains(row, "latest") {
		t.Errorf("the cursor is on %q", row)
	}
	s.Keys("V").Want("1 match summary").Lack("draft.md", "older")
	if n := s.asked("ListObjectsV2"); n != 1 {
		t.Errorf("going back listed again: %d listings", n)
	}
}

func TestVersionsOfDeeperLevels(t *testing.T) {
	s := at(t, "s3://datalake-versioned/").on("config")
	s.Keys("V").Want("▸ config/").Keys("enter").Want("config/ versions", "limits.json", "older")
	s.Keys("V").Want("1 key", "▸ limits.json").Lack("older")
	s.Keys("esc").Want("▸ config/", "snapshots/")
}

func TestVersionsWhereEverythingIsDeleted(t *testing.T) {
	s := at(t, "s3://datalake-versioned/config/")
	s.Keys("D").Type("limits.json").Keys("enter").Want("there is nothing below config/")
	s.Keys("V").Want("deleted", "4 versions").Keys("W", "y").Want("undelete limits.json: done", "latest").Keys("g").Want("3 versions")
	s.Keys("V").Want("1 key", "limits.json")
}

func TestVersionsOfAKeyAndNotOfThoseThatBeginWithIt(t *testing.T) {
	s := at(t, "s3://oddities/").on("same")
	s.Keys("j", "K").Want("versions of same", "1 version").Lack("inside")
	s = at(t, "s3://datalake-versioned/reports/").on("back")
	s.Keys("K").Want("versions of back.md", "3 versions", "delete marker").Keys("V").Want("1 match back")
}

func TestVersionsAreDenied(t *testing.T) {
	s := at(t, "s3://datalake-versioned/config/", refusing("s3:ListObjectVersions"))
	s.Keys("V").Want("not allowed: s3:ListBucketVersions")
}

func TestOpenAnOlderVersion(t *testing.T) {
	s := limits(t)
	s.Keys("G", "enter").Want(`"limit": 100`)
	get := s.account.Calls("s3:GetObject")[0].Input.(*sdk.GetObjectInput)
	if get.VersionId == nil || get.IfMatch == nil {
		t.Errorf("asked for version %v, tag %v", get.VersionId, get.IfMatch)
	}
	s.Keys("esc", "p").Want(`"limit": 100`)
}

func TestCompareTwoVersions(t *testing.T) {
	s := limits(t)
	s.Keys("=").Want("mark two versions")
	s.Keys("space", "j", "space", "=").Want("what differs", `-{"limit": 100}`, `+{"limit": 300}`)
	s = at(t, "s3://datalake-versioned/reports/").on("back")
	s.Keys("V", "/").Type("back").Keys("enter", "*", "U", "space", "space", "=").Want("a delete marker has no content")
}

func TestBringAnOldVersionBack(t *testing.T) {
	s := limits(t)
	id := s.row("older")
	s.Keys("G", "w").Want("Bring back", "config/limits.json?versionId=", "copied on top", "s3:GetObjectVersion").Keys("y")
	s.Want("bring back limits.json: 1 object · 15 B").Keys("j").Want("4 versions")
	in := s.sources()
	if len(in) != 1 || !strings.Contains(*in[0].CopySource, "datalake-versioned/config/limits.json?versionId=") {
		t.Errorf("AWS was asked for %d copies, of %v (%s)", len(in), in, id)
	}
	s.Keys("g", "enter").Want(`"limit": 100`)
}

func TestDoNotBringBack(t *testing.T) {
	s := limits(t)
	s.Keys("w").Want("this is the current version already")
	s.Keys("G", "w", "n").Want("nothing was done")
	if n := len(s.sources()); n != 0 {
		t.Errorf("%d copies were made", n)
	}
	s = limits(t, refusing("s3:CopyObject"))
	s.Keys("G", "w", "y").Want("not allowed: s3:", "limits.json")
	s = limits(t, readOnly)
	s.Keys("G", "w").Want("read-only").Keys("y")
	if n := len(s.sources()); n != 0 {
		t.Errorf("%d copies were made in a read-only session", n)
	}
}

func TestUndeleteSeveral(t *testing.T) {
	s := at(t, "s3://datalake-versioned/snapshots/")
	s.Keys("space", "space", "space", "D").Type("3").Keys("enter", "g").Want("28 keys")
	s.Keys("V", "/").Type("deleted").Keys("enter", "*").Want("3 marked").Keys("W", "y").Want("undelete versions: 3 done")
	for _, r := range s.removed()[3:] {
		if strings.HasSuffix(r, "(none)") && len(s.removed()) != 6 {
			t.Errorf("AWS was asked to delete %q", s.removed())
		}
	}
	s.Keys("esc", "V").Want("31 keys")
}

func TestUndeleteIsRefused(t *testing.T) {
	draft := func(change ...func(*awsclient.Options, *demo.Account)) screen {
		s := at(t, "s3://datalake-versioned/reports/", change...)
		s.Keys("V", "/").Type("draft").Keys("enter", "g").Want("deleted")
		return s
	}
	s := draft()
	s.Keys("W").Want("the delete markers on top are removed").Keys("n").Want("nothing was done")
	s.Keys("j", "W").Want("what hides it is the delete marker on top")
	if got := s.removed(); len(got) != 0 {
		t.Errorf("AWS was asked to delete %q", got)
	}
	s = draft(refusing("s3:DeleteObject"))
	s.Keys("W", "y").Want("not allowed: s3:DeleteObjectVersion")
	s = draft(readOnly)
	s.Keys("W").Want("read-only").Keys("y")
	if got := s.removed(); len(got) != 0 {
		t.Errorf("a read-only session asked to delete %q", got)
	}
}

func TestDeleteAVersionForGood(t *testing.T) {
	s := limits(t)
	s.Keys("G", "D").Want("Destroy version", "permanent: the content of 1 version is gone", "s3:DeleteObjectVersion", "type  limits.json")
	s.Type("limits").Keys("enter").Want("that is not it").Type(".json").Keys("enter", "g").Want("2 versions")
	if got := s.removed(); len(got) != 1 || strings.HasSuffix(got[0], "(none)") || !strings.HasPrefix(got[0], "config/limits.json ") {
		t.Errorf("AWS was asked to delete %q", got)
	}
	s.Keys("g", "enter").Want(`"limit": 300`)
}

func TestDoNotDeleteAVersion(t *testing.T) {
	s := limits(t)
	s.Keys("D").Want("1 of them is current").Keys("esc").Want("nothing was done")
	s = limits(t, refusing("s3:DeleteObject"))
	s.Keys("D").Type("limits.json").Keys("enter").Want("not allowed: s3:DeleteObjectVersion")
	s = limits(t, readOnly)
	s.Keys("D").Want("read-only").Type("limits.json").Keys("enter")
	if got := s.removed(); len(got) != 0 {
		t.Errorf("AWS was asked to delete %q", got)
	}
}

func TestALockedVersionSaysWhatKeepsIt(t *testing.T) {
	for name, want := range map[string]string{
		"lease.txt": "compliance mode keeps this version until 2036-01-01", "supply.txt": "s3:BypassGovernanceRetention",
		"merger.txt": "a legal hold keeps this version",
	} {
		s := at(t, "s3://datalake-versioned/contracts/").on(name)
		s.Keys("V", "D").Type(name).Keys("enter").Want(want)
	}
}

func TestAChangeIsListedOnceByEachList(t *testing.T) {
	s := at(t, "s3://datalake-versioned/config/")
	s.Keys("V", "G", "w", "y", "g").Want("4 versions")
	if levels, versions := s.asked("ListObjectsV2"), s.asked("ListObjectVersions"); levels != 1 || versions != 2 {
		t.Errorf("the level was listed %d times, its versions %d times", levels, versions)
	}
	s.Keys("V").Want("1 key")
	if n := s.asked("ListObjectsV2"); n != 2 {
		t.Errorf("coming back listed the level %d times in all", n)
	}
	s.Keys("V", "V", "D").Type("limits.json").Keys("enter", "g")
	if n := s.asked("ListObjectsV2"); n != 3 {
		t.Errorf("a deletion listed the level %d times in all", n)
	}
}

func TestAReadOnlySessionLooks(t *testing.T) {
	s := limits(t, readOnly)
	s.Keys("space", "G", "space", "=").Want("what differs", `+{"limit": 300}`).Keys("esc", "U", "i").Want("CRC32").Lack("not allowed", "read-only:")
	s.Keys("esc", "enter").Want(`"limit": 100`)
}

func TestVersionsFitEveryScreen(t *testing.T) {
	for _, size := range [][2]int{{200, 60}, {120, 40}, {80, 24}, {60, 12}, {40, 8}} {
		s := sized(t, "s3://datalake-versioned/reports/", size[0], size[1])
		s.Keys("V").Want("back.md", "delet")
		s = sized(t, "s3://oddities/", size[0], size[1])
		s.Keys("V").Keys("G", "g", "y", "esc", "a", "esc")
	}
}

func TestDownloadVersions(t *testing.T) {
	folder := t.TempDir()
	s := limits(t)
	s.Keys("j", "d").Want("download limits.json to the folder").Keys("ctrl+u").Paste(folder).Keys("enter")
	s.wantFile(folder+"/limits.json", "{\"limit\": 200}\n")
	s = limits(t)
	s.Keys("*", "d").Want("download 3 versions to the folder").Keys("ctrl+u").Paste(folder + "/all/").Keys("enter")
	s.Want("renamed   2 names").Keys("enter")
	if files, err := os.ReadDir(folder + "/all"); err != nil || len(files) != 3 {
		t.Errorf("the folder holds %v, %v\n%s", files, err, s.Frame())
	}
}

func (s screen) wantFile(path, want string) {
	s.t.Helper()
	if got, err := os.ReadFile(path); err != nil || string(got) != want {
		s.t.Errorf("%s holds %q, %v\n%s", path, got, err, s.Frame())
	}
}

func TestDownloadFromThePageOfAnObject(t *testing.T) {
	folder := t.TempDir()
	s := at(t, "s3://datalake-versioned/config/")
	s.Keys("i", "d").Want("download limits.json to the folder").Keys("ctrl+u").Paste(folder).Keys("enter")
	s.wantFile(folder+"/limits.json", "{\"limit\": 300}\n")
}
