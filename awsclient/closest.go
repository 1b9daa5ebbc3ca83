package awsclient

import (
	"cmp"
	"slices"
	"strings"
)

const suggestions = 3 // names offered instead of an unknown one

// closest returns the names most like an unknown one, the nearest first, and
// none that differ in more than a third of their letters.
func closest(unknown string, names []string) []string {
	type candidate struct {
		name string
		far  int
	}
	var near []candidate
	word := strings.ToLower(unknown)
	for _, name := range names {
		lower := strings.ToLower(name)
		far := distance(word, lower)
		if len(word) > 2 && (strings.HasPrefix(lower, word) || strings.HasPrefix(word, lower)) {
			far = min(far, 2) // begun or overdone, rather than mistyped
		}
		if far <= max(1, max(len(word), len(lower))/3) {
			near = append(near, candidate{name, far})
		}
	}
	slices.SortStableFunc(near, func(a, b candidate) int { return cmp.Compare(a.far, b.far) })
	var out []string
	for _, c := range near[:min(suggestions, len(near))] {
		out = append(out, c.name)
	}
	return out
}

// distance counts the letters to insert, delete or replace between a and b.
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			above := row[j+1]
			change := diagonal
			if a[i] != b[j] {
				change++
			}
			row[j+1] = min(change, above+1, row[j]+1)
			diagonal = above
		}
	}
	return row[len(b)]
}
