package s3

import (
	"straws/awsclient/s3"
	"straws/ui/listpane"
	"straws/ui/pane"
)

func (p place) versionActions() []listpane.Action[s3.Entry] { return nil }

func (p place) versionPlace(pane.Env) []pane.Action { return nil }
