package s3_test

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"straws/awsclient"
	"straws/awsclient/demo"
	"straws/awsclient/s3"

	sdk "github.com/aws/aws-sdk-go-v2/service/s3"
)

// told writes versions as people would: newest first, each with what it is.
func told(rows []s3.Version) []string {
	var out []string
	for _, v := range rows {
		word := v.Key
		switch {
		case v.Prefix():
		case v.Marker:
			word += " marker"
		default:
			word += fmt.Sprintf(" %d", v.Size)
		}
		if v.Latest {
			word += " latest"
		}
		out = append(out, word)
	}
	return out
}

func TestTheVersionsOfALevel(t *testing.T) {
	_, s := open(t)
	rows, _ := all(t, s3.Versions(s, "datalake-versioned", "reports/"))
	want := []string{
		"reports/back.md 23 latest", "reports/back.md marker", "reports/back.md 13",
		"reports/draft.md marker latest", "reports/draft.md 8",
	}
	if got := told(rows); !slices.Equal(got[:5], want) {
		t.Errorf("got %q, want %q", got[:5], want)
	}
	rows, _ = all(t, s3.Versions(s, "datalake-versioned", ""))
	if got, want := told(rows), []string{"config/", "contracts/", "reports/", "snapshots/"}; !slices.Equal(got, want) {
		t.Errorf("the top has %q, want %q", got, want)
	}
}

func TestVersionsOfExactlyOneKey(t *testing.T) {
	a, s := open(t)
	rows, pages := all(t, s3.VersionsOf(s, "datalake-versioned", "reports/back.md"))
	if got, want := told(rows), []string{"reports/back.md 23 latest", "reports/back.md marker", "reports/back.md 13"}; !slices.Equal(got, want) || pages != 1 {
		t.Errorf("got %q on %d pages", got, pages)
	}
	if rows, _ := all(t, s3.VersionsOf(s, "datalake-versioned", "reports/back")); len(rows) != 0 {
		t.Errorf("a key that nothing is stored under has %q", told(rows))
	}
	before := len(a.Calls("s3:ListObjectVersions"))
	if rows, _ := all(t, s3.VersionsOf(s, "big-million", "events/part-000000")); len(rows) != 0 {
		t.Errorf("got %q", told(rows))
	}
	if n := len(a.Calls("s3:ListObjectVersions")) - before; n != 1 {
		t.Errorf("%d pages of keys that only begin with it were read", n)
	}
}

func TestEveryOddKeyHasItsVersion(t *testing.T) {
	_, s := open(t)
	rows, _ := all(t, s3.List(s, "oddities", ""))
	for _, e := range rows {
		if e.Prefix() {
			continue
		}
		versions, _ := all(t, s3.VersionsOf(s, "oddities", e.Key))
		if len(versions) != 1 || versions[0].Key != e.Key || versions[0].ID != "null" || !versions[0].Latest {
			t.Errorf("%q has %q", e.Key, told(versions))
		}
	}
}

const versionsPage = `<?xml version="1.0" encoding="UTF-8"?>
<ListVersionsResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/">%s<Name>b</Name>%s</ListVersionsResult>`

func versionXML(key, id, latest, at string) string {
	return fmt.Sprintf("<Version><Key>%s</Key><VersionId>%s</VersionId><IsLatest>%s</IsLatest><LastModified>%s</LastModified><Size>1</Size></Version>", key, id, latest, at)
}

func markerXML(key, id, latest, at string) string {
	return strings.ReplaceAll(strings.Replace(versionXML(key, id, latest, at), "<Size>1</Size>", "", 1), "Version>", "DeleteMarker>")
}

// TestPagesOfVersions asks a server for three pages: the markers have to come
// back decoded, or versions are skipped.
func TestPagesOfVersions(t *testing.T) {
	const early, late = "2026-01-01T00:00:00.000Z", "2026-01-02T00:00:00.000Z"
	for _, encodes := range []bool{true, false} {
		t.Run(fmt.Sprint("encodes ", encodes), func(t *testing.T) {
			key, wire, mark := "a b/1+%2F", "a+b%2F1%2B%252F", "<EncodingType>url</EncodingType>"
			if !encodes {
				wire, mark = key, ""
			}
			var asked []string
			s := server(t, func(w http.ResponseWriter, r *http.Request) {
				q := r.URL.Query()
				asked = append(asked, q.Get("key-marker")+" "+q.Get("version-id-marker"))
				next := func(id string) string {
					return "<IsTruncated>true</IsTruncated><NextKeyMarker>" + wire + "</NextKeyMarker><NextVersionIdMarker>" + id + "</NextVersionIdMarker>"
				}
				switch len(asked) {
				case 1:
					fmt.Fprintf(w, versionsPage, mark, next("v3")+markerXML(wire, "m4", "true", late)+versionXML(wire, "v3", "false", late))
				case 2: // a server that begins with the version of the marker
					fmt.Fprintf(w, versionsPage, mark, next("v2")+versionXML(wire, "v3", "false", late)+versionXML(wire, "v2", "false", early))
				default:
					fmt.Fprintf(w, versionsPage, mark, "<IsTruncated>false</IsTruncated>"+markerXML(wire, "m1", "false", early)+versionXML(wire+"2", "v9", "true", early))
				}
			})
			rows, pages := all(t, s3.VersionsOf(s, "bucket", key))
			var ids []string
			for _, v := range rows {
				ids = append(ids, v.ID)
			}
			if want := []string{"m4", "v3", "v2", "m1"}; !slices.Equal(ids, want) || pages != 3 {
				t.Errorf("got %q on %d pages, want %q", ids, pages, want)
			}
			if want := []string{" ", key + " v3", key + " v2"}; !slices.Equal(asked, want) {
				t.Errorf("asked for %q, want %q", asked, want)
			}
		})
	}
}

