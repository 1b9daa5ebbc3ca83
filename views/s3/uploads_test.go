package s3_test

import (
	"testing"

	"straws/awsclient"
	"straws/awsclient/demo"

	sdk "github.com/aws/aws-sdk-go-v2/service/s3"
)

// aborted counts what AWS was asked to abort.
func (s screen) wantAborted(keys ...string) {
	s.t.Helper()
	calls := s.account.Calls("s3:AbortMultipartUpload")
	if len(calls) != len(keys) {
		s.t.Fatalf("AWS was asked to abort %d uploads, want %d", len(calls), len(keys))
	}
	for i, c := range calls {
		if key := *c.Input.(*sdk.AbortMultipartUploadInput).Key; key != keys[i] {
			s.t.Errorf("aborted %s, want %s", key, keys[i])
		}
	}
}

func TestOpenUploadsWithTheirSizes(t *testing.T) {
	s := at(t, "s3://datalake/")
	s.Keys("I").Want("3 open uploads · 281.0 MB stored and paid for", "raw/2026/part-00012.parquet", "213.9 MB", "67.1 MB", "tmp/export.csv", "Nov 19", "Mar  2")
	s = at(t, "s3://datalake/raw/2026/")
	s.Keys("I").Want("2 open uploads", "▸ part-00012.parquet").Lack("export.csv")
	s = at(t, "s3://empty-bucket/")
	s.Keys("I").Want("no upload is open below s3://empty-bucket/")
	s = at(t, "s3://acme-backups/postgres/")
	s.Keys("I").Want("2 open uploads · 2.1 GB")
}

func TestAbortAnUpload(t *testing.T) {
	s := at(t, "s3://datalake/raw/2026/")
	s.Keys("I", "D").Want("Abort open upload", "213.9 MB that were sent are gone for good", "needs s3:AbortMultipartUpload", "type  part-00012.parquet")
	s.Type("part-00012.parquet").Keys("enter").Want("1 open upload · 67.1 MB").Lack("213.9 MB")
	s.wantAborted("raw/2026/part-00012.parquet")
}

func TestDoNotAbort(t *testing.T) {
	s := at(t, "s3://datalake/raw/2026/")
	s.Keys("I", "D", "y", "enter").Want("that is not it").Keys("esc").Want("nothing was done")
	s.wantAborted()
}

func TestAbortIsDenied(t *testing.T) {
	s := at(t, "s3://datalake/raw/2026/", func(_ *awsclient.Options, a *demo.Account) { a.Fail("s3:AbortMultipartUpload", demo.Denied) })
	s.Keys("I", "D").Type("part-00012.parquet").Keys("enter").Want("not allowed: s3:AbortMultipartUpload", "213.9 MB")
}

func TestAbortInAReadOnlySession(t *testing.T) {
	s := at(t, "s3://datalake/raw/2026/", func(o *awsclient.Options, _ *demo.Account) { o.ReadOnly = true })
	s.Keys("I").Want("2 open uploads").Keys("D").Want("read-only")
	s.wantAborted()
}

func TestSizesThatOneMustNotKnow(t *testing.T) {
	s := at(t, "s3://datalake/", func(_ *awsclient.Options, a *demo.Account) { a.Fail("s3:ListParts", demo.Denied) })
	s.Keys("I").Want("tmp/export.csv", "?", "some sizes are not known: not allowed: s3:ListMultipartUploadParts")
	s = at(t, "s3://datalake/", func(_ *awsclient.Options, a *demo.Account) { a.Fail("s3:ListMultipartUploads", demo.Denied) })
	s.Keys("I").Want("not allowed: s3:ListBucketMultipartUploads")
}

func TestCommandsOfUploads(t *testing.T) {
	s := at(t, "s3://datalake/raw/2026/")
	s.Keys("I", "y").Want("command: Abort", "aws s3api abort-multipart-upload --bucket datalake --key raw/2026/part-00012.parquet --upload-id",
		"aws s3api list-multipart-uploads --bucket datalake --prefix raw/2026/", "aws s3api list-parts")
}
