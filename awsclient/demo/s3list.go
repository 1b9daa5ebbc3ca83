package demo

import (
	"context"
	"math"
	"net/http"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"
)

// keysAPage is what S3 answers at most, whatever is asked for.
const keysAPage = 1000

func pageLimit(asked *int32) (int, error) {
	if asked == nil {
		return keysAPage, nil
	}
	if *asked < 0 {
		return 0, apiError("InvalidArgument", "Argument maxKeys must be an integer between 0 and 2147483647", http.StatusBadRequest)
	}
	return min(int(*asked), keysAPage), nil
}

func listObjects(ctx context.Context, a *Account, in *s3.ListObjectsV2Input) (*s3.ListObjectsV2Output, error) {
	b, err := a.bucket(ctx, in.Bucket, "")
	if err != nil {
		return nil, err
	}
	limit, err := pageLimit(in.MaxKeys)
	if err != nil {
		return nil, err
	}
	from, err := decodeToken(in.ContinuationToken)
	if err != nil {
		return nil, err
	}
	if in.ContinuationToken == nil && aws.ToString(in.StartAfter) != "" {
		from = *in.StartAfter + "\x00"
	}
	l := listing{prefix: aws.ToString(in.Prefix), delimiter: aws.ToString(in.Delimiter), limit: limit, from: from}
	if limit > 0 {
		l.page(&cursor{b: b})
	}
	e := newEncoder(in.EncodingType)
	out := &s3.ListObjectsV2Output{
		Name: in.Bucket, Prefix: e.name(l.prefix), EncodingType: in.EncodingType,
		MaxKeys: aws.Int32(int32(limit)), KeyCount: aws.Int32(int32(len(l.entries))),
		ContinuationToken: in.ContinuationToken, NextContinuationToken: encodeToken(l.resume), IsTruncated: aws.Bool(l.resume != ""),
	}
	if in.Delimiter != nil {
		out.Delimiter = e.name(l.delimiter)
	}
	if in.StartAfter != nil {
		out.StartAfter = e.name(*in.StartAfter)
	}
	restore := len(in.OptionalObjectAttributes) > 0
	for _, x := range l.entries {
		if x.prefix {
			out.CommonPrefixes = append(out.CommonPrefixes, types.CommonPrefix{Prefix: e.name(x.name)})
		} else {
			out.Contents = append(out.Contents, b.listed(e, x, restore, a.Now()))
		}
	}
	if err := e.err(); err != nil {
		return nil, err
	}
	return out, nil
}

// listed is the row of a key.
func (b *bucket) listed(e *encoder, x entry, restore bool, now time.Time) types.Object {
	var v *version
	if x.made > 0 {
		v = b.series.at(x.made - 1)
	} else {
		v = b.current(x.name)
	}
	o := types.Object{
		Key: e.name(x.name), Size: aws.Int64(v.content.size()), ETag: v.quoted(),
		LastModified: aws.Time(v.modified), StorageClass: types.ObjectStorageClass(v.storageClass()),
	}
	if restore {
		o.RestoreStatus = v.restoreStatus(now)
	}
	return o
}

// listVersions answers ListObjectVersions: every state of every key, newest
// first within a key.
func listVersions(ctx context.Context, a *Account, in *s3.ListObjectVersionsInput) (*s3.ListObjectVersionsOutput, error) {
	b, err := a.bucket(ctx, in.Bucket, "")
	if err != nil {
		return nil, err
	}
	limit, err := pageLimit(in.MaxKeys)
	if err != nil {
		return nil, err
	}
	if in.VersionIdMarker != nil && in.KeyMarker == nil {
		return nil, apiError("InvalidArgument", "A version-id marker cannot be specified without a key marker.", http.StatusBadRequest)
	}
	e := newEncoder(in.EncodingType)
	out := &s3.ListObjectVersionsOutput{
		Name: in.Bucket, Prefix: e.name(aws.ToString(in.Prefix)), EncodingType: in.EncodingType,
		KeyMarker: e.name(aws.ToString(in.KeyMarker)), VersionIdMarker: in.VersionIdMarker,
		MaxKeys: aws.Int32(int32(limit)), IsTruncated: aws.Bool(false),
	}
	if in.Delimiter != nil {
		out.Delimiter = e.name(*in.Delimiter)
	}
	p := versionsPage{b: b, e: e, out: out, limit: limit, restore: len(in.OptionalObjectAttributes) > 0, now: a.Now()}
	if limit > 0 {
		p.walk(in)
	}
	if err := e.err(); err != nil {
		return nil, err
	}
	return out, nil
}

