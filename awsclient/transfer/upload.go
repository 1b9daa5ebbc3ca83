package transfer

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"unicode/utf8"

	"straws/awsclient"
	"straws/awsclient/s3"
)

const (
	longestKey   = 1024 // bytes
	cheapPages   = 20   // of listings that look for keys that exist
	alonePrefix  = 10   // local paths that are looked for one by one; of more, their prefix is listed
	toldAfter    = 500  // files, until the counts are told again
	singlePut    = 16 << 20
	inMemory     = 256 << 10 // bytes of a file that many workers may hold at once
	smallestPart = 8 << 20
)

// put is one file to be uploaded.
type put struct {
	root   int    // index in uploads.roots
	name   string // below the root, in the system's own form
	key    string
	size   int64
	exists bool // when the plan was made
}

// uploads is the work of an upload.
type uploads struct {
	bucket string
	roots  []string // folders that the files are opened below: no link leads out
	files  []put

	unlisted bool // the bucket was not looked at for keys that exist
}

func (u *uploads) count() int { return len(u.files) }

func (u *uploads) item(i int) Item {
	p := filepath.Join(u.roots[u.files[i].root], u.files[i].name)
	return Item{ID: p, Name: p, Key: u.files[i].key, Size: u.files[i].size}
}

func (u *uploads) large(i int) bool { return u.files[i].size > inMemory }

func (u *uploads) only(keep func(Item) bool) (work, Summary) {
	n := &uploads{bucket: u.bucket, roots: u.roots, unlisted: u.unlisted}
	for _, i := range items(u, keep) {
		n.files = append(n.files, u.files[i])
	}
	return n, n.summary()
}

func (u *uploads) summary() Summary {
	sum := Summary{Files: len(u.files), Free: -1}
	for i := range u.files {
		sum.Bytes += u.files[i].size
		if u.files[i].exists {
			sum.Existing++
		}
	}
	return sum
}

// walking gathers what is to be uploaded.
type walking struct {
	ctx     context.Context //nolint:containedctx // of one walk, which fs.WalkDir has no place for
	prefix  string
	work    *uploads
	refused []Refused
	sum     Summary
	live    func(Summary)
}

// Reasons for leaving a local file out.
var (
	errSpecial  = errors.New("it is not a file: devices, sockets and pipes have no size")
	errLink     = errors.New("it is a link to a folder, or out of the folder that is uploaded")
	errNotUTF8  = errors.New("its name is not UTF-8, and keys have to be")
	errLongKey  = errors.New("its key would be longer than 1,024 bytes")
	errPartial  = errors.New("it is what an unfinished download has left")
	errTooLarge = errors.New("it is larger than the 5 TB that an object can have")
)

func planUpload(ctx context.Context, s *awsclient.Session, u Upload, live func(Summary)) (*Plan, error) {
	if live == nil {
		live = func(Summary) {}
	}
	w := &walking{ctx: ctx, prefix: u.Prefix, work: &uploads{bucket: u.Bucket}, live: live, sum: Summary{Free: -1}}
	var names []string
	for _, p := range u.Paths {
		name, err := w.take(p)
		if err != nil {
			return nil, err
		}
		names = append(names, name)
	}
	unknown, err := w.work.compare(ctx, s, u.Prefix, names)
	if err != nil {
		return nil, err
	}
	w.work.unlisted = unknown
	sum := w.work.summary()
	sum.Refused, sum.ExistingUnknown, sum.Settled = w.refused, unknown, true
	live(sum)
	return &Plan{Summary: sum, session: s, work: w.work}, nil
}

// take adds a file, or everything below a folder. A link that is named itself is
// followed. It returns what the keys begin with behind the prefix.
func (w *walking) take(p string) (string, error) {
	abs, err := filepath.Abs(p)
	if err != nil {
		return "", fmt.Errorf("find %s: %w", p, err)
	}
	info, err := os.Stat(abs)
	if err != nil {
		return "", fmt.Errorf("look at %s: %w", p, err)
	}
	if !info.IsDir() {
		target, err := filepath.EvalSymlinks(abs)
		if err != nil {
			return "", fmt.Errorf("follow %s: %w", p, err)
		}
		// Of many files of one folder, the folder is kept open once.
		if last := len(w.work.roots) - 1; last < 0 || w.work.roots[last] != filepath.Dir(target) {
			w.work.roots = append(w.work.roots, filepath.Dir(target))
		}
		w.add(filepath.Base(target), filepath.Base(abs), info)
		return filepath.Base(abs), nil
	}
	root, err := os.OpenRoot(abs)
	if err != nil {
		return "", fmt.Errorf("open the folder %s: %w", p, err)
	}
	defer root.Close() //nolint:errcheck // only read
	w.work.roots = append(w.work.roots, abs)
	name := filepath.Base(abs)
	if name == string(filepath.Separator) || name == filepath.VolumeName(abs) {
		name = ""
	}
	return name + "/", w.folder(root, name)
}

