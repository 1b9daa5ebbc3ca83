package lambda

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"straws/ui/clean"
	"straws/ui/format"
	"straws/ui/load"
	"straws/ui/pane"

	tea "charm.land/bubbletea/v2"
)

// readBackLimit bounds what is read back from a file, in bytes. It is more than
// Lambda takes, so that a text that is a little too long can be shortened.
const readBackLimit = 16 << 20

// outside is the payload in an editor of the user's own.
type outside struct {
	ready *load.Slot[loan]
	back  *load.Slot[string]
}

// loan is the file that the user's editor is given.
type loan struct {
	program []string // with its arguments
	path    string
}

func newOutside() outside { return outside{ready: load.New[loan](), back: load.New[string]()} }

// editOutside gives the payload to $VISUAL or $EDITOR.
func (p *invokePane) editOutside() tea.Cmd {
	words, err := editorCommand(os.Getenv)
	if err != nil {
		p.env.Flash(pane.Error, err.Error())
		return nil
	}
	text := p.editor.text.Snapshot()
	return p.editor.out.ready.Start(p.env.Ctx, "outside", load.Once(func(context.Context) (loan, error) {
		return lend(words, text())
	}))
}

func (p *invokePane) outsideAnswer(msg tea.Msg) (tea.Cmd, bool) {
	if page, _, ok := p.editor.out.ready.Accept(msg); ok {
		if page.Err != nil {
			p.env.Flash(pane.Error, clean.Line(page.Err.Error()))
			return nil, true
		}
		p.giveTerminal(page.Items[0])
		return nil, true
	}
	if page, _, ok := p.editor.out.back.Accept(msg); ok {
		return p.acceptOutside(page), true
	}
	return nil, false
}

func (p *invokePane) giveTerminal(l loan) {
	args := append(l.program[1:len(l.program):len(l.program)], l.path)
	program := exec.CommandContext(p.env.Ctx, l.program[0], args...) //nolint:gosec // the user's own editor
	p.env.Exec(program, func(err error) tea.Cmd {
		return p.editor.out.back.Start(p.env.Ctx, "", load.Once(func(context.Context) (string, error) { return l.takeBack(err) }))
	})
}

func (p *invokePane) acceptOutside(page load.Page[string]) tea.Cmd {
	switch {
	case page.Err != nil:
		p.env.Flash(pane.Error, clean.Line(page.Err.Error()))
	case page.Items[0] == p.editor.value():
		p.env.Flash(pane.Info, "the editor changed nothing; one that opens a window of its own has to be told to wait, such as code --wait")
	default:
		return p.fill(page.Items[0], p.editor.event)
	}
	return nil
}

// lend writes the payload to a file that only its owner can read.
func lend(words []string, text string) (loan, error) {
	if _, err := exec.LookPath(words[0]); err != nil {
		return loan{}, fmt.Errorf("no editor: %w; set VISUAL or EDITOR", err)
	}
	dir, err := os.MkdirTemp("", "straws-")
	if err != nil {
		return loan{}, fmt.Errorf("open the editor: %w", err)
	}
	path := filepath.Join(dir, "payload.json")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		_ = os.RemoveAll(dir) // the error before says more
		return loan{}, fmt.Errorf("open the editor: %w", err)
	}
	return loan{words, path}, nil
}

// takeBack reads what the editor left, and removes the file. What cannot be read
// back stays where it is, and the error says where.
func (l loan) takeBack(ended error) (string, error) {
	if ended != nil {
		_ = os.RemoveAll(filepath.Dir(l.path)) // nothing in it counts
		return "", fmt.Errorf("%s: %w; the payload is as it was", filepath.Base(l.program[0]), ended)
	}
	text, err := readText(l.path, readBackLimit)
	if err != nil {
		return "", fmt.Errorf("read back from the editor: %w", err)
	}
	_ = os.RemoveAll(filepath.Dir(l.path))                                       // a directory that is left behind is empty of secrets by the next boot
	return strings.TrimSuffix(strings.ReplaceAll(text, "\r\n", "\n"), "\n"), nil // editors end the last line
}

// readText reads a regular file of at most limit bytes.
func readText(path string, limit int) (string, error) {
	info, err := os.Stat(path)
	switch {
	case err != nil:
		return "", err //nolint:wrapcheck // it names the file
	case info.IsDir():
		return "", fmt.Errorf("%s is a directory", path)
	case !info.Mode().IsRegular():
		return "", fmt.Errorf("%s is not a regular file", path)
	case info.Size() > int64(limit):
		return "", fmt.Errorf("%s has %s, and a payload has at most %s", path, format.Size(info.Size()), format.Size(int64(limit)))
	}
	f, err := os.Open(path) //nolint:gosec // the user names the file
	if err != nil {
		return "", err //nolint:wrapcheck // it names the file
	}
	defer f.Close() //nolint:errcheck // only read
	text, err := io.ReadAll(io.LimitReader(f, int64(limit)))
	return strings.TrimPrefix(string(text), "\ufeff"), err
}

// editorCommand is the program that VISUAL or EDITOR names, with its arguments;
// vi when neither does.
func editorCommand(getenv func(string) string) ([]string, error) {
	for _, name := range []string{"VISUAL", "EDITOR"} {
		value := strings.TrimSpace(getenv(name))
		if value == "" {
			continue
		}
		words, err := shellWords(value)
		if err == nil && words[0] == "" {
			err = errors.New("it names no program")
		}
		if err != nil {
			return nil, fmt.Errorf("%s is %q: %w", name, value, err)
		}
		return words, nil
	}
	return []string{"vi"}, nil
}
