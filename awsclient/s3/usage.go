package s3

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"straws/awsclient"
)

// Usage adds up what is below a prefix, by child and by storage class.
type Usage struct {
	*Walk

	children map[string]*Share
	last     *Share // that the object before belonged to
	err      error  // to be told by the next call
}

// Share is one child of a prefix with everything below it: a common prefix, or
// all objects directly there.
type Share struct {
	Prefix  string // whole, with its trailing slash; "" for the objects directly there
	Objects int64
	Bytes   int64
	Part    float64 // of the bytes of all children, 0 to 1
	Classes []ClassShare
	Sum     bool // it stands for a whole: nothing more will be added
}

// ClassShare is what a share has in one storage class.
type ClassShare struct {
	Class          string
	Objects, Bytes int64
}

// NewUsage prepares to add up what is below a prefix. It makes no request.
func NewUsage(s *awsclient.Session, bucket, prefix string) *Usage {
	return &Usage{Walk: NewWalk(s, bucket, prefix), children: map[string]*Share{}}
}

// Next lists for some more time and returns all children as they are now. What
// failed is told by the error of the last call.
func (u *Usage) Next(ctx context.Context, during time.Duration) (shares []Share, more bool, err error) {
	if u.err != nil {
		return nil, false, u.err
	}
	enough := time.Now().Add(during)
	timer := time.NewTimer(during)
	defer timer.Stop()
	for {
		objects, more, err := u.some(ctx, timer.C)
		for _, o := range objects {
			u.add(o)
		}
		if u.err = err; err != nil && len(u.children) == 0 {
			return nil, false, err
		}
		if err != nil || !more || !time.Now().Before(enough) {
			return u.shares(), more || err != nil, nil
		}
	}
}

func (u *Usage) add(o Entry) {
	child := ""
	if i := strings.Index(o.Key[len(u.prefix):], Delimiter); i >= 0 {
		child = o.Key[:len(u.prefix)+i+1]
	}
	if u.last == nil || u.last.Prefix != child {
		if u.last = u.children[child]; u.last == nil {
			u.last = &Share{Prefix: strings.Clone(child)}
			u.children[u.last.Prefix] = u.last
		}
	}
	u.last.Objects++
	u.last.Bytes += o.Size
	class := u.last.class(o.Class())
	class.Objects++
	class.Bytes += o.Size
}

func (s *Share) class(name string) *ClassShare {
	for i := range s.Classes {
		if s.Classes[i].Class == name {
			return &s.Classes[i]
		}
	}
	s.Classes = append(s.Classes, ClassShare{Class: name})
	return &s.Classes[len(s.Classes)-1]
}

// shares is a copy of the numbers, the largest child first.
func (u *Usage) shares() []Share {
	var all int64
	for _, c := range u.children {
		all += c.Bytes
	}
	out := make([]Share, 0, len(u.children))
	for _, c := range u.children {
		s := *c
		s.Classes = slices.Clone(c.Classes)
		s.Sum = u.Whole()
		if all > 0 {
			s.Part = float64(s.Bytes) / float64(all)
		}
		out = append(out, s)
	}
	slices.SortFunc(out, func(a, b Share) int {
		return cmp.Or(cmp.Compare(b.Bytes, a.Bytes), cmp.Compare(a.Prefix, b.Prefix))
	})
	return out
}

// ByClass adds up shares by storage class, the largest first.
func ByClass(shares []Share) []ClassShare {
	var sum Share
	for _, s := range shares {
		for _, c := range s.Classes {
			to := sum.class(c.Class)
			to.Objects += c.Objects
			to.Bytes += c.Bytes
		}
	}
	slices.SortFunc(sum.Classes, func(a, b ClassShare) int {
		return cmp.Or(cmp.Compare(b.Bytes, a.Bytes), cmp.Compare(a.Class, b.Class))
	})
	return sum.Classes
}

// UsageCommand is the aws command that counts everything below a prefix.
func UsageCommand(bucket, prefix string) []string {
	return []string{"s3", "ls", "--recursive", "--summarize", URI(bucket, prefix)}
}
