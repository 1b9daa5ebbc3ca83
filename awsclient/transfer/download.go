package transfer

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"iter"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"straws/awsclient"
	"straws/awsclient/s3"
)

// fetch is one object to be downloaded.
type fetch struct {
	key, version string
	path         string // below the folder, with slashes
	tag          string // that the object must still have; "" when it is not known
	size         int64
	modified     time.Time
	folder       bool // the marker of a folder
	exists       bool // when the plan was made
}

// downloads is the work of a download.
type downloads struct {
	bucket, into string
	files        []fetch
	renames      map[int]Rename
}

func (d *downloads) count() int { return len(d.files) }

func (d *downloads) item(i int) Item {
	f := &d.files[i]
	if f.version == "" {
		return Item{ID: f.key, Name: f.key, Key: f.key, Size: f.size}
	}
	return Item{ID: f.key + "\x00" + f.version, Name: f.key + " (version " + f.version + ")", Key: f.key, Size: f.size}
}

func (d *downloads) large(i int) bool { return d.files[i].size > wholeLimit }

func (d *downloads) only(keep func(Item) bool) (work, Summary) {
	n := &downloads{bucket: d.bucket, into: d.into, renames: map[int]Rename{}}
	for _, i := range items(d, keep) {
		if r, ok := d.renames[i]; ok {
			n.renames[len(n.files)] = r
		}
		n.files = append(n.files, d.files[i])
	}
	return n, n.summary()
}

func (d *downloads) summary() Summary {
	sum := Summary{Files: len(d.files)}
	for i := range d.files {
		sum.Bytes += d.files[i].size
		if d.files[i].exists {
			sum.Existing++
		}
		if r, ok := d.renames[i]; ok {
			sum.Renames = append(sum.Renames, r)
		}
	}
	return sum
}

// listing gathers what is to be downloaded.
type listing struct {
	session *awsclient.Session
	d       Download
	files   []fetch
	seen    map[string]bool // keys with version that several of the items name
	refused []Refused
	sum     Summary
	live    func(Summary)
}

func planDownload(ctx context.Context, s *awsclient.Session, d Download, live func(Summary)) (*Plan, error) {
	if live == nil {
		live = func(Summary) {}
	}
	into, err := filepath.Abs(d.Into)
	if err != nil {
		return nil, fmt.Errorf("find the folder %s: %w", d.Into, err)
	}
	l := &listing{session: s, d: d, live: live, seen: map[string]bool{}, sum: Summary{Free: freeBytes(into)}}
	for _, e := range d.Items {
		if err := l.take(ctx, e); err != nil {
			return nil, err
		}
	}
	for _, o := range d.Objects {
		if err := l.look(ctx, o); err != nil {
			return nil, err
		}
	}
	slices.SortStableFunc(l.files, func(a, b fetch) int { return cmp.Or(cmp.Compare(a.key, b.key), cmp.Compare(a.version, b.version)) })
	w := &downloads{bucket: d.Bucket, into: into, files: l.files}
	w.assign(d.Base)
	if err := w.compare(ctx); err != nil {
		return nil, err
	}
	sum := w.summary()
	sum.Archived, sum.Refused, sum.Free, sum.Settled = l.sum.Archived, l.refused, l.sum.Free, true
	live(sum)
	return &Plan{Summary: sum, session: s, work: w}, nil
}

// take adds an object, or everything below a prefix.
func (l *listing) take(ctx context.Context, e s3.Entry) error {
	if !e.Prefix() {
		l.add(e)
		l.live(l.sum)
		return nil
	}
	walk := s3.NewWalk(l.session, l.d.Bucket, e.Key)
	for {
		page, more, err := walk.Next(ctx)
		for _, o := range page {
			l.add(o)
		}
		l.live(l.sum)
		if err != nil || !more {
			return err
		}
	}
}

func (l *listing) add(e s3.Entry) {
	switch {
	case len(l.d.Items)+len(l.d.Objects) > 1 && l.seen[e.Key]:
		return
	case e.Archived():
		l.archived(e.Key)
		return
	case e.Key == l.d.Base && e.Size == 0:
		return // the marker of the folder itself
	}
	if len(l.d.Items)+len(l.d.Objects) > 1 {
		l.seen[e.Key] = true
	}
	l.append(fetch{key: e.Key, tag: e.ETag(), size: e.Size, modified: e.Modified()})
}

func (l *listing) append(f fetch) {
	l.files = append(l.files, f)
	l.sum.Files++
	l.sum.Bytes += f.size
}

func (l *listing) archived(name string) {
	l.refused = append(l.refused, Refused{name, s3.ErrArchived})
	l.sum.Archived++
}

// look asks for the facts of an object that comes from no listing. One that
// cannot be read is refused by itself.
func (l *listing) look(ctx context.Context, o s3.Object) error {
	id := o.Key + "\x00" + o.Version
	if o.Version == "" {
		id = o.Key
	}
	if l.seen[id] {
		return nil
	}
	l.seen[id] = true
	st, err := s3.Look(ctx, l.session, o, "")
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case err != nil:
		l.refused = append(l.refused, Refused{o.Key, err})
	default:
		l.append(fetch{key: o.Key, version: o.Version, tag: st.ETag, size: st.Size, modified: st.Modified})
	}
	l.live(l.sum)
	return nil
}

// assign gives every file its place.
func (d *downloads) assign(base string) {
	d.renames = map[int]Rename{}
	p := newPaths(d.keys(base))
	for i := range d.files {
		f := &d.files[i]
		rel, why := relative(f.key, base), ""
		f.path, why, f.folder = p.place(rel, f.key+"\x00"+f.version, f.size == 0)
		if why != "" {
			d.renames[i] = Rename{From: f.key, To: f.path, Why: why}
		}
	}
}

func (d *downloads) keys(base string) iter.Seq[string] {
	return func(yield func(string) bool) {
		for i := range d.files {
			if !yield(relative(d.files[i].key, base)) {
				return
			}
		}
	}
}

// relative is the key behind the base. What is not below it keeps its whole key.
func relative(key, base string) string { return strings.TrimPrefix(key, base) }

// compare finds out which places are taken already.
func (d *downloads) compare(ctx context.Context) error {
	t, err := openExisting(d.into)
	if t == nil {
		return err
	}
	defer t.Close() //nolint:errcheck // nothing was written
	for i := range d.files {
		if i%1000 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		f := &d.files[i]
		f.exists = !f.folder && t.exists(f.path)
	}
	return nil
}

// errRange is returned when a server sends something else than was asked for.
var errRange = errors.New("the server did not send the range that was asked for")
