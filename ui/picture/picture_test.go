package picture_test

import (
	"image"
	"image/color"
	"strings"
	"testing"

	"straws/ui/picture"

	"github.com/charmbracelet/x/ansi"
)

func filled(w, h int, c color.Color) *image.NRGBA {
	img := image.NewNRGBA(image.Rect(0, 0, w, h))
	for i := range w * h {
		img.Set(i%w, i/w, c)
	}
	return img
}

func TestAPictureFillsItsRoomAndKeepsItsProportions(t *testing.T) {
	for _, tt := range []struct {
		name             string
		w, h             int // of the picture
		roomW, roomH     int
		wantCols, wantHi int
	}{
		{"wide", 400, 100, 80, 40, 80, 10},
		{"tall", 100, 400, 80, 20, 10, 20},
		{"tiny is enlarged, but not without end", 4, 4, 80, 40, 16, 8},
		{"one line", 1000, 1, 40, 5, 40, 1},
		{"a room of one cell", 100, 100, 1, 1, 1, 1},
	} {
		t.Run(tt.name, func(t *testing.T) {
			lines := picture.Cells(filled(tt.w, tt.h, color.White), tt.roomW, tt.roomH)
			if len(lines) != tt.wantHi || ansi.StringWidth(lines[0]) != tt.wantCols {
				t.Errorf("%d lines of %d cells, want %d of %d", len(lines), ansi.StringWidth(lines[0]), tt.wantHi, tt.wantCols)
			}
		})
	}
	if picture.Cells(filled(3, 3, color.White), 0, 5) != nil {
		t.Error("there is something in no room")
	}
}

func TestColoursAreOfThe256(t *testing.T) {
	for _, tt := range []struct {
		name string
		c    color.Color
		want string
	}{
		{"red", color.NRGBA{255, 0, 0, 255}, "38;5;196;48;5;196m▀"},
		{"grey", color.NRGBA{128, 128, 128, 255}, "38;5;244;48;5;244m▀"},
		{"white", color.White, "38;5;231;48;5;231m▀"},
		{"nothing", color.Transparent, "    "},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := picture.Cells(filled(2, 2, tt.c), 4, 2)[0]; !strings.Contains(got, tt.want) {
				t.Errorf("got %q, want %s", got, tt.want)
			}
		})
	}
	half := filled(1, 2, color.Transparent)
	half.Set(0, 1, color.White)
	if got := picture.Cells(half, 1, 1)[0]; !strings.Contains(got, "38;5;231m▄") {
		t.Errorf("half of a cell is drawn as %q", got)
	}
}

func TestWithoutColoursBrightnessIsLeft(t *testing.T) {
	for _, tt := range []struct {
		c    color.Color
		want string
	}{{color.White, "@@@@"}, {color.Black, "    "}, {color.Gray{128}, "++++"}, {color.Transparent, "    "}} {
		if got := picture.Shades(filled(2, 2, tt.c), 4, 2); len(got) != 2 || got[0] != tt.want {
			t.Errorf("%v is drawn as %q, want %q", tt.c, got, tt.want)
		}
	}
}

func BenchmarkAScreen(b *testing.B) {
	img := image.NewNRGBA(image.Rect(0, 0, 512, 512))
	for i := range img.Pix {
		img.Pix[i] = byte(i * 7)
	}
	for b.Loop() {
		picture.Cells(img, 120, 36)
	}
}
