package s3_test

import (
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"straws/awsclient"
	"straws/awsclient/demo"

	"github.com/aws/aws-sdk-go-v2/aws"
	sdk "github.com/aws/aws-sdk-go-v2/service/s3"
)

// copied are the keys that AWS was asked to copy to.
func (s screen) copied() []string {
	var keys []string
	for _, c := range s.account.Calls("s3:CopyObject") {
		keys = append(keys, *c.Input.(*sdk.CopyObjectInput).Bucket+"/"+*c.Input.(*sdk.CopyObjectInput).Key)
	}
	slices.Sort(keys)
	return keys
}

func (s screen) wantCopied(keys ...string) {
	s.t.Helper()
	if got := s.copied(); !slices.Equal(got, keys) {
		s.t.Errorf("AWS was asked to copy to %q, want %q", got, keys)
	}
}

// client talks to the account beside the program.
func (s screen) client() *sdk.Client { return sdk.NewFromConfig(s.account.Config()) }

// holds is the content of an object, "" when there is none.
func (s screen) holds(bucket, key string) string {
	s.t.Helper()
	out, err := s.client().GetObject(s.t.Context(), &sdk.GetObjectInput{Bucket: &bucket, Key: &key})
	if err != nil {
		return ""
	}
	text, err := io.ReadAll(out.Body)
	if err != nil {
		s.t.Fatal(err)
	}
	return string(text)
}

func (s screen) put(bucket, key, text string) {
	s.t.Helper()
	_, err := s.client().PutObject(s.t.Context(), &sdk.PutObjectInput{Bucket: &bucket, Key: &key, Body: strings.NewReader(text)})
	if err != nil {
		s.t.Fatal(err)
	}
}

// to answers the question of where to.
func (s screen) to(address string) screen {
	s.t.Helper()
	s.Keys("ctrl+u").Type(address).Keys("enter")
	return s
}

func TestCopyOneObject(t *testing.T) {
	s := at(t, "s3://datalake/config/")
	s.Keys("c").Want("copy pipeline.yaml to", "s3://datalake/config/", "onto itself")
	s.to("s3://empty-bucket/in/").Want("Copy object in", "   pipeline.yaml  →  s3://empty-bucket/in/pipeline.yaml", "needs s3:ListBucket")
	s.wantCopied()
	s.Keys("y").Want("1 object · 64 B", "copied 1")
	s.wantCopied("empty-bucket/in/pipeline.yaml")
	s.wantDeleted()
	if s.holds("empty-bucket", "in/pipeline.yaml") != s.holds("datalake", "config/pipeline.yaml") {
		t.Error("the copy is not the same")
	}
}

func TestDoNotCopy(t *testing.T) {
	for name, keys := range map[string][]string{"at the prompt": {"esc"}, "at the question": {"enter", "n"}, "esc at the question": {"enter", "esc"}} {
		s := at(t, "s3://datalake/config/")
		s.Keys("c", "ctrl+u").Type("s3://empty-bucket/").Keys(keys...)
		s.Keys("esc", "esc")
		s.wantCopied()
		_ = name
	}
}

func TestCopyIsDenied(t *testing.T) {
	s := at(t, "s3://datalake/config/", func(_ *awsclient.Options, a *demo.Account) { a.Fail("s3:CopyObject", demo.Denied) })
	s.Keys("c")
	s.to("s3://empty-bucket/").Keys("y", "t").Want("failed").Keys("enter").Want("not allowed: s3:PutObject", "config/pipeline.yaml")
}

func TestNothingIsCopiedInAReadOnlySession(t *testing.T) {
	for _, key := range []string{"c", "M", "n"} {
		s := at(t, "s3://datalake/config/", func(o *awsclient.Options, _ *demo.Account) { o.ReadOnly = true })
		s.Keys(key).Want("this session is read-only")
	}
}

