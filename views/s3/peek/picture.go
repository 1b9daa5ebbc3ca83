package peek

import (
	"image"
	"strings"

	"straws/awsclient/inside"
	"straws/ui/pane"
	"straws/ui/picture"

	tea "charm.land/bubbletea/v2"
)

// pictureChild draws an image that was decoded and made small by the load.
type pictureChild struct {
	img   image.Image
	w, h  int // that cells were made for
	cells []string
}

func newPicture(_ pane.Env, v inside.View) *pictureChild { return &pictureChild{img: v.Image} }

// Title implements pane.Pane.
func (c *pictureChild) Title() string { return "picture" }

// Init implements pane.Pane.
func (c *pictureChild) Init() tea.Cmd { return nil }

// Update implements pane.Pane.
func (c *pictureChild) Update(tea.Msg) tea.Cmd { return nil }

// Actions implements pane.Pane.
func (c *pictureChild) Actions() []pane.Action { return nil }

// View implements pane.Pane. The cells are kept for the size they were drawn for.
func (c *pictureChild) View(w, h int) string {
	if c.w != w || c.h != h {
		c.w, c.h, c.cells = w, h, picture.Cells(c.img, max(w-6, 1), h)
	}
	lines := make([]string, h)
	for i := range min(len(c.cells), h) {
		lines[i] = "   " + c.cells[i]
	}
	return strings.Join(lines, "\n")
}
