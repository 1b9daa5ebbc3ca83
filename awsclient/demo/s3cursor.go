package demo

import (
	"slices"
	"strings"
)

// cursor walks the keys of a bucket in order: what is stored and what a series
// makes up, without the keys that nobody sees.
type cursor struct {
	b      *bucket
	stored int  // next index in b.keys
	made   int  // next index in b.series
	all    bool // also keys whose current version is a delete marker
}

// seek moves to the first key that is not before key.
func (c *cursor) seek(key string) {
	c.stored, _ = slices.BinarySearch(c.b.keys, key)
	if c.b.series != nil {
		c.made = c.b.series.find(key)
	}
}

// next returns the key under the cursor and moves on.
func (c *cursor) next() (entry, bool) {
	made, ok := c.peekMade()
	for c.stored < len(c.b.keys) {
		key := c.b.keys[c.stored]
		if ok && made < key {
			break
		}
		c.stored++
		if c.all || !c.b.objects[key][0].marker {
			return entry{name: key}, true
		}
	}
	if !ok {
		return entry{}, false
	}
	c.made++
	return entry{name: made, made: c.made}, true
}

func (c *cursor) peekMade() (string, bool) {
	if c.b.series == nil {
		return "", false
	}
	for ; c.made < c.b.series.count; c.made++ {
		if key := c.b.series.key(c.made); !c.b.gone[key] {
			return key, true
		}
	}
	return "", false
}

// after is the smallest string that is behind every string with the prefix.
func after(prefix string) string {
	for i := len(prefix) - 1; i >= 0; i-- {
		if prefix[i] < 0xff {
			return prefix[:i] + string([]byte{prefix[i] + 1})
		}
	}
	return ""
}

// listing is one page of a walk.
type listing struct {
	prefix, delimiter string
	limit             int
	from              string // first key to look at

	entries []entry
	resume  string // where the next page begins; "" when there is none
}

// entry is a key, or the common prefix of several.
type entry struct {
	name   string
	prefix bool
	made   int // place in the bucket's series, from 1; 0 for a stored key
}

// page fills l with up to limit entries from the cursor.
func (l *listing) page(c *cursor) {
	c.seek(max(l.from, l.prefix))
	for {
		e, ok := c.next()
		key := e.name
		if !ok || !strings.HasPrefix(key, l.prefix) {
			return
		}
		if len(l.entries) >= l.limit {
			l.resume = key
			return
		}
		if l.delimiter != "" {
			if i := strings.Index(key[len(l.prefix):], l.delimiter); i >= 0 {
				e = entry{name: key[:len(l.prefix)+i+len(l.delimiter)], prefix: true}
			}
		}
		l.entries = append(l.entries, e)
		if e.prefix {
			end := after(e.name)
			if end == "" {
				return
			}
			c.seek(end)
		}
	}
}
