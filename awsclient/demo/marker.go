package demo

import (
	"maps"
	"strconv"
)

// markerPage cuts the page that begins at marker out of all items. Want is the
// size that was asked for, and most the service's own limit.
func markerPage[T any](all []T, marker *string, want int32, most int) (page []T, next *string, err error) {
	size, from := most, 0
	if want > 0 {
		size = min(int(want), most)
	}
	if marker != nil {
		from, err = strconv.Atoi(*marker)
		if err != nil || from < 0 || from > len(all) {
			return nil, nil, apiError("InvalidParameterValueException", "Invalid marker", 400)
		}
	}
	to := min(from+size, len(all))
	if to < len(all) {
		m := strconv.Itoa(to)
		next = &m
	}
	return all[from:to:to], next, nil
}

// copyMap keeps callers out of the account's own maps.
func copyMap(m map[string]string) map[string]string {
	if len(m) == 0 {
		return nil
	}
	return maps.Clone(m)
}
