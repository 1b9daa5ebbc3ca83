package runs

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"straws/awsclient/lambda"
)

// A file holds one run: a line of JSON, and then the payload, the client context,
// the answer and the log as they are, one after the other. A list of runs reads
// the lines alone.

const (
	suffix    = ".run"
	lineLimit = 256 << 10 // no line is longer: all that can be long is cut or comes after it
)

func encode(r Run) ([]byte, error) {
	line, err := json.Marshal(r.light())
	if err != nil {
		return nil, fmt.Errorf("write a run as JSON: %w", err)
	}
	out := append(line, '\n')
	out = append(out, r.Invocation.Payload...)
	out = append(out, r.Invocation.Context...)
	out = append(out, r.Result.Payload...)
	return append(out, r.Result.Log...), nil
}

// write replaces the file of a run as a whole, readable by its owner alone.
func write(dir string, r Run) error {
	text, err := encode(r)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return fmt.Errorf("make the directory of the history: %w", err)
	}
	f, err := os.CreateTemp(dir, ".run-*") // 0600
	if err != nil {
		return fmt.Errorf("write to the history: %w", err)
	}
	_, err = f.Write(text)
	if err = errors.Join(err, f.Close()); err == nil {
		err = os.Rename(f.Name(), filepath.Join(dir, r.ID+suffix))
	}
	if err != nil {
		_ = os.Remove(f.Name()) // the error before says more
		return fmt.Errorf("write to the history: %w", err)
	}
	return nil
}

// readLine reads a run without its payload and answer.
func readLine(path string) (Run, error) {
	r, _, f, err := open(path)
	if err != nil {
		return Run{}, err
	}
	_ = f.Close() // only read
	return r, nil
}

// read reads a run as it was written.
func read(path string) (Run, error) {
	r, rest, f, err := open(path)
	if err != nil {
		return Run{}, err
	}
	defer f.Close() //nolint:errcheck // only read
	text, err := io.ReadAll(rest)
	if err != nil {
		return Run{}, err //nolint:wrapcheck // it names the file
	}
	next := func(n int) []byte {
		part := text[:n:n]
		text = text[n:]
		return part
	}
	r.Invocation.Payload, r.Invocation.Context = next(r.Sizes.Payload), next(r.Sizes.Context)
	r.Result.Payload, r.Result.Log = next(r.Sizes.Answer), string(next(r.Sizes.Log))
	if f := lambda.ParseFailure(r.Result.Payload); r.Result.FunctionError != "" && f.Type != "" {
		r.Result.Failure = f // with the stack
	}
	return r, nil
}

// open reads the line of a file, and leaves the rest to be read. It checks that
// all of the rest is there.
func open(path string) (r Run, rest io.Reader, f *os.File, err error) {
	f, err = os.Open(path) //nolint:gosec // below our own directory
	if err != nil {
		return Run{}, nil, nil, err //nolint:wrapcheck // it names the file
	}
	defer func() {
		if err != nil {
			_ = f.Close() // the error before says more
		}
	}()
	in := bufio.NewReaderSize(f, lineLimit)
	line, err := in.ReadSlice('\n')
	if err != nil {
		return Run{}, nil, nil, errors.New("its first line is not whole")
	}
	if err = json.Unmarshal(line, &r); err != nil {
		return Run{}, nil, nil, fmt.Errorf("its first line is not a run: %w", err)
	}
	info, err := f.Stat()
	if err != nil {
		return Run{}, nil, nil, err //nolint:wrapcheck // it names the file
	}
	want, good := r.Sizes.total()
	if got := info.Size() - int64(len(line)); !good || got != want || r.ID+suffix != filepath.Base(path) {
		return Run{}, nil, nil, fmt.Errorf("it holds %d bytes of payload, answer and log, and should hold %d", got, want)
	}
	return r, in, f, nil
}

// total is the number of bytes after the line; good is false for sizes that
// nothing can have.
func (s Sizes) total() (n int64, good bool) {
	for _, part := range []int{s.Payload, s.Context, s.Answer, s.Log} {
		if part < 0 || part > 1<<30 {
			return 0, false
		}
		n += int64(part)
	}
	return n, true
}
