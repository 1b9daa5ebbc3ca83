package ui_test

import (
	"testing"

	"straws/ui"
)

// long is a list that is refreshed page by page.
const long = 120_000

func TestARefreshOfALongListKeepsTheCursorOnItsItem(t *testing.T) {
	d := open(t, 120, 40, func(h *house, _ *ui.Options) { h.b = newShelf("Beans", long) })
	d.Settle().Keys("2").Want("120,000 things")
	d.Keys("G", "k").Want("▸ Beans number 119998")
	d.b.set(func() { d.b.items = append(newShelf("New", 1).items, d.b.items...) })
	d.Keys("r").Want("120,001 things", "▸ Beans number 119998")
	d.b.set(func() { d.b.items = d.b.items[:long-1] })
	d.Keys("r").Want("119,999 things", "▸ Beans number 119997")
}

func TestAKeyDuringARefreshOfALongListIsObeyed(t *testing.T) {
	d := open(t, 120, 40, func(h *house, _ *ui.Options) { h.b = newShelf("Beans", long) })
	d.Settle().Keys("2").Want("120,000 things")
	d.Keys("G").Want("▸ Beans number 119999")
	d.b.set(func() { d.b.breakAfter = 50 })
	d.Keys("r").Want("the line went dead").Keys("j").Want("50+ things", "▸ Beans number 1 ")
	d.b.set(func() { d.b.breakAfter = 0 })
	d.Keys("r").Want("120,000 things", "▸ Beans number 1 ")
}

func TestMarksOutliveTheRefreshOfALongList(t *testing.T) {
	d := open(t, 120, 40, func(h *house, _ *ui.Options) { h.b = newShelf("Beans", long) })
	d.Settle().Keys("2").Want("120,000 things").Keys("j", "space").Want("1 marked")
	d.b.set(func() { d.b.items = d.b.items[1:] })
	d.Keys("r").Want("119,999 things", "1 marked", "▌  Beans number 1 ")
}
