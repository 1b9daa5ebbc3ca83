package table

import (
	"cmp"
	"fmt"
	"path"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/dustin/go-humanize"
)

// Filter builds a matcher from what the user typed. Words are ANDed, each is
// matched without regard to case:
//
//	web prod       both, anywhere in the row
//	-web           not this
//	state:stopped  in the column of this name
//	*.parquet      as a pattern, against the whole of each column; * goes across /
//	>10mb <1gb     by the first column that has bytes
//	<7d >1h        by age, younger and older, by the first column that has a time
//	tag:env=prod   by tag, a part of the value is enough
//
// It returns nil for an empty text, and an error that says which word it cannot
// understand.
func Filter[T any](text string, cols []Column[T], tags func(T) map[string]string, now time.Time) (func(T) bool, error) {
	var tests []func(T) bool
	for _, word := range strings.Fields(text) {
		t, err := term(strings.ToLower(word), cols, tags, now)
		if err != nil {
			return nil, err
		}
		tests = append(tests, t)
	}
	if len(tests) == 0 {
		return nil, nil
	}
	return func(it T) bool {
		for _, t := range tests {
			if !t(it) {
				return false
			}
		}
		return true
	}, nil
}

func term[T any](word string, cols []Column[T], tags func(T) map[string]string, now time.Time) (func(T) bool, error) {
	if rest, ok := strings.CutPrefix(word, "-"); ok && rest != "" {
		t, err := term(rest, cols, tags, now)
		if err != nil {
			return nil, err
		}
		return func(it T) bool { return !t(it) }, nil
	}
	if word[0] == '<' || word[0] == '>' {
		return compare(word, cols, now)
	}
	if rest, ok := strings.CutPrefix(word, "tag:"); ok {
		return tagged(rest, tags)
	}
	if name, rest, ok := strings.Cut(word, ":"); ok {
		for _, c := range cols {
			if strings.ToLower(strings.ReplaceAll(c.Title, " ", "")) == name {
				return matchAny([]Column[T]{c}, rest), nil
			}
		}
	}
	return matchAny(cols, word), nil
}

func matchAny[T any](cols []Column[T], want string) func(T) bool {
	test := func(s string) bool { return contains(s, want) }
	if _, err := path.Match(want, ""); err == nil && strings.ContainsAny(want, "*?[") {
		want = strings.ReplaceAll(want, "/", "\x00") // a slash is a character like any other: * goes across it
		test = func(s string) bool {
			ok, _ := path.Match(want, strings.ReplaceAll(strings.ToLower(s), "/", "\x00"))
			return ok
		}
	}
	return func(it T) bool {
		for _, c := range cols {
			if test(c.Cell(it)) {
				return true
			}
		}
		return false
	}
}

func tagged[T any](word string, tags func(T) map[string]string) (func(T) bool, error) {
	if tags == nil {
		return nil, fmt.Errorf("rows here have no tags")
	}
	key, want, exact := strings.Cut(word, "=")
	return func(it T) bool {
		for k, v := range tags(it) {
			if exact && strings.EqualFold(k, key) && contains(v, want) || !exact && (contains(k, key) || contains(v, key)) {
				return true
			}
		}
		return false
	}, nil
}

// compare understands a size or an age behind < or >.
func compare[T any](word string, cols []Column[T], now time.Time) (func(T) bool, error) {
	sign, value := word[0], strings.TrimPrefix(word[1:], "=")
	if age, ok := parseAge(value); ok {
		if get := firstTime(cols); get != nil {
			edge := now.Add(-age)
			return func(it T) bool {
				t := get(it)
				return !t.IsZero() && (sign == '<') == t.After(edge)
			}, nil
		}
		return nil, fmt.Errorf("%s: no column here has a time", word)
	}
	size, err := humanize.ParseBytes(value)
	if err != nil {
		return nil, fmt.Errorf("%s: neither a size (10mb) nor an age (7d)", word)
	}
	if get := firstBytes(cols); get != nil {
		want := int64(min(size, 1<<62))
		return func(it T) bool {
			n := get(it)
			return n >= 0 && (sign == '<' && n < want || sign == '>' && n > want)
		}, nil
	}
	return nil, fmt.Errorf("%s: no column here has a size", word)
}

func firstTime[T any](cols []Column[T]) func(T) time.Time {
	for _, c := range cols {
		if c.Time != nil {
			return c.Time
		}
	}
	return nil
}

func firstBytes[T any](cols []Column[T]) func(T) int64 {
	for _, c := range cols {
		if c.Bytes != nil {
			return c.Bytes
		}
	}
	return nil
}

// parseAge reads 30s, 5m, 12h, 7d, 2w or 1y; m is minutes, mb a size.
func parseAge(s string) (time.Duration, bool) {
	if s == "" {
		return 0, false
	}
	day := 24 * time.Hour
	unit := map[byte]time.Duration{'s': time.Second, 'm': time.Minute, 'h': time.Hour, 'd': day, 'w': 7 * day, 'y': 365 * day}[s[len(s)-1]]
	n, err := strconv.ParseFloat(s[:len(s)-1], 64)
	if unit == 0 || err != nil || n < 0 {
		return 0, false
	}
	return time.Duration(n * float64(unit)), true
}

// contains is strings.Contains without regard to case, and without allocating
// for the plain ASCII that names are made of. want is in lower case.
func contains(s, want string) bool {
	if want == "" {
		return true
	}
	for i := 0; i < len(s); i++ {
		if s[i] >= utf8.RuneSelf {
			return strings.Contains(strings.ToLower(s), want)
		}
	}
	for i := 0; i+len(want) <= len(s); i++ {
		if lower(s[i]) == want[0] && equalFold(s[i:i+len(want)], want) {
			return true
		}
	}
	return false
}

func equalFold(s, want string) bool {
	for i := range len(want) {
		if lower(s[i]) != want[i] {
			return false
		}
	}
	return true
}

func lower(c byte) byte {
	if c >= 'A' && c <= 'Z' {
		return c + 'a' - 'A'
	}
	return c
}

// ByText compares two rows by a text, for Column.Order.
func ByText[T any](f func(T) string) func(a, b T) int {
	return func(a, b T) int { return cmp.Compare(f(a), f(b)) }
}

// ByNumber compares two rows by a number, for Column.Order.
func ByNumber[T any](f func(T) int64) func(a, b T) int {
	return func(a, b T) int { return cmp.Compare(f(a), f(b)) }
}

// ByTime compares two rows by a moment, for Column.Order.
func ByTime[T any](f func(T) time.Time) func(a, b T) int {
	return func(a, b T) int { return f(a).Compare(f(b)) }
}