func TestPlacesThatCannotBeCopiedTo(t *testing.T) {
	s := at(t, "s3://datalake/").on("raw")
	s.Keys("c")
	for typed, want := range map[string]string{
		"s3://datalake/":          "onto itself",
		"s3://datalake/raw/x/":    "into itself",
		"s3://empty-bucket/x":     "end it with /",
		"/tmp":                    "begins with s3://",
		"s3://my bucket/":         "letters, digits, dots and hyphens",
		"s3://":                   "names a bucket",
		"arn:aws:lambda:x:y:z:fn": "begins with s3://",
	} {
		s.Keys("ctrl+u").Type(typed).Want(want).Keys("enter").Want(want)
	}
	s.wantCopied()
}

func TestAnAddressBehindTheOneOfThePromptIsNoKey(t *testing.T) {
	s := at(t, "s3://datalake/").on("README")
	for _, key := range []string{"c", "M"} {
		s.Keys(key).Paste("s3://empty-bucket/")
		s.Want("s3://datalake/s3://empty-bucket/", "a second s3:// begins in the middle").Keys("enter").Want("a second s3://").Keys("esc")
	}
	s.wantCopied()
}

func TestMoveAPrefixWithAllThatIsBelowIt(t *testing.T) {
	s := at(t, "s3://datalake/raw/2026/01/")
	before := s.holds("datalake", "raw/2026/01/04/orders.csv")
	s.on("04").Keys("M")
	s.to("s3://logs-archive/moved/").Want("4 objects", "each source is deleted once its copy was verified", "its bucket keeps no versions: nothing stays there", "from eu-west-1 to us-east-1", "≈ $0.01")
	s.Keys("y").Want("copied 4 · deleted 4 at the source")
	s.wantDeleted("raw/2026/01/04/app.log", "raw/2026/01/04/customers.json", "raw/2026/01/04/events.jsonl", "raw/2026/01/04/orders.csv")
	s.Lack(" 04/") // and the list shows it
	c := s.client()
	out, err := c.GetObject(t.Context(), &sdk.GetObjectInput{Bucket: aws.String("logs-archive"), Key: aws.String("moved/04/orders.csv")}, func(o *sdk.Options) { o.Region = "us-east-1" })
	if err != nil {
		t.Fatal(err)
	}
	if text, _ := io.ReadAll(out.Body); string(text) != before {
		t.Error("it arrived as something else")
	}
}

func TestRename(t *testing.T) {
	s := at(t, "s3://datalake/config/")
	s.Keys("n").Want("rename pipeline.yaml to", "this is its name already")
	s.to("flow.yaml").Want("Rename object").Keys("y").Want("▸ flow.yaml", "copied 1 · deleted 1").Lack("  pipeline.yaml")
	s.wantDeleted("config/pipeline.yaml")
	s = at(t, "s3://datalake/raw/2026/01/").on("04")
	s.Keys("n").Want("S3 has no folders to rename")
	s.to("4th").Keys("y").Want("4th/").Lack(" 04/")
	s.wantCopied("datalake/raw/2026/01/4th/app.log", "datalake/raw/2026/01/4th/customers.json", "datalake/raw/2026/01/4th/events.jsonl", "datalake/raw/2026/01/4th/orders.csv")
	s = at(t, "s3://datalake/exports/2026/")
	s.Keys("n").Want("marker of the folder itself")
}

func TestExistingTargetsAreAskedAbout(t *testing.T) {
	start := func(t *testing.T) screen {
		s := at(t, "s3://datalake/raw/2026/01/04/")
		s.put("empty-bucket", "orders.csv", "old")
		s.Keys("*", "c")
		s.to("s3://empty-bucket/").Want("1 of 4 objects is at the target already")
		s.wantCopied()
		return s
	}
	t.Run("skip", func(t *testing.T) {
		s := start(t)
		s.Keys("s").Want("Copy only the missing 3 objects", "1 object at the target stays as it is").Lack("orders.csv  →").Keys("y").Want("copied 3 · skipped 1")
		if s.holds("empty-bucket", "orders.csv") != "old" {
			t.Error("it was overwritten")
		}
	})
	t.Run("keep both", func(t *testing.T) {
		s := start(t)
		s.put("empty-bucket", "orders (2).csv", "old too")
		s.Keys("k").Want("name (2).ext").Keys("y").Want("copied 4")
		if s.holds("empty-bucket", "orders.csv") != "old" || s.holds("empty-bucket", "orders (2).csv") != "old too" ||
			!strings.HasPrefix(s.holds("empty-bucket", "orders (3).csv"), "time,") {
			t.Error("not both were kept")
		}
	})
	t.Run("overwrite", func(t *testing.T) {
		s := start(t)
		s.Keys("o").Want("overwritten, and gone for good").Keys("y").Want("copied 4")
		if !strings.HasPrefix(s.holds("empty-bucket", "orders.csv"), "time,") {
			t.Error("it was not overwritten")
		}
	})
	t.Run("neither", func(t *testing.T) {
		s := start(t)
		s.Keys("esc", "esc").Want("orders.csv")
		s.wantCopied()
	})
}