func TestAServerThatGoesRoundInCircles(t *testing.T) {
	s := server(t, func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprintf(w, versionsPage, "", "<IsTruncated>true</IsTruncated><NextKeyMarker>k</NextKeyMarker><NextVersionIdMarker>1</NextVersionIdMarker>"+
			versionXML("k", "1", "true", "2026-01-01T00:00:00.000Z"))
	})
	list := s3.Versions(s, "bucket", "")
	if _, _, err := list(t.Context()); err != nil {
		t.Fatal(err)
	}
	if _, _, err := list(t.Context()); err == nil || !strings.Contains(err.Error(), "not where it begins") {
		t.Errorf("the second page: %v", err)
	}
}

func TestUndelete(t *testing.T) {
	a, s := open(t)
	o := s3.Object{Bucket: "datalake-versioned", Key: "reports/draft.md"}
	for range 2 { // deleted twice more, it has three markers
		if err := s3.Delete(t.Context(), s, o, ""); err != nil {
			t.Fatal(err)
		}
	}
	before := len(a.Calls("s3:DeleteObject"))
	if err := s3.Undelete(t.Context(), s, o.Bucket, o.Key); err != nil {
		t.Fatal(err)
	}
	for _, c := range a.Calls("s3:DeleteObject")[before:] {
		if in := c.Input.(*sdk.DeleteObjectInput); in.VersionId == nil {
			t.Error("something was deleted that was not one marker")
		}
	}
	rows, _ := all(t, s3.VersionsOf(s, o.Bucket, o.Key))
	if got := told(rows); !slices.Equal(got, []string{"reports/draft.md 8 latest"}) {
		t.Errorf("left: %q", got)
	}
	for key, want := range map[string]string{"reports/draft.md": "it is not deleted", "reports/never.md": "no version of it left"} {
		if err := s3.Undelete(t.Context(), s, o.Bucket, key); err == nil || !strings.Contains(awsclient.Classify(err).Error(), want) {
			t.Errorf("%s: %v", key, err)
		}
	}
}

func TestUndeleteKeepsTheMarkersOfWhatIsGone(t *testing.T) {
	a, s := open(t)
	o := s3.Object{Bucket: "datalake-versioned", Key: "reports/draft.md"}
	rows, _ := all(t, s3.VersionsOf(s, o.Bucket, o.Key))
	if err := s3.DeleteVersion(t.Context(), s, rows[1].Object(o.Bucket)); err != nil {
		t.Fatal(err)
	}
	before := len(a.Calls("s3:DeleteObject"))
	if err := s3.Undelete(t.Context(), s, o.Bucket, o.Key); err == nil || !strings.Contains(err.Error(), "no version left") {
		t.Errorf("got %v", err)
	}
	if n := len(a.Calls("s3:DeleteObject")) - before; n != 0 {
		t.Errorf("%d deletes were sent", n)
	}
}

func TestLockedVersionsSayWhatKeepsThem(t *testing.T) {
	_, s := open(t)
	for key, want := range map[string]string{
		"contracts/lease.txt":  "compliance mode keeps this version until 2036-01-01",
		"contracts/supply.txt": "s3:BypassGovernanceRetention",
		"contracts/merger.txt": "a legal hold keeps this version",
	} {
		rows, _ := all(t, s3.VersionsOf(s, "datalake-versioned", key))
		err := s3.DeleteVersion(t.Context(), s, rows[0].Object("datalake-versioned"))
		if err == nil || !strings.Contains(awsclient.Classify(err).Error(), want) {
			t.Errorf("%s: %v", key, err)
		}
	}
}

func TestRefusalsOfADeletionWithoutACodeOfTheirOwn(t *testing.T) {
	for message, want := range map[string]string{
		"Access Denied because object protected by object lock.":                        "you are not allowed to know until when",
		"Mfa Authentication must be used for this request":                              "this bucket has MFA delete",
		"User: ada is not authorized to perform: s3:DeleteObjectVersion on resource: x": "not allowed: s3:DeleteObjectVersion on x",
	} {
		a, s := open(t)
		a.Fail("s3:DeleteObject", demo.Fault{Code: "AccessDenied", Message: message, Status: 403})
		a.Fail("s3:HeadObject", demo.Denied)
		err := s3.DeleteVersion(t.Context(), s, s3.Object{Bucket: "datalake-versioned", Key: "config/limits.json", Version: "x"})
		if got := awsclient.Classify(err).Error(); !strings.Contains(got, want) {
			t.Errorf("%s: %s", message, got)
		}
	}
}

func TestADeniedDeleteOfAVersionStaysDenied(t *testing.T) {
	a, s := open(t)
	rows, _ := all(t, s3.VersionsOf(s, "datalake-versioned", "config/limits.json"))
	a.Fail("s3:DeleteObject", demo.Denied)
	err := s3.DeleteVersion(t.Context(), s, rows[1].Object("datalake-versioned"))
	if got := awsclient.Classify(err).Error(); !strings.Contains(got, "not allowed: s3:DeleteObjectVersion") {
		t.Errorf("got %s", got)
	}
}
