// Package picture draws images in the cells of a terminal: two dots a cell, in
// the 256 colours that terminals agree on.
package picture

import (
	"image"
	"strconv"
	"strings"

	"golang.org/x/image/draw"
)

// enlarge is how much larger than itself a small image is drawn at most.
const enlarge = 4

// Cells returns lines of cells that show img within w by h of them, at its own
// proportions.
func Cells(img image.Image, w, h int) []string {
	b := img.Bounds()
	if w < 1 || h < 1 || b.Dx() < 1 || b.Dy() < 1 {
		return nil
	}
	cols, dots := fit(b.Dx(), b.Dy(), w, 2*h)
	small := image.NewNRGBA(image.Rect(0, 0, cols, (dots+1)/2*2))
	scale := draw.Scaler(draw.ApproxBiLinear)
	if cols > b.Dx() {
		scale = draw.NearestNeighbor
	}
	scale.Scale(small, image.Rect(0, 0, cols, dots), img, b, draw.Src, nil)
	lines := make([]string, 0, small.Rect.Dy()/2)
	for y := 0; y < small.Rect.Dy(); y += 2 {
		lines = append(lines, line(small, y))
	}
	return lines
}

// shades are characters from dark to bright, on the dark background that most
// terminals have.
const shades = " .:-=+*#%@"

// Shades draws img as Cells does, in characters instead of colours.
func Shades(img image.Image, w, h int) []string {
	b := img.Bounds()
	if w < 1 || h < 1 || b.Dx() < 1 || b.Dy() < 1 {
		return nil
	}
	cols, dots := fit(b.Dx(), b.Dy(), w, 2*h)
	small := image.NewGray(image.Rect(0, 0, cols, (dots+1)/2))
	draw.ApproxBiLinear.Scale(small, small.Rect, img, b, draw.Over, nil)
	lines := make([]string, small.Rect.Dy())
	for y := range lines {
		row := make([]byte, cols)
		for x := range row {
			row[x] = shades[int(small.GrayAt(x, y).Y)*len(shades)/256]
		}
		lines[y] = string(row)
	}
	return lines
}

// fit is the size in dots that fills the room and keeps the proportions.
func fit(w, h, roomW, roomH int) (cols, dots int) {
	cols, dots = min(roomW, enlarge*w), min(roomH, enlarge*h)
	if cols*h > dots*w {
		cols = dots * w / h
	} else {
		dots = cols * h / w
	}
	return max(cols, 1), max(dots, 1)
}

// faded is how far apart the parts of a colour are that is as good as grey.
const faded = 24

// none is the colour of a dot that is not there.
const none = -1

// line draws two rows of dots: the upper in the colour of a half block, the
// lower in its background. Even parts are half blocks too: fonts leave gaps
// around whole blocks, and spaces at the end of a line get lost on the way.
func line(img *image.NRGBA, y int) string {
	var b strings.Builder
	fg, bg := none, none
	for x := range img.Rect.Dx() {
		upper, lower := colour(img, x, y), colour(img, x, y+1)
		glyph, f, g := "▀", upper, lower
		switch {
		case upper == none && lower == none:
			glyph, f = " ", fg
		case upper == none:
			glyph, f, g = "▄", lower, none
		}
		b.WriteString(change(fg, f, bg, g))
		b.WriteString(glyph)
		fg, bg = f, g
	}
	b.WriteString("\x1b[m")
	return b.String()
}

// change is the escape sequence from one pair of colours to the next; "" for none.
func change(fg, f, bg, g int) string {
	var codes []string
	if f != fg && f != none {
		codes = append(codes, "38;5;"+strconv.Itoa(f))
	}
	if g != bg {
		if g == none {
			codes = append(codes, "49")
		} else {
			codes = append(codes, "48;5;"+strconv.Itoa(g))
		}
	}
	if codes == nil {
		return ""
	}
	return "\x1b[" + strings.Join(codes, ";") + "m"
}

// colour is the nearest of the 256 to a dot; none where it is mostly transparent.
func colour(img *image.NRGBA, x, y int) int {
	c := img.NRGBAAt(x, y)
	if c.A < 128 {
		return none
	}
	r, g, b := int(c.R), int(c.G), int(c.B)
	cube := 16 + 36*step(r) + 6*step(g) + step(b)
	if max(r, g, b)-min(r, g, b) > faded {
		return cube // its hue is worth more than its brightness
	}
	grey := (r + g + b) / 3
	shade := min(max((grey-3)/10, 0), 23)
	if far(r, g, b, 8+10*shade, 8+10*shade, 8+10*shade) < far(r, g, b, level(step(r)), level(step(g)), level(step(b))) {
		return 232 + shade
	}
	return cube
}

// step is the nearest of the six levels of the colour cube.
func step(v int) int {
	switch {
	case v < 48:
		return 0
	case v < 115:
		return 1
	}
	return min((v-35)/40, 5)
}

func level(step int) int {
	if step == 0 {
		return 0
	}
	return 55 + 40*step
}

func far(r, g, b, r2, g2, b2 int) int {
	return (r-r2)*(r-r2) + (g-g2)*(g-g2) + (b-b2)*(b-b2)
}
