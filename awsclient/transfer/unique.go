package transfer

import (
	"crypto/rand"
	"strings"
)

// unique is a mark that no other file has.
func unique() string { return strings.ToLower(rand.Text()[:10]) }
