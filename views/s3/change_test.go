package s3_test

import (
	"maps"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"straws/awsclient"
	"straws/awsclient/demo"

	sdk "github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"
)

// restored are the keys that AWS was asked to restore, with tier and days.
func (s screen) restored() map[string]string {
	out := map[string]string{}
	for _, c := range s.account.Calls("s3:RestoreObject") {
		in := c.Input.(*sdk.RestoreObjectInput)
		days := "for good"
		if in.RestoreRequest.Days != nil {
			days = strconv.Itoa(int(*in.RestoreRequest.Days))
		}
		out[*in.Key] = string(in.RestoreRequest.GlacierJobParameters.Tier) + " " + days
	}
	return out
}

func TestRestoreSeveralOfSeveralClasses(t *testing.T) {
	s := at(t, "s3://acme-backups/wal/")
	s.Keys("*", "E").Want("restore 3 objects, 10.2 GB", "3 to 5 hours").Keys("enter")
	s.Want("Restore 3 objects", "leaves its archive tier for good").Keys("y")
	s.Want("2 done, 1 failed", "it is not archived: it can be read as it is")
	if got, want := s.restored(), map[string]string{
		"wal/2025-01.tar": "Standard for good", "wal/2025-02.tar": "Standard for good", "wal/2025-03.tar": "Standard for good",
	}; !maps.Equal(got, want) {
		t.Errorf("AWS was asked for %v, want %v", got, want)
	}
}

func TestRestoreFromTheDeepArchive(t *testing.T) {
	s := at(t, "s3://logs-archive/web/2022/09/01/")
	s.Keys("E").Want("12 hours · under $0.01", "48 hours", "DEEP_ARCHIVE does not have it").Keys("/").Type("bulk").Keys("enter", "enter")
	s.Want("bulk tier: 48 hours", "the copy stays 7 days").Keys("y").Want("DEEP_ARCHIVE restoring…")
	if got := s.restored()["web/2022/09/01/access.log"]; got != "Bulk 7" {
		t.Errorf("AWS was asked for %s", got)
	}
	s.Want("ask to restore access.log: done").Keys("enter").Want("is being restored from DEEP_ARCHIVE").Lack("has to be restored")
}

func TestRestoreWhatIsRestored(t *testing.T) {
	s := at(t, "s3://datalake/raw/2024/11/")
	s.Want("GLACIER restored").Keys("E", "enter", "enter").Want("only its days change").Keys("y").Want("GLACIER restored")
	s.Keys("i").Want("restored until 2026-11-2")
}

func TestMarkedRowsThatAreLeftOut(t *testing.T) {
	s := at(t, "s3://invoices-2026/01/")
	s.Keys("*", "E").Want("nothing was done: 27 of the 27 marked are left out: it is not archived")
	s = at(t, "s3://datalake/")
	s.Keys("*", "C").Want("storage class of 1 object").Keys("/").Type("GLACIER_IR").Keys("enter").Want("left out: a prefix is only the beginning").Keys("y")
	if in := s.sources(); len(in) != 1 || *in[0].Key != "README.md" {
		t.Errorf("AWS was asked for %d copies", len(in))
	}
}

func TestDoNotRestore(t *testing.T) {
	glacier := "s3://datalake/raw/2024/01/"
	s := at(t, glacier)
	s.Keys("E", "enter", "enter").Want("y to restore").Keys("n").Want("nothing was done").Keys("enter").Want("E on its row restores it").Keys("esc")
	s.Keys("E", "esc").Keys("E", "enter", "esc")
	if got := s.restored(); len(got) != 0 {
		t.Errorf("AWS was asked for %v", got)
	}
	at(t, "s3://datalake/config/").Keys("E").Want("it is not archived")
	at(t, "s3://datalake/").Keys("E").Want("a prefix is only the beginning of keys")
	at(t, glacier, readOnly).Keys("E").Want("this session is read-only")
	s = at(t, glacier, refusing("s3:RestoreObject"))
	s.Keys("E", "enter", "enter", "y").Want("not allowed: s3:RestoreObject")
}

