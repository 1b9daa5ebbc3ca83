// Package highlight colours texts by their syntax, in the few quiet tones of the
// theme.
package highlight

import (
	"context"
	"strings"

	"straws/ui/theme"

	"github.com/alecthomas/chroma/v2"
)

const (
	most     = 256 << 10 // bytes of a text that are coloured
	mostLine = 8 << 10   // bytes of a line above which none is
)

// Runs tells how the lines of a text are coloured: those of its beginning, by
// the language that the file's name or the text itself tells; nil when it is
// none that is known here. It takes a while, and stops when ctx ends.
func Runs(ctx context.Context, name string, lines []string) [][]theme.Run {
	text, ok := beginning(lines)
	if !ok {
		return nil
	}
	l, ok := find(name, text)
	if !ok {
		return nil
	}
	lexer, err := chroma.NewLexer(&chroma.Config{Name: "text", CaseInsensitive: l.nocase, EnsureNL: true}, l.rules)
	if err != nil {
		return nil
	}
	tokens, err := lexer.Tokenise(&chroma.TokeniseOptions{State: "root", EnsureLF: false}, text)
	if err != nil {
		return nil
	}
	p := painter{runs: make([][]theme.Run, strings.Count(text, "\n")+1)}
	for n := 0; ; n++ {
		t := tokens()
		if t == chroma.EOF || n&0x3ff == 0 && ctx.Err() != nil {
			return p.runs
		}
		p.add(t.Value, tone(t.Type))
	}
}

// beginning joins the first lines; ok is false when one of them is too long to
// be a line of anything that people write.
func beginning(lines []string) (text string, ok bool) {
	var b strings.Builder
	for _, l := range lines {
		if len(l) > mostLine {
			return "", false
		}
		if b.Len()+len(l) > most {
			break
		}
		b.WriteString(l)
		b.WriteByte('\n')
	}
	return b.String(), b.Len() > 0
}

// painter parts tokens into lines.
type painter struct {
	runs [][]theme.Run
	line int
	at   int // bytes of the line that are passed
}

func (p *painter) add(text string, t theme.Tone) {
	for {
		part, rest, more := strings.Cut(text, "\n")
		if t != theme.Plain && part != "" && p.line < len(p.runs) {
			p.runs[p.line] = append(p.runs[p.line], theme.Run{From: p.at, To: p.at + len(part), Tone: t})
		}
		p.at += len(part)
		if !more {
			return
		}
		p.line, p.at, text = p.line+1, 0, rest
	}
}

// tone is the meaning of a token; most of a text stays plain.
func tone(t chroma.TokenType) theme.Tone {
	switch {
	case t.InCategory(chroma.Comment):
		return theme.Muted
	case t.InCategory(chroma.Keyword), t == chroma.NameTag:
		return theme.Accent
	case t.InSubCategory(chroma.String), t == chroma.GenericInserted:
		return theme.Good
	case t.InSubCategory(chroma.Number), t == chroma.NameVariable, t == chroma.NameDecorator, t == chroma.GenericEmph:
		return theme.Warn
	case t == chroma.GenericDeleted, t == chroma.GenericError:
		return theme.Bad
	}
	return theme.Plain
}
