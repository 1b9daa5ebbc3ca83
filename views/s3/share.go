package s3

import (
	"straws/awsclient/s3"
	"straws/ui/listpane"
)

func (p place) shareActions() []listpane.Action[s3.Entry] { return nil }
