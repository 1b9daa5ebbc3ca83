package runs

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
)

// What is kept of one function; the oldest runs go first.
const (
	MostRuns  = 200
	MostBytes = 64 << 20
)

// Function is whose runs are kept together.
type Function struct{ Account, Region, Name string }

// Store keeps runs below a directory, or in memory. It is safe for concurrent use,
// also by several programs.
type Store struct {
	dir string

	mu   sync.Mutex
	kept map[Function][]Run // without a directory; oldest first
}

// Open returns the store below dir, which need not exist yet; "" keeps runs only
// as long as the program runs.
func Open(dir string) *Store { return &Store{dir: dir, kept: map[Function][]Run{}} }

// Put adds a run, or replaces the one with its ID, and forgets the oldest when
// there are too many.
func (s *Store) Put(f Function, r Run) error {
	if s.dir == "" {
		s.remember(f, r)
		return nil
	}
	if err := write(s.Dir(f), r); err != nil {
		return err
	}
	return s.prune(f, r.ID)
}

// List returns the runs of a function, newest first, without payloads, answers
// and logs. One that cannot be read is there too, as Damaged.
func (s *Store) List(f Function) ([]Run, error) {
	if s.dir == "" {
		return s.remembered(f), nil
	}
	names, err := s.names(f)
	if err != nil {
		return nil, err
	}
	var out []Run
	for _, name := range slices.Backward(names) {
		path := filepath.Join(s.Dir(f), name)
		r, err := readLine(path)
		switch {
		case errors.Is(err, fs.ErrNotExist): // another program has pruned it meanwhile
		case err != nil:
			out = append(out, damaged(path, err))
		default:
			out = append(out, r)
		}
	}
	return out, nil
}

// Load returns a whole run.
func (s *Store) Load(f Function, id string) (Run, error) {
	if s.dir != "" {
		path := s.Path(f, id)
		r, err := read(path)
		if err != nil {
			return Run{}, fmt.Errorf("read the run in %s: %w", path, err)
		}
		return r, nil
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, r := range s.kept[f] {
		if r.ID == id {
			return r, nil
		}
	}
	return Run{}, errors.New("the run is not kept any more")
}

// Dir is where the runs of a function are; "" when they are in memory.
func (s *Store) Dir(f Function) string {
	if s.dir == "" {
		return ""
	}
	return filepath.Join(s.dir, segment(f.Account), segment(f.Region), segment(f.Name))
}

// Path is the file of a run; "" when it is in memory.
func (s *Store) Path(f Function, id string) string {
	if s.dir == "" {
		return ""
	}
	return filepath.Join(s.Dir(f), segment(id)+suffix)
}

// segment makes a name of AWS, which may be anything, one part of a path.
func segment(name string) string {
	var b strings.Builder
	for i := range len(name) {
		c := name[i]
		plain := c == '-' || c == '_' || '0' <= c && c <= '9' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z'
		if plain || c == '.' && i > 0 {
			b.WriteByte(c)
		} else {
			fmt.Fprintf(&b, "%%%02x", c)
		}
	}
	if b.Len() == 0 {
		return "%"
	}
	return b.String()
}

func damaged(path string, err error) Run {
	id := strings.TrimSuffix(filepath.Base(path), suffix)
	return Run{ID: id, Began: moment(id), Outcome: Damaged, Err: fmt.Sprintf("damaged: %v; the file is left as it is: %s", err, path)}
}

// names lists the files of a function, oldest first.
func (s *Store) names(f Function) ([]string, error) {
	entries, err := os.ReadDir(s.Dir(f))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read the history: %w", err)
	}
	var names []string
	for _, e := range entries {
		if strings.HasSuffix(e.Name(), suffix) && e.Type().IsRegular() {
			names = append(names, e.Name())
		}
	}
	slices.Sort(names)
	return names, nil
}

// prune removes the oldest runs beyond what is kept, and never the one called
// newest.
func (s *Store) prune(f Function, newest string) error {
	names, err := s.names(f)
	if err != nil {
		return err
	}
	var bytes int64
	for i, name := range slices.Backward(names) {
		path := filepath.Join(s.Dir(f), name)
		if info, err := os.Stat(path); err == nil {
			bytes += info.Size()
		}
		if tooMany := len(names)-i > MostRuns || bytes > MostBytes; !tooMany || name == newest+suffix {
			continue
		}
		if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("forget an old run: %w", err)
		}
	}
	return nil
}
