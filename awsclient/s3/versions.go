package s3

import (
	"cmp"
	"context"
	"errors"
	"slices"

	"straws/awsclient"

	"github.com/aws/aws-sdk-go-v2/aws"
	sdk "github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"
)

// Versions returns a pager over one level of a bucket as a list of versions: of
// each page the prefixes first, then key by key the newest version first. Each
// call sends one ListObjectVersions.
func Versions(s *awsclient.Session, bucket, prefix string) func(context.Context) ([]Version, bool, error) {
	p := versionPager{session: s, in: versionsInput(bucket, prefix)}
	p.in.Delimiter = aws.String(Delimiter)
	return p.page
}

// VersionsOf returns a pager over the versions of one key, and of none that only
// begins with it, the newest first. Each call sends one ListObjectVersions.
func VersionsOf(s *awsclient.Session, bucket, key string) func(context.Context) ([]Version, bool, error) {
	p := versionPager{session: s, in: versionsInput(bucket, key)}
	return func(ctx context.Context) ([]Version, bool, error) {
		rows, more, err := p.page(ctx)
		own := slices.DeleteFunc(rows, func(v Version) bool { return v.Key != key })
		// What only begins with the key comes after it.
		return own, more && aws.ToString(p.in.KeyMarker) <= key, err
	}
}

func versionsInput(bucket, prefix string) sdk.ListObjectVersionsInput {
	return sdk.ListObjectVersionsInput{
		Bucket: &bucket, Prefix: &prefix, MaxKeys: aws.Int32(keysAPage), EncodingType: types.EncodingTypeUrl,
		OptionalObjectAttributes: []types.OptionalObjectAttributes{types.OptionalObjectAttributesRestoreStatus},
	}
}

// versionPager goes from page to page. The SDK's own sends the encoded marker of
// an answer back as it is, and so skips and repeats versions.
type versionPager struct {
	session *awsclient.Session
	in      sdk.ListObjectVersionsInput
	last    []Version // that the page before ended with, of each kind
}

func (p *versionPager) page(ctx context.Context) ([]Version, bool, error) {
	bucket, prefix := *p.in.Bucket, *p.in.Prefix
	out, err := at(p.session, bucket, func(c *sdk.Client) (*sdk.ListObjectVersionsOutput, error) {
		return c.ListObjectVersions(ctx, &p.in)
	})
	if err != nil {
		return nil, false, wrap(err, "list the versions of %s", URI(bucket, prefix))
	}
	prefixes, versions, markers, err := versionRows(out)
	if err == nil && aws.ToBool(out.IsTruncated) {
		err = p.advance(out)
	}
	if err != nil {
		return nil, false, wrap(err, "list the versions of %s", URI(bucket, prefix))
	}
	rows := append(prefixes, byNewest(versions, markers)...)
	rows = slices.DeleteFunc(rows, p.repeated)
	p.last = p.last[:0]
	for _, kind := range [][]Version{prefixes, versions, markers} {
		if n := len(kind); n > 0 {
			p.last = append(p.last, kind[n-1])
		}
	}
	return rows, aws.ToBool(out.IsTruncated), nil
}

// repeated tells a row that the page before has shown: some servers begin a page
// with the version that their marker names.
func (p *versionPager) repeated(v Version) bool {
	return slices.ContainsFunc(p.last, func(old Version) bool { return old.Key == v.Key && old.ID == v.ID })
}

// advance sets the markers of the next page.
func (p *versionPager) advance(out *sdk.ListObjectVersionsOutput) error {
	key, err := decoded(out.NextKeyMarker, out.EncodingType == types.EncodingTypeUrl)
	switch {
	case err != nil:
		return err
	case key == "" || key == aws.ToString(p.in.KeyMarker) && aws.ToString(out.NextVersionIdMarker) == aws.ToString(p.in.VersionIdMarker):
		return errors.New("the server says that there is more, and not where it begins")
	}
	p.in.KeyMarker, p.in.VersionIdMarker = &key, out.NextVersionIdMarker
	return nil
}

// versionRows are the rows of an answer, each kind in the order of the answer.
func versionRows(out *sdk.ListObjectVersionsOutput) (prefixes, versions, markers []Version, err error) {
	encoded := out.EncodingType == types.EncodingTypeUrl
	names := make([]*string, 0, len(out.CommonPrefixes)+len(out.Versions)+len(out.DeleteMarkers))
	for _, p := range out.CommonPrefixes {
		names = append(names, p.Prefix)
	}
	for _, v := range out.Versions {
		names = append(names, v.Key)
	}
	for _, m := range out.DeleteMarkers {
		names = append(names, m.Key)
	}
	keys, err := together(names, encoded)
	if err != nil {
		return nil, nil, nil, err
	}
	for i := range out.CommonPrefixes {
		prefixes = append(prefixes, Version{Entry: prefixEntry(keys[i])})
	}
	keys = keys[len(out.CommonPrefixes):]
	for i, v := range out.Versions {
		versions = append(versions, objectVersion(keys[i], v))
	}
	keys = keys[len(out.Versions):]
	for i, m := range out.DeleteMarkers {
		markers = append(markers, deleteMarker(keys[i], m))
	}
	return prefixes, versions, markers, nil
}

// byNewest puts versions and delete markers, which an answer lists apart, into
// one order: by key, and the newest first. Times are in whole seconds, so that of
// two at once the marker goes first unless the version is known to be the latest.
func byNewest(versions, markers []Version) []Version {
	all := make([]Version, 0, len(versions)+len(markers))
	for len(versions) > 0 && len(markers) > 0 {
		v, m := versions[0], markers[0]
		order := cmp.Compare(m.Key, v.Key)
		switch {
		case order != 0:
		case m.Latest || v.Latest:
			order = map[bool]int{true: -1, false: 1}[m.Latest]
		default:
			order = cmp.Compare(v.at, m.at)
		}
		if order <= 0 {
			all, markers = append(all, m), markers[1:]
		} else {
			all, versions = append(all, v), versions[1:]
		}
	}
	return append(append(all, versions...), markers...)
}
