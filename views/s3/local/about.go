package local

import (
	"path/filepath"

	"straws/ui/pane"

	tea "charm.land/bubbletea/v2"
)

// about are the ways out of a folder.
func (f Folder) about(pane.Env) []pane.Action {
	up := pane.Action{
		ID: "local.up", Label: "Up", Keys: []string{"backspace", "h", "left"},
		Do: func() tea.Cmd { return f.Enter(filepath.Dir(f.Path), filepath.Base(f.Path)) },
	}
	if filepath.Dir(f.Path) == f.Path {
		up.Off = "this is the top"
	}
	dots := pane.Action{ID: "local.hidden", Label: "Hidden files", Keys: []string{"."}, Hide: true, Do: func() tea.Cmd { return f.Show(!f.Hidden) }}
	return []pane.Action{up, dots}
}
