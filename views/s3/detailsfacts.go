package s3

import (
	"context"
	"maps"
	"slices"
	"strings"
	"time"

	"straws/awsclient/s3"
	"straws/ui/format"
	"straws/ui/pane"
	"straws/ui/sectionpane"
)

func (f *facts) parts() []sectionpane.Part {
	return []sectionpane.Part{
		{Title: "object", Load: f.head},
		{Title: "tags", Load: f.tags},
		{Title: "checksums and parts", Load: f.attributes},
		{Title: "access list", Load: f.acl},
		{Title: "retention", Load: f.retention},
		{Title: "legal hold", Load: f.hold},
	}
}

// head is what HeadObject tells: the object, what protects it, and what its
// uploader said about it.
func (f *facts) head(ctx context.Context, env pane.Env) ([]section, error) {
	d, err := s3.Describe(ctx, env.AWS, f.target.Object)
	if err != nil {
		return nil, err
	}
	f.learn(d)
	zone := env.Now().Location()
	object := section{Title: "object", Fields: []field{
		{Label: "key", Value: d.Key},
		{Label: "version", Value: d.VersionID},
		{Label: "size", Value: format.Exactly(d.Size)},
		{Label: "modified", Value: moment(d.LastModified, zone)},
		{Label: "type", Value: d.ContentType},
		{Label: "encoding", Value: d.ContentEncoding},
		{Label: "language", Value: d.ContentLanguage},
		{Label: "cache control", Value: d.CacheControl},
		{Label: "disposition", Value: d.Disposition},
		{Label: "expires header", Value: d.Expires},
		{Label: "redirects to", Value: d.Redirect},
		{Label: "ETag", Value: tagWord(d)},
		{Label: "ARN", Value: d.ARN},
	}}
	return []section{object, storage(d, zone), encryption(d), metadata(d)}, nil
}

// tagWord is the ETag, and what it tells of the upload.
func tagWord(d s3.Details) string {
	tag := strings.Trim(d.ETag, `"`)
	if d.Parts > 0 {
		tag += ", of " + format.Plural(d.Parts, "part", "parts")
	}
	return tag
}

// storage is where the object is kept, and what is going to happen to it.
func storage(d s3.Details, zone *time.Location) section {
	s := section{Title: "storage"}
	add := func(label, value string) { s.Fields = append(s.Fields, field{Label: label, Value: value}) }
	add("class", d.StorageClass)
	add("archive tier", d.ArchiveStatus)
	ongoing, until := s3.RestoreState(d.Restore)
	switch archived := d.ArchiveStatus != "" || d.StorageClass == "GLACIER" || d.StorageClass == s3.DeepArchive; {
	case ongoing:
		s.Moving, s.Again = true, restorePoll
		add("copy", "◐ restoring: AWS is making a readable copy")
	case !until.IsZero():
		add("copy", "restored until "+moment(until, zone))
	case archived:
		add("copy", "none: it has to be restored before it can be read")
	}
	add("lifecycle", expiration(d.Expiration, zone))
	add("replication", strings.ToLower(d.Replication))
	if d.LockUntil != nil {
		add("lock", strings.ToLower(d.LockMode)+" until "+moment(*d.LockUntil, zone))
	}
	add("legal hold", strings.ToLower(d.LegalHold))
	return s
}

// restorePoll is how soon an object is asked about again that AWS is restoring,
// which takes minutes at the least.
const restorePoll = time.Minute

func encryption(d s3.Details) section {
	s := section{Title: "encryption", Empty: "S3 does not tell of any"}
	switch {
	case d.CustomerKey != "":
		s.Fields = append(s.Fields, field{Label: "by", Value: d.CustomerKey + " with a key that S3 does not keep"})
	case strings.HasPrefix(d.Encryption, "aws:kms"):
		s.Fields = append(s.Fields, field{Label: "by", Value: d.Encryption}, field{Label: "key", Value: d.KMSKey})
		if d.BucketKey {
			s.Fields = append(s.Fields, field{Label: "bucket key", Value: "on"})
		}
	case d.Encryption != "":
		s.Fields = append(s.Fields, field{Label: "by", Value: d.Encryption + ", with S3's own key"})
	}
	return s
}

