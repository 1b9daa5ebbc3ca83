package s3_test

import (
	"testing"

	"straws/awsclient"
	"straws/awsclient/demo"

	sdk "github.com/aws/aws-sdk-go-v2/service/s3"
)

func TestDeleteOneObject(t *testing.T) {
	s := at(t, "s3://datalake/config/")
	s.Keys("D").Want("pipeline.yaml", "permanent: this bucket keeps no versions", "needs s3:DeleteObject", "type  pipeline.yaml")
	s.Type("pipeline.yaml").Keys("enter")
	s.wantDeleted("config/pipeline.yaml")
	s.Want("there is nothing below config/")
}

func TestDoNotDelete(t *testing.T) {
	for _, keys := range [][]string{{"esc"}, {"enter", "esc"}, {"y", "enter", "esc"}, {"p", "i", "enter", "esc"}} {
		s := at(t, "s3://datalake/config/")
		s.Keys("D").Keys(keys...).Want("nothing was done", "pipeline.yaml")
		s.wantDeleted()
	}
}

func TestDeleteIsDenied(t *testing.T) {
	s := at(t, "s3://datalake/config/", func(_ *awsclient.Options, a *demo.Account) { a.Fail("s3:DeleteObject", demo.Denied) })
	s.Keys("D").Type("pipeline.yaml").Keys("enter")
	s.Want("pipeline.yaml").Keys("t").Want("failed").Keys("enter").Want("s3:DeleteObject", "config/pipeline.yaml")
}

func TestDeleteInAReadOnlySession(t *testing.T) {
	s := at(t, "s3://datalake/config/", func(o *awsclient.Options, _ *demo.Account) { o.ReadOnly = true })
	s.Keys("D").Want("read-only").Type("pipeline.yaml").Keys("enter")
	s.wantDeleted()
}

func TestDeleteWithMarkers(t *testing.T) {
	s := at(t, "s3://datalake-versioned/config/")
	s.Keys("D").Want("a delete marker is added").Lack("permanent")
	s.Type("limits.json").Keys("enter").Want("there is nothing below config/")
	s.wantDeleted("config/limits.json")
}

func TestDeleteManyAndOnlyThose(t *testing.T) {
	s := at(t, "s3://invoices-2026/02/")
	s.Keys("/").Type("invoice-0403").Keys("enter", "*").Want("10 marked")
	s.Keys("D").Want("… and 2 more", "type  10").Type("9").Keys("enter").Want("that is not it")
	s.wantDeleted()
	s.Keys("backspace").Type("10").Keys("enter")
	s.wantDeleted("02/invoice-04030.json", "02/invoice-04031.json", "02/invoice-04032.json", "02/invoice-04033.json", "02/invoice-04034.json",
		"02/invoice-04035.json", "02/invoice-04036.json", "02/invoice-04037.json", "02/invoice-04038.json", "02/invoice-04039.json")
	s.Keys("esc").Want("18 keys")
}

func TestSomeOfManyFail(t *testing.T) {
	protected := demo.Denied
	protected.When = func(in any) bool {
		d, ok := in.(*sdk.DeleteObjectInput)
		return ok && *d.Key == "02/invoice-04029.json"
	}
	s := at(t, "s3://invoices-2026/02/", func(_ *awsclient.Options, a *demo.Account) { a.Fail("s3:DeleteObject", protected) })
	s.Keys("j", "space", "space", "space", "D").Type("3").Keys("enter")
	s.Keys("t").Want("partial").Keys("enter").Want("invoice-04029.json", "s3:DeleteObject").Lack("invoice-04030.json")
}

func TestAPrefixIsNotDeletedAsAnObject(t *testing.T) {
	s := at(t, "s3://datalake/").on("raw")
	s.Keys("D").Want("mark the objects inside it instead").Type("raw/").Keys("enter")
	s.wantDeleted()
	s = at(t, "s3://datalake/exports/2026/")
	s.Keys("D").Want("type  ./").Type("./").Keys("enter")
	s.wantDeleted("exports/2026/")
}

func TestDeleteTheKeyItself(t *testing.T) {
	for find, key := range map[string]string{
		"bytes.txt": "control\x01\x02bytes.txt", "red.txt": "escape\x1b[2J\x1b[31mred.txt", "invalid": "invalid-\xff\xfe.txt",
	} {
		s := at(t, "s3://oddities/").on(find)
		s.Keys("space", "D").Paste(confirmation(key)).Keys("enter")
		s.wantDeleted(key)
	}
}

// confirmation is how the question writes a key that cannot be typed.
func confirmation(key string) string {
	return map[string]string{
		"control\x01\x02bytes.txt": `control\x01\x02bytes.txt`, "escape\x1b[2J\x1b[31mred.txt": `escape\x1b[2J\x1b[31mred.txt`,
		"invalid-\xff\xfe.txt": `invalid-\xff\xfe.txt`,
	}[key]
}

func TestWhatWasReplacedSinceItWasListedIsNotDeleted(t *testing.T) {
	s := at(t, "s3://datalake/config/")
	s.put("datalake", "config/pipeline.yaml", "newer")
	s.Keys("D").Type("pipeline.yaml").Keys("enter").Want("replaced since it was listed, and not deleted")
	if s.holds("datalake", "config/pipeline.yaml") != "newer" {
		t.Error("it was deleted")
	}
	s.Keys("r", "D").Type("pipeline.yaml").Keys("enter").Want("there is nothing below config/")
}

func TestTheWarningIsReadOnTheSmallestScreen(t *testing.T) {
	sized(t, "s3://ml-models/samples/", 40, 8).Keys("D").Want("permanent: this bucket keeps no", "type  archive.log.gz")
}
