package transfer

import (
	"fmt"
	"hash/maphash"
	"strings"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// paths gives keys their places below a folder, so that no two share one even
// where case and accents do not count, no file stands where a folder must, and
// none leads out of it. Which place a key gets depends on the keys and their
// order alone.
type paths struct {
	seed    maphash.Seed
	fold    cases.Caser
	folders map[uint64]bool
	files   map[uint64]bool
}

// newPaths knows the folders that the relative keys need: they have to be known
// before the first file gets its place.
func newPaths(keys func(yield func(string) bool)) *paths {
	p := &paths{seed: maphash.MakeSeed(), fold: cases.Fold(), folders: map[uint64]bool{}, files: map[uint64]bool{}}
	last := ""
	for key := range keys {
		dir := key[:strings.LastIndexByte(key, '/')+1]
		if dir == last {
			continue // of a sorted list, most keys share the folder of the one before
		}
		last = dir
		safe, _ := safePath(dir)
		for i := range len(safe) {
			if safe[i] == '/' {
				p.folders[p.number(safe[:i])] = true
			}
		}
	}
	return p
}

// number stands for a path in all its spellings.
func (p *paths) number(path string) uint64 {
	return maphash.String(p.seed, p.folded(path))
}

func (p *paths) folded(path string) string {
	for i := range len(path) {
		if c := path[i]; c >= 0x80 {
			return norm.NFC.String(p.fold.String(norm.NFC.String(path)))
		}
	}
	return strings.ToLower(path)
}

// place is where a relative key goes, and why that is not the key itself.
// Identity tells apart what has the same key, as versions have. Folder is set
// for the marker of a folder, which needs no file.
func (p *paths) place(key, identity string, empty bool) (path, why string, folder bool) {
	if empty && strings.HasSuffix(key, "/") {
		path, why = safePath(key)
		return strings.TrimSuffix(path, "/"), why, true
	}
	path, why = safePath(key)
	if strings.HasSuffix(path, "/") || path == "" {
		path, why = path+"_", whyEmpty
	}
	n := p.number(path)
	switch {
	case p.folders[n]:
		why = whyFolder
	case p.files[n]:
		why = whySame
	default:
		p.files[n] = true
		return path, why, false
	}
	dir, name := path[:strings.LastIndexByte(path, '/')+1], path[strings.LastIndexByte(path, '/')+1:]
	for try := 1; ; try++ {
		id := identity
		if try > 1 {
			id = fmt.Sprint(identity, "\x00", try)
		}
		path = dir + marked(name, id)
		if n := p.number(path); !p.folders[n] && !p.files[n] {
			p.files[n] = true
			return path, why, false
		}
	}
}

// safePath makes every segment of a key safe. A slash at the end stays.
func safePath(key string) (path, why string) {
	segments := strings.Split(key, "/")
	for i, s := range segments {
		if i == len(segments)-1 && s == "" {
			continue
		}
		name, reason := safeName(s)
		if reason != "" {
			segments[i], why = name, reason
		}
	}
	if why == "" {
		return key, ""
	}
	return strings.Join(segments, "/"), why
}
