package s3

import (
	"context"

	"straws/awsclient"
)

// Class is what one has to know of a storage class before moving objects into
// it: list prices of us-east-1.
type Class struct {
	Name     string
	Month    float64 // dollars for keeping 10⁹ bytes a month
	Reading  float64 // dollars for reading 10⁹ bytes
	MinDays  int     // that are charged for, also when the object goes earlier
	MinBytes int64   // that are charged for, also when the object is smaller
	Archive  bool    // an object has to be restored before it can be read
	Note     string
}

// Classes are the storage classes that an object of an ordinary bucket can be
// moved to, the quickest to read first.
func Classes() []Class {
	const small = 128 << 10
	return []Class{
		{Name: "STANDARD", Month: 0.023},
		{Name: Tiered, Month: 0.023, Note: "moves what is not read to cheaper tiers; $0.0025 a month for 1,000 objects"},
		{Name: "STANDARD_IA", Month: 0.0125, Reading: 0.01, MinDays: 30, MinBytes: small},
		{Name: "ONEZONE_IA", Month: 0.01, Reading: 0.01, MinDays: 30, MinBytes: small, Note: "lost when its one zone is"},
		{Name: "GLACIER_IR", Month: 0.004, Reading: 0.03, MinDays: 90, MinBytes: small},
		{Name: "GLACIER", Month: 0.0036, Reading: 0.01, MinDays: 90, Archive: true, Note: "3 to 5 hours to restore"},
		{Name: DeepArchive, Month: 0.00099, Reading: 0.02, MinDays: 180, Archive: true, Note: "12 hours to restore"},
	}
}

// ChangeClass copies an object onto itself in another storage class, as long as
// it has the ETag tag; "" for whatever is there. What else belongs to it stays. In
// a bucket with versions that makes a new version, and the old one stays too.
// Watch, if not nil, is told of bytes as Copy does.
func ChangeClass(ctx context.Context, s *awsclient.Session, o Object, tag, class string, watch func(int64)) error {
	_, err := Copy(ctx, s, o, Object{Bucket: o.Bucket, Key: o.Key}, CopyOptions{IfTag: tag, Overwrite: true, Class: class, Watch: watch})
	return err
}

// ClassCommand is the aws command that does the same for an object of so many
// bytes.
func ClassCommand(o Object, size int64, class string) []string {
	if size > copyLimit {
		return []string{"s3", "cp", URI(o.Bucket, o.Key), URI(o.Bucket, o.Key), "--storage-class", class}
	}
	return Object{Bucket: o.Bucket, Key: o.Key}.command("copy-object", "--copy-source", o.copySource(), "--storage-class", class)
}

// BringBack copies an older version on top of its key, where it becomes the
// current one. It stays where it was as well. Watch, if not nil, is told of bytes
// as Copy does.
func BringBack(ctx context.Context, s *awsclient.Session, o Object, watch func(int64)) error {
	_, err := Copy(ctx, s, o, Object{Bucket: o.Bucket, Key: o.Key}, CopyOptions{Overwrite: true, Watch: watch})
	return err
}

// BringBackCommand is the aws command that does the same, for objects up to 5 GB;
// class is the storage class of the version.
func BringBackCommand(o Object, class string) []string {
	return Object{Bucket: o.Bucket, Key: o.Key}.command("copy-object", append([]string{"--copy-source", o.copySource()}, classWords(class)...)...)
}

// copySource is the object as the header of a copy names it.
func (o Object) copySource() string {
	name := o.Bucket + "/" + escaped(o.Key)
	if o.Version != "" {
		name += "?versionId=" + escaped(o.Version)
	}
	return name
}
