package transfer

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"path/filepath"

	"straws/awsclient"
	"straws/awsclient/s3"
)

// record says what an unfinished file is of, and which pieces it has. It lies
// beside the file.
type record struct {
	Bucket  string `json:"bucket"`
	Key     []byte `json:"key"` // base64: keys need not be UTF-8
	Version string `json:"version,omitempty"`
	ETag    string `json:"etag"`
	Size    int64  `json:"size"`
	Piece   int64  `json:"piece"` // bytes of each but the last
	Done    []byte `json:"done"`  // a bit for each piece
}

func (r *record) count() int { return int((r.Size + r.Piece - 1) / r.Piece) }

func (r *record) span(n int) (from, size int64) {
	from = int64(n) * r.Piece
	return from, min(r.Piece, r.Size-from)
}

func (r *record) has(n int) bool { return r.Done[n/8]&(1<<(n%8)) != 0 }

func (r *record) set(n int) { r.Done[n/8] |= 1 << (n % 8) }

func (r *record) bytes() int64 {
	var sum int64
	for n := range r.count() {
		if r.has(n) {
			_, size := r.span(n)
			sum += size
		}
	}
	return sum
}

// fits reports whether what was fetched is of the same state of the same object.
func (r *record) fits(o *record) bool {
	return r.Bucket == o.Bucket && string(r.Key) == string(o.Key) && r.Version == o.Version && r.ETag == o.ETag && r.ETag != "" &&
		r.Size == o.Size && r.Piece == o.Piece && len(r.Done) == len(o.Done)
}

// recordName is where the record of an unfinished file is.
func recordName(temp string) string { return temp + ".json" }

// partName is the hidden file, beside its place, that runs of the same object
// share.
func partName(bucket string, f *fetch) string {
	return hidden(path.Base(f.path), marked("", bucket+"\x00"+f.key+"\x00"+f.version)[1:])
}

// unfinished opens what an earlier run left of the object, or a new file.
func (x *fetching) unfinished(f *fetch, dir *folder, st s3.Stat) (*growing, error) {
	piece := pieceSize(st.Size)
	g := &growing{fetching: x, f: f, dir: dir, stat: st, crcs: map[int]uint64{}, record: record{
		Bucket: x.bucket, Key: []byte(f.key), Version: f.version, ETag: st.ETag, Size: st.Size, Piece: piece,
	}}
	g.record.Done = make([]byte, (g.record.count()+7)/8)
	g.name = partName(x.bucket, f)
	g.claim = filepath.Join(x.into, filepath.FromSlash(dir.path), g.name)
	if !x.limits.claim(g.claim) {
		g.claim, g.stray = "", true
		return g, g.create(unique())
	}
	if old, ok := readRecord(dir.Root, g.name); ok && old.fits(&g.record) {
		file, err := dir.OpenFile(g.name, os.O_RDWR, 0)
		if err == nil && long(file, st.Size) {
			g.file, g.record = file, old
			return g, nil
		}
		if err == nil {
			_ = file.Close() // only looked at
		}
	}
	g.remove()
	err := g.create("")
	if err != nil {
		x.limits.release(g.claim)
	}
	return g, err
}

// long reports whether the file has so many bytes: one that is shorter has lost
// some of what its record tells of.
func long(file *os.File, size int64) bool {
	info, err := file.Stat()
	return err == nil && info.Mode().IsRegular() && info.Size() == size
}

// create makes the hidden file, as long as it will be.
func (g *growing) create(mark string) (err error) {
	if g.stray {
		g.file, g.name, err = g.dir.create(path.Base(g.f.path), mark)
	} else {
		g.file, err = g.dir.OpenFile(g.name, os.O_CREATE|os.O_EXCL|os.O_RDWR, 0o600)
	}
	if err != nil {
		return fmt.Errorf("make a file beside %s: %w", g.f.path, err)
	}
	if err := g.file.Truncate(g.stat.Size); err != nil {
		_ = errors.Join(g.file.Close(), g.dir.Remove(g.name)) // a hidden file is all that can stay
		return fmt.Errorf("make room for %s: %w", g.f.path, err)
	}
	return nil
}

// readRecord reads what is known of an unfinished file.
func readRecord(dir *os.Root, temp string) (record, bool) {
	f, err := dir.Open(filepath.FromSlash(recordName(temp)))
	if err != nil {
		return record{}, false
	}
	defer f.Close() //nolint:errcheck // only read
	const largest = 64 << 10
	data, err := io.ReadAll(io.LimitReader(f, largest))
	var r record
	if err != nil || json.Unmarshal(data, &r) != nil || r.Piece <= 0 || r.Size <= 0 || r.count() > 8*len(r.Done) {
		return record{}, false
	}
	return r, true
}

// note writes the record down. What it tells of is on the disk before.
func (g *growing) note() error {
	if g.stray || g.record.ETag == "" {
		return nil
	}
	g.mu.Lock()
	data, err := json.Marshal(g.record)
	g.mu.Unlock()
	if err != nil {
		return fmt.Errorf("write down what is fetched of %s: %w", g.f.path, err)
	}
	if err := g.file.Sync(); err != nil {
		return fmt.Errorf("write %s to the disk: %w", g.f.path, err)
	}
	name := recordName(g.name)
	f, err := g.dir.OpenFile(name+"~", os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		return fmt.Errorf("write down what is fetched of %s: %w", g.f.path, err)
	}
	_, err = f.Write(data)
	if err = errors.Join(err, f.Close()); err == nil {
		err = g.dir.Rename(name+"~", name)
	}
	if err != nil {
		return fmt.Errorf("write down what is fetched of %s: %w", g.f.path, err)
	}
	return nil
}

// forget removes the record.
func (g *growing) forget() {
	_ = g.dir.Remove(recordName(g.name)) // most files have none
}

// keep decides what becomes of a file that could not be finished: it stays when
// a later run can go on with it. The pieces' goroutines have ended.
func (g *growing) keep(err error) (kept bool) {
	var e *awsclient.Error
	errors.As(awsclient.Classify(err), &e)
	lost := g.have() == 0 || g.stray || e != nil && (e.Kind == awsclient.Conflict || e.Kind == awsclient.NotFound)
	if !lost || errors.Is(err, context.Canceled) && g.have() > 0 && !g.stray {
		if g.note() == nil {
			g.resumable.Add(1)
			return true
		}
	}
	g.remove()
	return false
}

// fetched is what an earlier run left of a file, as far as the disk tells.
func (d *downloads) fetched(i int) int64 {
	if !d.large(i) {
		return 0
	}
	t, err := openExisting(d.into)
	if err != nil || t == nil {
		return 0
	}
	defer t.Close() //nolint:errcheck // only read
	if r, ok := readRecord(t.Root, path.Join(path.Dir(d.files[i].path), partName(d.bucket, &d.files[i]))); ok && r.ETag == d.files[i].tag {
		return r.bytes()
	}
	return 0
}
