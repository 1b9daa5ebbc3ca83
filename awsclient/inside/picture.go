package inside

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	"image/gif"
	"image/jpeg"
	"image/png"
	"io"

	"golang.org/x/image/bmp"
	"golang.org/x/image/draw"
	"golang.org/x/image/tiff"
	"golang.org/x/image/webp"
)

const (
	thumb      = 512      // dots of the longer side that are kept
	maxDots    = 32 << 20 // that are decoded
	maxPicture = 32 << 20 // bytes of a picture that are read when asked for
)

// picture names the format of an image by its first bytes; "" for none.
func picture(head []byte) string {
	has := func(mark string) bool { return bytes.HasPrefix(head, []byte(mark)) }
	switch {
	case has("\x89PNG\r\n\x1a\n"):
		return "PNG"
	case has("\xff\xd8\xff"):
		return "JPEG"
	case has("GIF87a"), has("GIF89a"):
		return "GIF"
	case has("RIFF") && len(head) > 12 && string(head[8:12]) == "WEBP":
		return "WebP"
	case has("II*\x00"), has("MM\x00*"):
		return "TIFF"
	case has("BM") && len(head) > 26 && head[15] == 0 && head[16] == 0 && head[17] == 0:
		return "BMP"
	}
	return ""
}

func codec(format string) (config func(io.Reader) (image.Config, error), decode func(io.Reader) (image.Image, error)) {
	switch format {
	case "PNG":
		return png.DecodeConfig, png.Decode
	case "JPEG":
		return jpeg.DecodeConfig, jpeg.Decode
	case "GIF":
		return gif.DecodeConfig, gif.Decode
	case "WebP":
		return webp.DecodeConfig, webp.Decode
	case "TIFF":
		return tiff.DecodeConfig, tiff.Decode
	default:
		return bmp.DecodeConfig, bmp.Decode
	}
}

// picture decodes an image that is read as a whole, after its size in dots has
// been found bearable, and keeps a small one of it.
func (f *File) picture(format string, head []byte, l Limits) *Content {
	c := &Content{Form: format}
	config, decode := codec(format)
	whole := io.NewSectionReader(f, 0, f.Size())
	cfg, err := config(whole)
	if err != nil && !errors.Is(err, ErrBudget) {
		c.Err = fmt.Errorf("read the %s: %w", format, err)
		return c
	}
	if err == nil {
		c.Form += fmt.Sprintf(", %d × %d dots", cfg.Width, cfg.Height)
	}
	missing := f.Size() - int64(len(head))
	switch {
	case int64(cfg.Width)*int64(cfg.Height) > maxDots:
		c.Notes = append(c.Notes, "it has too many dots to be drawn here")
		return c
	case f.Size() > maxPicture:
		c.Notes = append(c.Notes, "it is too large to be drawn here: "+size(f.Size()))
		return c
	case missing > f.left() || err != nil:
		c.More = max(f.Size()-l.Most+1, 1)
		c.Notes = append(c.Notes, "drawing it takes all of its "+size(f.Size()))
		return c
	}
	data, err := f.Head(f.Size())
	if err != nil {
		c.Err = err
		return c
	}
	img, err := decode(bytes.NewReader(data))
	if err != nil {
		c.Err = fmt.Errorf("decode the %s: %w", format, err)
		return c
	}
	c.Views = []View{{Name: "picture", Shape: Picture, Image: shrunk(img)}}
	return c
}

// shrunk is the image with its longer side no longer than a terminal can show.
func shrunk(img image.Image) image.Image {
	b := img.Bounds()
	w, h := b.Dx(), b.Dy()
	if w < 1 || h < 1 {
		return image.NewRGBA(image.Rect(0, 0, 1, 1))
	}
	if longer := max(w, h); longer > thumb {
		w, h = max(w*thumb/longer, 1), max(h*thumb/longer, 1)
	}
	out := image.NewRGBA(image.Rect(0, 0, w, h))
	draw.ApproxBiLinear.Scale(out, out.Bounds(), img, b, draw.Src, nil)
	return out
}
