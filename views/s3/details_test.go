package s3_test

import (
	"testing"
	"time"

	"straws/awsclient/demo"
)

func TestDetailsOfAnObject(t *testing.T) {
	s := at(t, "s3://datalake-versioned/config/")
	s.Keys("i").Want(
		"config/limits.json", "size           15 B", "2026-06-15 06:30:00", "application/json", "max-age=60", `attachment; filename="limits.json"`,
		"class  STANDARD", "AES256, with S3's own key", "geprüft am Montag", "reviewed-by  ada", "env   prod", "team  data",
		"CRC32", "the owner  full control", "retention", "not configured")
	s.Keys("J").Want(`"ContentType": "application/json"`, `"note": "geprüft am Montag"`).Keys("|").Type(".Size").Keys("enter").Want("15")
	s.Keys("esc", "esc").Want("metadata").Keys("y", "/").Type("as JSON").Keys("enter")
	if got := s.Clipboard(); len(got) < 100 || got[0] != '{' {
		t.Errorf("copied %q", got)
	}
}

func TestDetailsOfAVersion(t *testing.T) {
	s := at(t, "s3://datalake-versioned/reports/").on("summary")
	s.Keys("i").Want("aws:kms", "key/1234abcd-12ab-34cd-56ef-1234567890ab", "bucket key").Keys("esc")
	s.Keys("V", "/").Type("summary").Keys("enter", "G", "i").Want("2026-03-01 06:30:00", "version").Lack("aws:kms")
	s.Keys("enter").Want("o-00000001")
	for _, op := range []string{"HeadObject", "GetObjectTagging", "GetObjectAttributes", "GetObjectAcl", "GetObjectRetention", "GetObjectLegalHold"} {
		if n := s.asked(op); n != 2 {
			t.Errorf("%s was asked %d times for two pages", op, n)
		}
	}
}

func TestDetailsOfWhatIsLocked(t *testing.T) {
	for name, want := range map[string][]string{
		"lease.txt": {"lock   compliance until 2036-01-01", "compliance  until 2036-01-01"}, "supply.txt": {"governance  until 2036-01-01"},
		"merger.txt": {"legal hold  on", "hold  on: no version under it can be deleted"},
	} {
		at(t, "s3://datalake-versioned/contracts/").on(name).Keys("i").Want(want...)
	}
}

func TestAPublicObjectSaysSo(t *testing.T) {
	s := at(t, "s3://acme-web-assets/").on("index")
	s.Keys("i").Want("everybody", "◐ read it: public")
}

func TestPartsOfAnUpload(t *testing.T) {
	s := at(t, "s3://datalake/").on("README")
	s.Keys("i").Want("checksums and parts", "CRC32").Lack(", of 1 part")
	s = at(t, "s3://datalake-versioned/reports/").on("summary")
	s.Keys("i").Want(", of 1 part", "parts  1")
}

func TestEverySectionFailsByItself(t *testing.T) {
	for op, want := range map[string]string{
		"GetObjectTagging": "not allowed: s3:GetObjectTagging", "GetObjectAttributes": "not allowed: s3:GetObjectAttributes",
		"GetObjectAcl": "not allowed: s3:GetObjectAcl", "GetObjectRetention": "not allowed: s3:GetObjectRetention",
		"GetObjectLegalHold": "not allowed: s3:GetObjectLegalHold", "HeadObject": "not allowed: s3:GetObject",
	} {
		s := sized(t, "s3://datalake-versioned/config/", 120, 60, refusing("s3:"+op))
		s.Keys("i").Want(want, "1 section could not be read")
		s.account.Heal("*")
		s.Keys("r", "g").Want("CRC32", "env   prod", "geprüft").Lack(want)
	}
}

func TestDetailsOfWhatIsGone(t *testing.T) {
	s := at(t, "s3://datalake/config/")
	s.account.Fail("s3:HeadObject", demo.Fault{Code: "NotFound", Message: "Not Found", Status: 404})
	s.Keys("i").Want("Not Found", "it may be gone").Lack("CRC32")
}

func TestADeniedKeyIsNamed(t *testing.T) {
	s := at(t, "s3://datalake-versioned/config/")
	s.account.Fail("s3:GetObject", demo.Fault{Code: "AccessDenied", Status: 403, Message: "User: arn:aws:iam::1:user/ada is not authorized to perform: " +
		"kms:Decrypt on resource: arn:aws:kms:eu-west-1:1:key/abc because no identity-based policy allows the kms:Decrypt action"})
	s.Keys("enter").Want("not allowed: kms:Decrypt on arn:aws:kms:eu-west-1:1:key/abc")
}

func TestDetailsFitEveryScreen(t *testing.T) {
	for _, size := range [][2]int{{200, 60}, {120, 40}, {80, 24}, {60, 12}, {40, 8}} {
		s := sized(t, "s3://datalake-versioned/config/", size[0], size[1])
		s.Keys("i").Want("object").Keys("G", "g", "a", "esc")
		s = sized(t, "s3://oddities/", size[0], size[1])
		s.Keys("G", "i", "esc", "g", "j", "j", "j", "j", "i", "e", "n").Type("a=b").Keys("enter", "ctrl+s", "n")
	}
}

// TestARestoreIsSeen follows an archived object until it can be read.
func TestARestoreIsSeen(t *testing.T) {
	s := at(t, "s3://datalake/raw/2024/").on("01")
	s.Keys("enter").Want("orders.csv", "GLACIER")
	s.Keys("E").Want("restore 1 object", "standard", "3 to 5 hours · under $0.01", "5 to 12 hours · $0", "1 to 5 minutes · ≈ $0.01")
	s.Keys("/").Type("expedited").Keys("enter").Want("days to keep", "under $0.01 a day")
	s.Keys("backspace").Type("x").Want("a whole number of days").Keys("enter", "backspace").Type("3").Keys("enter")
	s.Want("Restore object", "raw/2024/01/orders.csv", "expedited tier: 1 to 5 minutes", "the copy stays 3 days", "s3:RestoreObject")
	s.Keys("y").Want("GLACIER restoring…").Keys("E").Want("it is being restored already")
	s.Keys("i").Want("◐ restoring: AWS is making a readable copy")
	heads := s.asked("HeadObject")
	s.Advance(30 * time.Second)
	if n := s.asked("HeadObject"); n != heads {
		t.Errorf("within half a minute it was asked %d times", n-heads)
	}
	s.Advance(4 * time.Minute).Want("restored until 2026-11-2").Lack("restoring")
	s.Keys("esc").Advance(2 * time.Minute)
	s.Want("GLACIER restored").Keys("enter").Want("o-00000001")
}
