package s3

import (
	"slices"

	"straws/awsclient/s3"
	"straws/ui/listpane"
	"straws/ui/pane"
)

// actions are what can be done to rows of a level, in the order of the menu.
func (p place) actions() []listpane.Action[s3.Entry] {
	return slices.Concat(
		p.transferActions(),
		p.copyActions(),
		p.shareActions(),
		p.versionActions(),
		p.changeActions(),
		p.findActions(),
		p.followActions(),
		[]listpane.Action[s3.Entry]{p.remove()},
	)
}

// placeActions are what can be done at a level, whatever its rows.
func (p place) placeActions(env pane.Env) []pane.Action {
	return slices.Concat(
		p.transferPlace(env),
		p.uploadsPlace(env),
		p.findPlace(env),
	)
}
