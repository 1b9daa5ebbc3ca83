package s3

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"straws/awsclient"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"
)

// Moved is how far a move has come. Given to Move again, it goes on from there.
type Moved struct {
	Copied  *Copied // nil until the copy was made
	Deleted bool    // the source is gone
}

// Move copies an object, verifies the copy, and only then deletes the source, on
// condition that it is still what was copied. The answer of every step is kept in
// m, so that a further try repeats none. When ctx ends, a move whose copy was made
// is brought to its end.
func Move(ctx context.Context, s *awsclient.Session, from, to Object, o CopyOptions, m *Moved) error {
	if from.Bucket == to.Bucket && from.Key == to.Key {
		return errors.New("an object cannot be moved onto itself")
	}
	if m.Copied == nil {
		c, err := Copy(ctx, s, from, to, o)
		if err != nil {
			return err
		}
		m.Copied = &c
	}
	ctx = context.WithoutCancel(ctx)
	if err := m.Copied.Verify(ctx, s); err != nil {
		return fmt.Errorf("the source was not deleted: %w", err)
	}
	if from.Key == to.Key && o.Overwrite {
		if err := m.Copied.apart(ctx, s); err != nil {
			return fmt.Errorf("the source was not deleted: %w", err)
		}
	}
	if err := Delete(ctx, s, from, m.Copied.Tag); err != nil {
		return fmt.Errorf("it was copied, but stays at the source: %w", err)
	}
	m.Deleted = true
	return nil
}

// Verify asks HeadObject about the copy, and compares size, ETag and checksums
// with those of the source, as far as they can be compared.
func (c Copied) Verify(ctx context.Context, s *awsclient.Session) error {
	// Looking at a version by its id takes a permission of its own.
	now, err := stat(ctx, s, Object{Bucket: c.To.Bucket, Key: c.To.Key}, "")
	if err != nil {
		return wrap(err, "look at the copy %s", URI(c.To.Bucket, c.To.Key))
	}
	switch {
	case now.size != c.Size:
		return conflict("HeadObject", c.To, fmt.Sprintf("the copy has %d bytes, and the source %d", now.size, c.Size), nil)
	case c.compare(now) == different:
		return conflict("HeadObject", c.To, "the copy has another checksum than the source", nil)
	case c.made != "" && now.tag != c.made:
		return conflict("HeadObject", c.To, "the copy was replaced meanwhile", nil)
	}
	return nil
}

// apart makes sure that the copy has not overwritten its own source: an access
// point is another name of its bucket.
func (c Copied) apart(ctx context.Context, s *awsclient.Session) error {
	now, err := stat(ctx, s, c.From, "")
	switch {
	case absent(err):
		return nil // an earlier try deleted it
	case err != nil:
		return wrap(err, "look at the source %s", URI(c.From.Bucket, c.From.Key))
	case !aws.ToTime(now.LastModified).Equal(aws.ToTime(c.from.LastModified)) || aws.ToString(now.VersionId) != aws.ToString(c.from.VersionId):
		return conflict("HeadObject", c.From, "it was written again meanwhile: are "+c.From.Bucket+" and "+c.To.Bucket+" two names of one bucket?", nil)
	}
	return nil
}

// likeness is what can be said of two objects without reading them.
type likeness int

const (
	unlike likeness = iota // nothing can be said
	same
	different
)

// compare sets a target against the source: by a checksum of the whole object,
// where both have the same one, else by the ETag, where it is the MD5 of both.
func (c Copied) compare(now state) likeness {
	verdict := func(equal bool) likeness {
		if equal {
			return same
		}
		return different
	}
	if whole(c.from) && whole(now) {
		sums := checksums(now.HeadObjectOutput)
		for name, sum := range checksums(c.from.HeadObjectOutput) {
			if other, ok := sums[name]; ok {
				return verdict(sum == other)
			}
		}
	}
	if digest(c.from) && digest(now) {
		return verdict(c.from.tag == now.tag)
	}
	return unlike
}

// whole tells that the checksums are of the object's bytes, and not of its parts'
// checksums.
func whole(st state) bool {
	if st.ChecksumType != "" {
		return st.ChecksumType == types.ChecksumTypeFullObject
	}
	return !strings.Contains(st.tag, "-")
}

// digest tells that the ETag is the MD5 of the bytes.
func digest(st state) bool {
	kms := strings.HasPrefix(string(st.ServerSideEncryption), "aws:kms") || st.SSECustomerAlgorithm != nil
	var e Entry
	e.setETag(aws.ToString(st.ETag))
	return !kms && e.ETag() != "" && e.parts == 0
}