// folder walks everything below an open folder.
func (w *walking) folder(root *os.Root, name string) error {
	err := fs.WalkDir(root.FS(), ".", func(p string, e fs.DirEntry, err error) error {
		switch {
		case w.ctx.Err() != nil:
			return w.ctx.Err()
		case err != nil:
			w.refuse(root, p, err)
			if e != nil && e.IsDir() {
				return fs.SkipDir
			}
			return nil
		case e.IsDir():
			return nil
		}
		info, err := e.Info()
		if err == nil && info.Mode()&fs.ModeSymlink != 0 {
			if info, err = root.Stat(p); err != nil || info.IsDir() {
				err = errLink
			}
		}
		if err != nil {
			w.refuse(root, p, err)
			return nil
		}
		w.add(filepath.FromSlash(p), path.Join(name, p), info)
		return nil
	})
	if err != nil {
		return fmt.Errorf("read the folder %s: %w", root.Name(), err)
	}
	return nil
}

func (w *walking) refuse(root *os.Root, p string, err error) {
	w.refused = append(w.refused, Refused{filepath.Join(root.Name(), filepath.FromSlash(p)), err})
}

// add takes a file in, unless it cannot be an object.
func (w *walking) add(name, rel string, info fs.FileInfo) {
	root := len(w.work.roots) - 1
	key := w.prefix + rel
	var why error
	switch {
	case !info.Mode().IsRegular():
		why = errSpecial
	case unfinished.MatchString(filepath.Base(name)):
		why = errPartial
	case !utf8.ValidString(key):
		why = errNotUTF8
	case len(key) > longestKey:
		why = errLongKey
	case info.Size() > s3.LargestPut:
		why = errTooLarge
	}
	if why != nil {
		w.refused = append(w.refused, Refused{filepath.Join(w.work.roots[root], name), why})
		return
	}
	w.work.files = append(w.work.files, put{root: root, name: name, key: key, size: info.Size()})
	w.sum.Files++
	w.sum.Bytes += info.Size()
	if w.sum.Files%toldAfter == 0 {
		w.live(w.sum)
	}
}

// compare lists what the bucket has where the files go. It gives up, without an
// error, where that is too much or not allowed.
func (u *uploads) compare(ctx context.Context, s *awsclient.Session, prefix string, names []string) (unknown bool, err error) {
	at := make(map[string]int, len(u.files))
	for i := range u.files {
		at[u.files[i].key] = i
	}
	if len(names) > alonePrefix {
		names = []string{""}
	}
	pages := cheapPages
	for _, name := range names {
		unknown, err := u.find(ctx, s3.Below(s, u.bucket, prefix+name, ""), at, &pages, name == "" || strings.HasSuffix(name, "/"))
		if unknown || err != nil {
			return unknown, err
		}
	}
	return false, nil
}

// find marks the files whose keys a listing has. Of a single file's name one page
// is enough: its key comes first of those that begin with it.
func (u *uploads) find(ctx context.Context, list func(context.Context) ([]s3.Entry, bool, error), at map[string]int, pages *int, all bool) (unknown bool, err error) {
	for more := true; more; more = more && all {
		if *pages--; *pages < 0 {
			return true, nil
		}
		var found []s3.Entry
		found, more, err = list(ctx)
		switch {
		case ctx.Err() != nil:
			return false, ctx.Err()
		case err != nil && endsAll(err):
			return false, err
		case err != nil:
			return true, nil // each write finds out by itself
		}
		for _, o := range found {
			if i, ok := at[o.Key]; ok {
				u.files[i].exists = true
			}
		}
	}
	return false, nil
}
