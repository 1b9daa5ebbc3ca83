package lambda

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"straws/awsclient/lambda"
	"straws/ui/clean"
	"straws/ui/theme"

	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
)

// contextLimit is the most that Lambda takes of a client context, in bytes of
// base64.
const contextLimit = 3583

// contextBox is the line in which the client context is typed.
type contextBox struct {
	input textinput.Model
	wrong error // why it was not taken
}

func newContextBox(text string) *contextBox {
	b := &contextBox{input: textinput.New()}
	b.input.Prompt = ""
	b.input.SetVirtualCursor(false) // the terminal draws it: no blinking, no bytes
	b.input.SetValue(text)
	b.input.CursorEnd()
	b.input.Focus()
	return b
}

// prompt is the line as it is drawn, and the cell of the cursor in it.
func (b *contextBox) prompt(th *theme.Theme) (string, int, bool) {
	const label = "client context, a JSON object: "
	before := clean.Line(string([]rune(b.input.Value())[:b.input.Position()]))
	text := label + clean.Line(b.input.Value())
	if b.wrong != nil {
		text += "   " + th.Warn.Render(clean.Line(b.wrong.Error()))
	}
	return text, ansi.StringWidth(label + before), true
}

// contextKey takes a key while the client context is typed.
func (p *invokePane) contextKey(k tea.KeyPressMsg) tea.Cmd {
	switch k.String() {
	case "esc":
		p.context = nil
		return nil
	case "enter":
		text := strings.TrimSpace(p.context.input.Value())
		if p.context.wrong = checkContext(text); p.context.wrong != nil {
			return nil
		}
		s := p.setup()
		s.context = text
		p.setSetup(s)
		p.context = nil
		return nil
	}
	p.context.wrong = nil
	p.context.input, _ = p.context.input.Update(k)
	return nil
}

// checkContext says what is wrong with a client context; nothing at all is none.
func checkContext(text string) error {
	if err := lambda.CheckPayload([]byte(text)); err != nil {
		return fmt.Errorf("not JSON: %w", err)
	}
	var object map[string]json.RawMessage
	if text != "" && (json.NewDecoder(bytes.NewReader([]byte(text))).Decode(&object) != nil || object == nil) {
		return errors.New("it has to be a JSON object, such as {\"custom\":{\"key\":\"value\"}}")
	}
	if n := base64.StdEncoding.EncodedLen(len(text)); n > contextLimit {
		return fmt.Errorf("it takes %d bytes as base64, more than the %d that Lambda takes", n, contextLimit)
	}
	return nil
}