func TestAFailedMoveIsTriedAgainWithoutASecondCopy(t *testing.T) {
	protected := demo.Denied
	protected.When = func(in any) bool {
		d, ok := in.(*sdk.DeleteObjectInput)
		return ok && strings.HasSuffix(*d.Key, "orders.csv")
	}
	s := at(t, "s3://datalake/raw/2026/01/04/", func(_ *awsclient.Options, a *demo.Account) { a.Fail("s3:DeleteObject", protected) })
	s.Keys("*", "M")
	s.to("s3://empty-bucket/").Keys("y").Want("3 of 4 objects", "1 failed (AccessDenied 1)")
	s.Keys("t").Want("partial").Keys("enter").Want("1 at both places", "orders.csv", "s3:DeleteObject", "(was copied, and stays at the source)").Keys("esc")
	s.account.Heal("s3:DeleteObject")
	s.Keys("e").Want("done")
	s.wantCopied("empty-bucket/app.log", "empty-bucket/customers.json", "empty-bucket/events.jsonl", "empty-bucket/orders.csv")
	if s.holds("datalake", "raw/2026/01/04/orders.csv") != "" {
		t.Error("it stays at the source")
	}
}

func TestOddKeysAreMovedAsTheyAre(t *testing.T) {
	for find, key := range map[string]string{
		"bytes.txt": "control\x01\x02bytes.txt", "red.txt": "escape\x1b[2J\x1b[31mred.txt", "invalid": "invalid-\xff\xfe.txt", "plus": "plus+and space.txt",
	} {
		s := at(t, "s3://oddities/").on(find)
		want := s.holds("oddities", key)
		s.Keys("space", "M") // a mark, so that only this one is meant
		s.to("s3://empty-bucket/in/").Keys("y").Want("copied 1")
		if want == "" || s.holds("empty-bucket", "in/"+key) != want || s.holds("oddities", key) != "" {
			t.Errorf("%q was not moved", key)
		}
		s.wantDeleted(key)
	}
	s := at(t, "s3://oddities/").on("bytes.txt")
	s.Keys("n").Want(`cannot be typed: control\x01\x02bytes.txt`, "type the new name")
	s.Type("plain.txt").Keys("enter", "y").Want("copied 1")
	s.wantDeleted("control\x01\x02bytes.txt")
}

func TestCancellingAMoveSaysWhereEverythingIs(t *testing.T) {
	s := at(t, "s3://invoices-2026/", func(_ *awsclient.Options, a *demo.Account) {
		n := 0
		a.Fail("s3:HeadObject", demo.Fault{Hang: true, When: func(in any) bool {
			if *in.(*sdk.HeadObjectInput).Bucket == "invoices-2026" {
				n++
			}
			return n > 40 && *in.(*sdk.HeadObjectInput).Bucket == "invoices-2026"
		}})
	})
	s.Keys("*", "M")
	s.to("s3://empty-bucket/").Want("180 objects")
	s.Impatient()
	s.Keys("y", "t").Keys("x")
	s.Patient()
	s.Settle().Want("cancelled after 40 of 180 objects", "copied 40 · deleted 40", "140 only at the source")
	s.wantHeld(40)
	s.account.Heal("s3:HeadObject")
	s.Keys("r", "e").Want("140 objects")
	s.wantHeld(180)
}

// wantHeld checks that so many objects came to the empty bucket, each of them once.
func (s screen) wantHeld(n int) {
	s.t.Helper()
	deleted := s.deleted()
	if got := s.copied(); len(got) != n || len(deleted) != n {
		s.t.Errorf("%d were copied and %d deleted, want %d", len(got), len(deleted), n)
	}
	for _, key := range deleted {
		if s.holds("empty-bucket", key) == "" {
			s.t.Errorf("%s is nowhere", key)
		}
	}
}