type versionsPage struct {
	b     *bucket
	e     *encoder
	out   *s3.ListObjectVersionsOutput
	limit int
	count int
	key   string // the last one given out
	id    string

	restore bool // asked for the state of restores
	now     time.Time
}

func (p *versionsPage) walk(in *s3.ListObjectVersionsInput) {
	marker, id := aws.ToString(in.KeyMarker), aws.ToString(in.VersionIdMarker)
	if id != "" { // the rest of the marker's own versions comes first
		for i, v := range p.b.objects[marker] {
			if v.id == id && !p.states(marker, p.b.objects[marker][i+1:], false) {
				return
			}
		}
	}
	l := listing{prefix: aws.ToString(in.Prefix), delimiter: aws.ToString(in.Delimiter), limit: math.MaxInt}
	switch {
	case marker == "":
	case l.delimiter != "" && strings.HasPrefix(marker, l.prefix) && strings.Contains(marker[len(l.prefix):], l.delimiter):
		l.from = after(marker) // it stands for all that begins with it
	default:
		l.from = marker + "\x00"
	}
	l.limit = p.limit + 1 // keys have at least one version each; one more shows whether it goes on
	l.page(&cursor{b: p.b, all: true})
	for _, x := range l.entries {
		switch {
		case !x.prefix && !p.states(x.name, p.b.states(x.name), true):
			return
		case x.prefix && !p.add(x.name, ""):
			return
		case x.prefix:
			p.out.CommonPrefixes = append(p.out.CommonPrefixes, types.CommonPrefix{Prefix: p.e.name(x.name)})
		}
	}
}

// states lists all versions of a key, newest first.
func (b *bucket) states(key string) []*version {
	if vs := b.objects[key]; len(vs) > 0 {
		return vs
	}
	return []*version{b.current(key)}
}

// add counts one more result; false ends the page before it.
func (p *versionsPage) add(key, id string) bool {
	if p.count == p.limit {
		p.out.IsTruncated = aws.Bool(true)
		p.out.NextKeyMarker = p.e.name(p.key)
		if p.id != "" {
			p.out.NextVersionIdMarker = aws.String(p.id)
		}
		return false
	}
	p.count, p.key, p.id = p.count+1, key, id
	return true
}

func (p *versionsPage) states(key string, vs []*version, newest bool) bool {
	for i, v := range vs {
		id := v.id
		if id == "" {
			id = "null"
		}
		if !p.add(key, id) {
			return false
		}
		latest := aws.Bool(newest && i == 0)
		if v.marker {
			p.out.DeleteMarkers = append(p.out.DeleteMarkers, types.DeleteMarkerEntry{
				Key: p.e.name(key), VersionId: aws.String(id), IsLatest: latest, LastModified: aws.Time(v.modified),
			})
			continue
		}
		row := types.ObjectVersion{
			Key: p.e.name(key), VersionId: aws.String(id), IsLatest: latest, LastModified: aws.Time(v.modified),
			Size: aws.Int64(v.content.size()), ETag: v.quoted(), StorageClass: types.ObjectVersionStorageClass(v.storageClass()),
		}
		if p.restore {
			row.RestoreStatus = v.restoreStatus(p.now)
		}
		p.out.Versions = append(p.out.Versions, row)
	}
	return true
}