func TestRefusalsOfARestoreAreSentences(t *testing.T) {
	for want, fault := range map[string]demo.Fault{
		"it is being restored already":                   {Code: "RestoreAlreadyInProgress", Message: "Object restore is already in progress", Status: 409},
		"AWS has no capacity for expedited restores now": {Code: "GlacierExpeditedRetrievalNotAvailable", Message: "Glacier expedited retrievals are currently not available, please try again later", Status: 503},
		"it is not archived: it can be read as it is":    {Code: "InvalidObjectState", Message: "Restore is not allowed for the object's current storage class", Status: 403},
	} {
		s := at(t, "s3://datalake/raw/2024/01/")
		s.account.Fail("s3:RestoreObject", fault)
		s.Keys("E", "enter", "enter", "y").Want(want)
	}
}

func TestChangeTheClass(t *testing.T) {
	s := at(t, "s3://datalake-versioned/config/")
	s.Keys("C").Want("storage class of 1 object, 15 B", "STANDARD_IA", "at least 30 days", "that is the class already")
	s.Keys("/").Type("GLACIER_IR").Keys("enter").Want("Reclassify object", "GLACIER_IR: ≈ $0.004/GB-month", "a new version appears, and the old one stays")
	s.Keys("y").Want("GLACIER_IR")
	in := s.sources()
	if len(in) != 1 || in[0].StorageClass != "GLACIER_IR" || in[0].CopySourceIfMatch == nil || *in[0].Key != "config/limits.json" {
		t.Fatalf("AWS was asked for %+v", in)
	}
	s.Keys("i").Want("class  GLACIER_IR", "geprüft am Montag", "env   prod", "max-age=60").Keys("esc", "V").Want("4 versions")
}

func TestChangeTheClassOfSeveral(t *testing.T) {
	s := at(t, "s3://datalake/raw/2025/01/")
	s.Keys("C", "/").Type("STANDARD").Keys("enter").Want("STANDARD_IA charges for 30 days").Lack("new version").Keys("y").Want("STANDARD")
	s = at(t, "s3://datalake/raw/2026/01/04/")
	s.Keys("*", "C").Want("storage class of 4 objects").Keys("/").Type("ONEZONE").Keys("enter", "y").Want("reclassify objects: 4 objects · 319.0 kB")
	if n := len(s.sources()); n != 4 {
		t.Errorf("%d copies were made", n)
	}
	s.Keys("g")
	if n := strings.Count(s.Frame(), "ONEZONE_IA"); n != 4 {
		t.Errorf("%d rows are in the class:\n%s", n, s.Frame())
	}
}

func TestTheKeyOfAnEncryptedObjectStays(t *testing.T) {
	s := at(t, "s3://datalake-versioned/reports/").on("summary")
	s.Keys("C", "/").Type("STANDARD_IA").Keys("enter", "y").Want("1 object").Keys("i").Want("aws:kms", "key/1234abcd", "STANDARD_IA")
}

func TestDoNotChangeTheClass(t *testing.T) {
	s := at(t, "s3://datalake/config/")
	s.Keys("C", "esc").Keys("C", "/").Type("STANDARD_IA").Keys("enter", "n").Want("nothing was done")
	at(t, "s3://datalake/raw/2024/01/").Keys("C").Want("it is archived: E restores it first")
	at(t, "s3://datalake/config/", readOnly).Keys("C").Want("this session is read-only")
	limits(t).Keys("G", "C").Want("this is an older version")
	if n := len(s.sources()); n != 0 {
		t.Errorf("%d copies were made", n)
	}
	s = at(t, "s3://datalake/config/", refusing("s3:CopyObject"))
	s.Keys("C", "/").Type("STANDARD_IA").Keys("enter", "y").Want("not allowed: s3:")
}

func TestAnObjectThatWasReplacedKeepsItsClass(t *testing.T) {
	s := at(t, "s3://datalake/config/")
	s.replace("config/pipeline.yaml", "source: elsewhere\n")
	s.Keys("C", "/").Type("STANDARD_IA").Keys("enter", "y").Want("pipeline.yaml").Keys("t").Want("failed")
	if n := len(s.sources()); n != 0 {
		t.Errorf("%d copies were made", n)
	}
}

