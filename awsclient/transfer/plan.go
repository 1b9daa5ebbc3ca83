// Package transfer moves files between S3 and this machine: it plans what goes
// where before the first byte, then moves many at once, verified, without ever
// leaving half a file under a final name.
package transfer

import (
	"context"
	"errors"

	"straws/awsclient"
	"straws/awsclient/s3"
)

// Existing is what becomes of a file whose target exists already.
type Existing int

// Nothing is overwritten unless Overwrite is asked for.
const (
	Skip      Existing = iota // leave the target as it is
	KeepBoth                  // put the new one beside it, as "name (2).ext"
	Overwrite                 // replace the target once the new one is whole
)

// Download is what to fetch, and where to.
type Download struct {
	Bucket  string
	Base    string      // prefix that is cut off the keys to make their paths
	Items   []s3.Entry  // objects, and prefixes of which everything below is fetched
	Objects []s3.Object // objects or versions that are named and not listed: each costs a HeadObject
	Into    string      // local folder; it is made when it is missing
}

// Upload is what to put, and where to.
type Upload struct {
	Bucket string
	Prefix string   // goes before the names; "" or ends with a slash
	Paths  []string // local files, and folders of which everything below is put under the folder's own name
}

// Item is one file of a plan.
type Item struct {
	ID   string // what Only finds it by; unique in the plan
	Name string // the key as S3 has it (and its version), or the local path
	Key  string // of the object: where it comes from, or where the plan puts it
	Size int64  // bytes
}

// Rename is a key that gets a path of another name, or a path whose name is
// changed on the way into a key.
type Rename struct {
	From, To string // key and path below the folder, or path and key
	Why      string // "the name has a control character"
}

// Refused is something that the plan leaves out, with the reason.
type Refused struct {
	Name string
	Err  error
}

// Summary is what a plan would do. It is safe to keep: nothing changes it.
type Summary struct {
	Files    int   // that are to be moved
	Bytes    int64 // of those files
	Existing int   // files whose target exists; what the run does with them is its Existing
	// ExistingUnknown is set for an upload whose target is too large to be listed
	// first: existing keys are then found as each is written, and never overwritten.
	ExistingUnknown bool
	Archived        int       // objects that have to be restored first; they are not among Files
	Renames         []Rename  // of those that are to be moved
	Refused         []Refused // archived objects, special files, links out of the tree, unreadable folders
	Free            int64     // bytes free where the files go; -1 when not known, and for uploads
	Settled         bool      // all has been counted
}

// Short reports whether the files do not fit on the target's file system, and
// by how many bytes.
func (s Summary) Short() (missing int64, short bool) {
	return s.Bytes - s.Free, s.Free >= 0 && s.Bytes > s.Free
}

// Plan is a settled list of files and their targets. It may be run again: what
// an earlier run finished then exists, and what it left half done is resumed.
type Plan struct {
	Summary

	session *awsclient.Session
	work    work
}

// Watch is told how a run goes, by many goroutines at once; what is nil is not
// called. The functions must return at once.
type Watch struct {
	Bytes  func(n int64)                 // so many more are moved; negative when a piece has to be moved again
	Done   func(item Item, how Outcome)  // the file is in place, or was left alone
	Failed func(item Item, reason error) // the file is not in place; the run goes on
	Note   func(text string)             // what the run is at: "waiting: S3 asks to slow down"
}

// Outcome is how one file ended.
type Outcome struct {
	Bytes    int64
	Skipped  bool   // its target exists, and was left as it is
	Path     string // where it went, when that is not where the plan put it: "name (2).ext"
	Resumed  int64  // bytes that an earlier run had fetched
	Verified string // the checksum that was compared: "CRC64NVME", "MD5", or "" for the length alone
}

// Result counts a run.
type Result struct {
	Moved, Skipped, Failed int
	Left                   int   // files the run did not come to, because it ended early
	Bytes                  int64 // of the files moved
	Resumable              int   // large files that the next run of the plan goes on with
	Checked                int   // files whose content was compared by a checksum of S3's
}

// ErrNothing is returned by a plan that has nothing to move.
var ErrNothing = errors.New("there is nothing to move")

// PlanDownload lists what is to be fetched (ListObjectsV2, without levels, for
// prefixes), gives every key a safe path below the folder, and looks at what is
// there already. It writes nothing. Live, if not nil, is told the counts after
// every page.
func PlanDownload(ctx context.Context, s *awsclient.Session, d Download, live func(Summary)) (*Plan, error) {
	return planDownload(ctx, s, d, live)
}

// PlanUpload walks the local folders, gives every file a key, and looks for
// keys that exist (ListObjectsV2 below the prefix, a few pages at most). Live,
// if not nil, is told the counts as they grow.
func PlanUpload(ctx context.Context, s *awsclient.Session, u Upload, live func(Summary)) (*Plan, error) {
	return planUpload(ctx, s, u, live)
}

// Only is the plan of the items that have one of the ids: a retry of what failed.
func (p *Plan) Only(ids []string) *Plan { return p.only(ids) }

// Run moves the files. A file that fails is told to the Watch and the rest goes
// on; the error is of what ends the run: ctx, a full disk, a folder that is
// gone or cannot be written. Cancelled, it returns within a second.
func (p *Plan) Run(ctx context.Context, existing Existing, w Watch) (Result, error) {
	return p.run(ctx, existing, w)
}
