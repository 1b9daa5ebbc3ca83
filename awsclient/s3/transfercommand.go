package s3

import "strings"

// DownloadCommand is the aws command that fetches an object, or everything
// below a prefix, into a local folder. Unlike straws it overwrites what is there.
func DownloadCommand(bucket string, e Entry, folder string) []string {
	name := lastName(e.Key)
	folder = strings.TrimSuffix(folder, "/") + "/"
	switch {
	case e.Prefix():
		return []string{"s3", "cp", "--recursive", URI(bucket, e.Key), folder + name}
	case strings.HasSuffix(e.Key, Delimiter):
		// The short command takes such a name for that of a folder.
		return FetchCommand(Object{Bucket: bucket, Key: e.Key}, folder+strings.TrimSuffix(name, Delimiter)+"_")
	}
	return []string{"s3", "cp", URI(bucket, e.Key), folder + name}
}

// FetchCommand is the aws command that fetches one object, or one version of it,
// into a local file.
func FetchCommand(o Object, file string) []string {
	return append(o.command("get-object"), file)
}

// UploadCommand is the aws command that puts a local file, or everything in a
// local folder, below a prefix. Unlike straws it overwrites what is there.
func UploadCommand(local, bucket, prefix string, folder bool) []string {
	if folder {
		return []string{"s3", "cp", "--recursive", local, URI(bucket, prefix+lastName(strings.TrimSuffix(local, "/"))+Delimiter)}
	}
	return []string{"s3", "cp", local, URI(bucket, prefix+lastName(local))}
}

// lastName is what follows the last slash but one at the end.
func lastName(key string) string {
	return key[strings.LastIndex(strings.TrimSuffix(key, Delimiter), Delimiter)+1:]
}