// metadata is what the uploader added.
func metadata(d s3.Details) section {
	s := section{Title: "metadata", Empty: "none"}
	for _, k := range slices.Sorted(maps.Keys(d.Metadata)) {
		s.Fields = append(s.Fields, field{Label: k, Value: d.Metadata[k]})
	}
	if n := d.MissingMeta; n > 0 {
		s.Fields = append(s.Fields, field{Label: "left out", Value: format.Plural(n, "entry", "entries") + " that no header can carry"})
	}
	return s
}

// expiration reads the header about the lifecycle rule that will delete the object.
func expiration(header string, zone *time.Location) string {
	_, rest, _ := strings.Cut(header, `expiry-date="`)
	date, rest, _ := strings.Cut(rest, `"`)
	at, err := time.Parse(time.RFC1123, date)
	if err != nil {
		return header
	}
	text := "deleted at " + moment(at, zone)
	if _, rule, ok := strings.Cut(rest, `rule-id="`); ok {
		rule, _, _ = strings.Cut(rule, `"`)
		text += " by rule " + rule
	}
	return text
}

func moment(t time.Time, zone *time.Location) string {
	if t.IsZero() {
		return ""
	}
	return t.In(zone).Format("2006-01-02 15:04:05 MST")
}

func (f *facts) tags(ctx context.Context, env pane.Env) ([]section, error) {
	tags, err := s3.ObjectTags(ctx, env.AWS, f.target.Object)
	s := section{Title: "tags", Empty: "none"}
	for _, k := range slices.Sorted(maps.Keys(tags)) {
		s.Fields = append(s.Fields, field{Label: k, Value: shownTag(tags[k])})
	}
	return []section{s}, err
}

// shownTag keeps a tag in the list whose value is empty.
func shownTag(value string) string {
	if value == "" {
		return `""`
	}
	return value
}

func (f *facts) attributes(ctx context.Context, env pane.Env) ([]section, error) {
	a, err := s3.DescribeAttributes(ctx, env.AWS, f.target.Object)
	s := section{Title: "checksums and parts", Empty: "it was uploaded in one, and without a checksum"}
	for _, k := range slices.Sorted(maps.Keys(a.Checksums)) {
		value := a.Checksums[k]
		if a.ChecksumType == "COMPOSITE" {
			value += ", made of those of the parts"
		}
		s.Fields = append(s.Fields, field{Label: k, Value: value})
	}
	if a.Parts > 0 {
		s.Fields = append(s.Fields, field{Label: "parts", Value: partsWord(a)})
	}
	return []section{s}, err
}

// partsWord says how many parts there are, and how large, as far as S3 keeps that.
func partsWord(a s3.Attributes) string {
	text := format.Count(a.Parts)
	if len(a.Sizes) == 0 {
		return text
	}
	text += ", the first of " + format.Size(a.Sizes[0])
	if len(a.Sizes) == a.Parts && a.Parts > 1 {
		text += ", the last of " + format.Size(a.Sizes[a.Parts-1])
	}
	return text
}

func (f *facts) acl(ctx context.Context, env pane.Env) ([]section, error) {
	acl, err := s3.DescribeACL(ctx, env.AWS, f.target.Object)
	s := section{Title: "access list", Empty: "it lets nobody in"}
	for _, g := range acl.Grants {
		value := g.May
		if g.Public {
			value = "◐ " + value + ": public, unless the bucket blocks that"
		}
		s.Fields = append(s.Fields, field{Label: g.Who, Value: value})
	}
	if acl.Owner != "" {
		s.Fields = append(s.Fields, field{Label: "owner is", Value: acl.Owner})
	}
	return []section{s}, err
}

func (f *facts) retention(ctx context.Context, env pane.Env) ([]section, error) {
	r, err := s3.DescribeRetention(ctx, env.AWS, f.target.Object)
	s := section{Title: "retention", Empty: "not configured"}
	if r.Mode != "" {
		s.Fields = []field{{Label: strings.ToLower(r.Mode), Value: "until " + moment(r.Until, env.Now().Location())}}
	}
	return []section{s}, err
}

func (f *facts) hold(ctx context.Context, env pane.Env) ([]section, error) {
	on, err := s3.DescribeLegalHold(ctx, env.AWS, f.target.Object)
	s := section{Title: "legal hold", Empty: "not configured"}
	if on {
		s.Fields = []field{{Label: "hold", Value: "on: no version under it can be deleted"}}
	}
	return []section{s}, err
}
