package peek

import (
	"image"
	"strings"

	"straws/awsclient/inside"
	"straws/ui/pane"
	"straws/ui/picture"
	"straws/ui/theme"

	tea "charm.land/bubbletea/v2"
)

// pictureChild draws an image that was decoded and made small by the load.
type pictureChild struct {
	env   pane.Env
	img   image.Image
	w, h  int // that cells were made for
	cells []string
}

func newPicture(env pane.Env, v inside.View) *pictureChild {
	return &pictureChild{env: env, img: v.Image}
}

// cells draws an image with the colours that there are.
func cells(img image.Image, w, h int, th *theme.Theme) []string {
	if th.Few {
		return picture.Shades(img, w, h)
	}
	return picture.Cells(img, w, h)
}

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
		c.w, c.h, c.cells = w, h, cells(c.img, max(w-6, 1), h, c.env.Theme)
	}
	lines := make([]string, h)
	for i := range min(len(c.cells), h) {
		lines[i] = "   " + c.cells[i]
	}
	return strings.Join(lines, "\n")
}