func TestTheCommandOfACopy(t *testing.T) {
	s := at(t, "s3://datalake/raw/2026/01/").on("04")
	s.Keys("M")
	s.to("s3://empty-bucket/x y/").Keys("n", "y")
	want := "aws s3 mv --recursive s3://datalake/raw/2026/01/04/ 's3://empty-bucket/x y/04/' --region eu-west-1"
	if got := s.Clipboard(); got != want {
		t.Errorf("copied %q, want %q", got, want)
	}
}

func TestAPlanAtEverySize(t *testing.T) {
	for _, size := range [][2]int{{120, 40}, {80, 24}, {40, 8}, {20, 5}} {
		s := sized(t, "s3://datalake/raw/", size[0], size[1])
		s.Keys("*", "M")
		s.to("s3://empty-bucket/").Keys("n")
		s.Keys("esc")
	}
}

func TestAMoveIsWrittenDown(t *testing.T) {
	audit := filepath.Join(t.TempDir(), "audit.jsonl")
	s := at(t, "s3://datalake/config/", func(o *awsclient.Options, _ *demo.Account) { o.AuditPath = audit })
	s.Keys("M")
	s.to("s3://empty-bucket/").Keys("y").Want("copied 1 · deleted 1")
	text, err := os.ReadFile(audit)
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSpace(string(text)), "\n")
	if len(lines) != 2 || !strings.Contains(lines[0], `"s3:PutObject","target":"arn:aws:s3:::empty-bucket/pipeline.yaml","result":"ok"`) ||
		!strings.Contains(lines[1], `"s3:DeleteObject","target":"arn:aws:s3:::datalake/config/pipeline.yaml","result":"ok"`) {
		t.Errorf("written down:\n%s", text)
	}
}

func TestRowsOfASearchAreCopiedWithTheirPath(t *testing.T) {
	s := at(t, "s3://datalake/raw/2026/")
	s.Keys("f").Type("orders.csv").Keys("enter").Want("01/01/orders.csv")
	s.Keys("c")
	s.to("s3://empty-bucket/all/").Keys("y").Want("copied 1")
	s.wantCopied("empty-bucket/all/01/01/orders.csv")
}

func TestAPlanThatNobodyLooksAtDoesNotAsk(t *testing.T) {
	s := at(t, "s3://datalake/config/")
	s.Keys("c", "ctrl+u").Type("s3://empty-bucket/").Burst("enter", "0")
	s.Settle().Lack("y to copy").Keys("1").Want("copy pipeline.yaml", "objects   1").Lack("y to copy")
	s.Keys("enter").Want("y to copy").Keys("y").Want("copied 1")
}

func TestWhereOneMustNotLook(t *testing.T) {
	s := at(t, "s3://datalake/config/")
	s.Keys("c")
	s.to("s3://secret-vault/").Want("which targets exist is not known (not allowed: s3:ListBucket", "none is overwritten")
	s.Keys("y").Want("not allowed: s3:PutObject")
	s = at(t, "s3://datalake/raw/2026/", func(_ *awsclient.Options, a *demo.Account) {
		f := demo.Denied
		f.When = func(in any) bool { return in.(*sdk.ListObjectsV2Input).Delimiter == nil }
		a.Fail("s3:ListObjectsV2", f)
	})
	s.Keys("c")
	s.to("s3://empty-bucket/").Want("not allowed: s3:ListBucket").Lack("y to copy")
	s.Keys("enter")
	s.wantCopied()
}

func TestThereIsNothingToCopy(t *testing.T) {
	s := at(t, "s3://datalake/raw/").on("2024")
	s.Keys("c")
	s.to("s3://empty-bucket/").Want("Copy object", "10 archived objects are left out: restore them first").Keys("n")
	s = at(t, "s3://datalake/raw/2024/01/")
	s.Keys("c")
	s.to("s3://empty-bucket/").Want("there is nothing to copy: 1 archived object has to be restored first").Keys("enter")
	s.wantCopied()
}