// replace puts another object in the place of one of the datalake behind the program's back.
func (s screen) replace(key, text string) {
	s.t.Helper()
	c := sdk.NewFromConfig(s.account.Config(), func(o *sdk.Options) { o.UsePathStyle = true })
	bucket := "datalake"
	if _, err := c.PutObject(s.t.Context(), &sdk.PutObjectInput{Bucket: &bucket, Key: &key, Body: strings.NewReader(text)}); err != nil {
		s.t.Fatal(err)
	}
}

// tagged are the tags that AWS was asked to write, by key.
func (s screen) tagged() map[string]string {
	out := map[string]string{}
	for _, c := range s.account.Calls("s3:PutObjectTagging") {
		in := c.Input.(*sdk.PutObjectTaggingInput)
		var set []string
		for _, tag := range in.Tagging.TagSet {
			set = append(set, *tag.Key+"="+*tag.Value)
		}
		slices.Sort(set)
		out[*in.Key] = strings.Join(set, " ")
	}
	return out
}

func TestEditTheTagsOfAnObject(t *testing.T) {
	s := at(t, "s3://datalake-versioned/config/")
	s.Keys("e").Want("tags of limits.json", "env", "prod", "team", "data", "2 tags of at most 10")
	s.Keys("enter", "ctrl+u").Type("dev").Keys("enter", "n").Type("owner=ada lovelace").Keys("enter", "j", "k", "backspace").Want("not sent yet")
	s.Keys("ctrl+s").Want("env = prod → dev", "+ owner = ada lovelace", "- team = data", "s3:PutObjectTagging").Keys("y").Want("retag limits.json: done")
	if got := s.tagged()["config/limits.json"]; got != "env=dev owner=ada lovelace" {
		t.Errorf("AWS was asked for %q", got)
	}
	s.Want("dev", "ada lovelace").Lack("not sent yet").Keys("esc", "i").Want("owner  ada lovelace").Lack("team")
}

func TestTakeAllTagsAway(t *testing.T) {
	s := at(t, "s3://datalake-versioned/config/")
	s.Keys("e", "backspace", "j", "backspace", "ctrl+s").Want("- env = prod", "- team = data").Keys("y").Want("no tags; n adds one")
	if n := s.asked("DeleteObjectTagging"); n != 1 {
		t.Errorf("DeleteObjectTagging was sent %d times", n)
	}
}

func TestTagsAreCheckedAsTheyAreTyped(t *testing.T) {
	s := at(t, "s3://datalake/config/")
	s.Keys("e").Want("no tags").Keys("n")
	for text, want := range map[string]string{
		"nothing": "KEY=value", "=x": "the key is missing", "aws:x=1": "AWS's own", "a=b#c": "letters, digits, spaces",
		strings.Repeat("k", 129) + "=v": "at most 128", "k=" + strings.Repeat("v", 257): "at most 256",
	} {
		s.Paste(text).Keys("enter").Want(want, "ctrl+s").Keys("ctrl+s").Want("Retag: ").Keys("enter", "ctrl+u")
	}
	s.Keys("esc", "backspace")
	for _, k := range []string{"a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k"} {
		s.Keys("n").Type(k + "=1").Keys("enter")
	}
	s.Want("11 tags: an object has at most 10").Keys("ctrl+s")
	if got := s.tagged(); len(got) != 0 {
		t.Errorf("AWS was asked for %v", got)
	}
}

func TestTagsThatSomebodyElseHasChanged(t *testing.T) {
	s := at(t, "s3://datalake/config/")
	s.Keys("e", "n").Type("a=1").Keys("enter", "ctrl+s")
	c := sdk.NewFromConfig(s.account.Config())
	bucket, key, env, value := "datalake", "config/pipeline.yaml", "env", "live"
	if _, err := c.PutObjectTagging(t.Context(), &sdk.PutObjectTaggingInput{
		Bucket: &bucket, Key: &key, Tagging: tagging(env, value),
	}); err != nil {
		t.Fatal(err)
	}
	s.Keys("y").Want("somebody else has changed the tags meanwhile", "live", "a=1")
	if n := s.asked("PutObjectTagging"); n != 1 {
		t.Errorf("PutObjectTagging was sent %d times", n)
	}
	s.Keys("ctrl+s").Want("+ a = 1").Lack("live →").Keys("y").Want("done")
	if got := s.tagged()[key]; got != "a=1 env=live" {
		t.Errorf("AWS was asked for %q", got)
	}
}

