package s3_test

import (
	"os"
	"path/filepath"
	"testing"

	"straws/awsclient"
	"straws/awsclient/demo"
)

// home gives a screen a place on disk.
func home(dir string) func(*awsclient.Options, *demo.Account) {
	return func(o *awsclient.Options, _ *demo.Account) { o.StateDir, o.Profile = dir, "prod" }
}

func TestVisitsAndBookmarksAreFoundAgain(t *testing.T) {
	dir := t.TempDir()
	s := at(t, "s3://datalake/raw/", home(dir))
	s.on("2026").Keys("enter").Want("part-00000").Keys("B").Want("bookmark s3://datalake/raw/2026/")
	s.Keys("b").Want("raw/ › 2026/ › places", "★ bookmark", "s3://datalake/raw/2026/", "visited", "s3://datalake/raw/ ")

	s = at(t, "s3", home(dir))
	s.Keys("b").Want("★ bookmark", "2 places").Keys("/").Type("datalake raw").Keys("enter").Want("2 match")
	s.Keys("esc", "g", "enter").Want("S3 › datalake › raw/ › 2026/", "part-00000")
	s.Keys("b")
	s.on("bookmark").Keys("x").Want("forget")
	s.Keys("esc").Lack("★")
}

func TestPlacesOfTheDemoAccountAreNotWritten(t *testing.T) {
	s := at(t, "s3://datalake/raw/")
	s.Keys("B", "b").Want("★ bookmark", "s3://datalake/raw/")
}

func TestADamagedFileOfPlacesIsSaid(t *testing.T) {
	dir := t.TempDir()
	if err := os.MkdirAll(filepath.Join(dir, "places"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "places", "prod.json"), []byte("{"), 0o600); err != nil {
		t.Fatal(err)
	}
	s := at(t, "s3://datalake/raw/", home(dir))
	s.Want("2026/").Keys("B").Want("is damaged")
	s.Keys("b").Want("prod.json is damaged", "mend")
}

func TestAddressesOfTheWeb(t *testing.T) {
	for _, address := range []string{
		"https://datalake.s3.eu-west-1.amazonaws.com/config/pipeline.yaml",
		"https://datalake.s3.amazonaws.com/config/pipeline.yaml?X-Amz-Signature=abc",
		"https://s3.eu-west-1.amazonaws.com/datalake/config/pipeline.yaml",
		"https://s3.dualstack.eu-west-1.amazonaws.com/datalake/config/pipeline.yaml",
		"https://eu-west-1.console.aws.amazon.com/s3/object/datalake?region=eu-west-1&prefix=config/pipeline.yaml",
	} {
		t.Run(address, func(t *testing.T) { at(t, address).Want("datalake › config/ › pipeline.yaml", "retries: 3") })
	}
	at(t, "https://s3.console.aws.amazon.com/s3/buckets/datalake?region=eu-west-1&prefix=raw/2026/&showversions=false").Want("raw/ › 2026/", "part-00000")
	at(t, "https://eu-west-1.console.aws.amazon.com/s3/buckets/datalake?tab=objects").Want("S3 › datalake ", "README.md")
}
