package s3

import (
	"straws/awsclient/s3"
	"straws/ui/listpane"
	"straws/ui/pane"
)

func (p place) transferActions() []listpane.Action[s3.Entry] { return nil }

func (p place) transferPlace(pane.Env) []pane.Action { return nil }