func TestSetTagsOnSeveral(t *testing.T) {
	s := at(t, "s3://datalake/raw/2026/01/04/")
	s.Keys("*", "e").Want("tags of 4 objects", "n adds a tag to set on all of them").Keys("n").Type("team=data").Keys("enter", "ctrl+s")
	s.Want("Retag 4 objects", "+ team = data", "their other tags stay").Keys("y").Want("4 done")
	if got := s.tagged(); len(got) != 4 || got["raw/2026/01/04/app.log"] != "team=data" {
		t.Errorf("AWS was asked for %v", got)
	}
	s.Keys("n").Type("env=prod").Keys("enter", "n").Type("-team").Keys("enter", "ctrl+s").Want("- team").Keys("y").Want("4 done")
	if got := s.tagged()["raw/2026/01/04/app.log"]; got != "env=prod" {
		t.Errorf("AWS was asked for %q", got)
	}
}

func TestDoNotChangeTags(t *testing.T) {
	s := at(t, "s3://datalake/config/")
	s.Keys("e", "n").Type("a=1").Keys("enter", "ctrl+s", "n").Want("nothing was done")
	s.Keys("esc").Want("the change is not made yet").Keys("esc").Want("1 key")
	at(t, "s3://datalake/config/", readOnly).Keys("e").Want("this session is read-only")
	at(t, "s3://datalake/config/", refusing("s3:GetObjectTagging")).Keys("e").Want("not allowed: s3:GetObjectTagging")
	if got := s.tagged(); len(got) != 0 {
		t.Errorf("AWS was asked for %v", got)
	}
	s = at(t, "s3://datalake/config/", func(_ *awsclient.Options, a *demo.Account) { a.Fail("s3:PutObjectTagging", demo.Denied) })
	s.Keys("e", "n").Type("a=1").Keys("enter", "ctrl+s", "y").Want("not allowed: s3:PutObjectTagging", "a=1")
}

func tagging(key, value string) *types.Tagging {
	return &types.Tagging{TagSet: []types.Tag{{Key: &key, Value: &value}}}
}

// TestTheClassOfAHugeObject changes the class of 42 GB, which takes a restore and
// a copy in parts.
func TestTheClassOfAHugeObject(t *testing.T) {
	s := at(t, "s3://acme-backups/postgres/")
	s.Keys("E", "/").Type("exp").Keys("enter", "enter").Want("42.0 GB, expedited tier: 1 to 5 minutes · ≈ $1.27").Keys("y").Want("restoring")
	s.Advance(6 * time.Minute).Keys("r").Want("GLACIER restored")
	s.Keys("C", "/").Type("STANDARD_IA").Keys("enter").Want("GLACIER charges for 90 days").Keys("y").Want("reclassify 2026-01-04.dump: 1 object · 42.0 GB", "STANDARD_IA")
	if n := s.asked("UploadPartCopy"); n < 100 || s.asked("CopyObject") != 0 {
		t.Errorf("%d parts were copied, and %d objects", n, s.asked("CopyObject"))
	}
}

func TestALongChangeOfClassCanBeCancelled(t *testing.T) {
	s := at(t, "s3://acme-backups/postgres/")
	s.Keys("E", "/").Type("exp").Keys("enter", "enter", "y")
	s.Advance(6 * time.Minute).Keys("r").Want("GLACIER restored")
	s.account.Fail("s3:UploadPartCopy", demo.Hang)
	s.Impatient()
	s.Keys("C", "/").Type("STANDARD_IA").Keys("enter", "y", "t", "x")
	s.Patient()
	s.Settle().Want("cancelled", "what was done is not done again")
	if n := s.asked("AbortMultipartUpload"); n != 1 || s.asked("CompleteMultipartUpload") != 0 {
		t.Errorf("%d uploads were abandoned, and %d completed", n, s.asked("CompleteMultipartUpload"))
	}
	s.account.Heal("*")
	s.Keys("e").Want("reclassify 2026-01-04.dump", "42.0 GB").Keys("esc").Want("STANDARD_IA")
}
