package ec2

import (
	"cmp"
	"strings"

	"straws/awsclient/ec2"
)

// order puts what is gone last, and the rest by name.
func order(a, b ec2.Instance) int {
	gone := func(i ec2.Instance) int {
		if i.State == ec2.Terminated {
			return 1
		}
		return 0
	}
	return cmp.Or(cmp.Compare(gone(a), gone(b)), byName(a, b))
}

// byName compares names with their numbers as numbers, so that web-10 follows
// web-9. The id decides between instances of one name, lest they swap places.
func byName(a, b ec2.Instance) int {
	return cmp.Or(natural(name(a), name(b)), cmp.Compare(a.ID, b.ID))
}

func natural(a, b string) int {
	for a != "" && b != "" {
		x, y := digits(a), digits(b)
		if x == 0 || y == 0 {
			if a[0] != b[0] {
				return cmp.Compare(a[0], b[0])
			}
			a, b = a[1:], b[1:]
			continue
		}
		m, n := strings.TrimLeft(a[:x], "0"), strings.TrimLeft(b[:y], "0")
		if c := cmp.Or(cmp.Compare(len(m), len(n)), cmp.Compare(m, n)); c != 0 {
			return c
		}
		a, b = a[x:], b[y:]
	}
	return cmp.Compare(len(a), len(b))
}

// digits is how many digits s begins with.
func digits(s string) int {
	return len(s) - len(strings.TrimLeft(s, "0123456789"))
}
