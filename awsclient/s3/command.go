package s3

import "strings"

// RelocateCommands are the aws commands, in the order in which they are to be
// run, that copy or move one root of a relocation. The command line overwrites
// what is at the target without a word.
func RelocateCommands(r Relocation, root Entry, move bool) [][]string {
	from, to := URI(r.Bucket, root.Key), URI(r.To.Bucket, r.Target(root.Key))
	verb := "cp"
	if move {
		verb = "mv"
	}
	switch {
	case root.Prefix():
		return [][]string{{"s3", verb, "--recursive", from, to}}
	case strings.HasSuffix(root.Key, Delimiter) || strings.HasSuffix(r.Target(root.Key), Delimiter):
		// The short commands take such a name for that of a folder.
		commands := [][]string{{
			"s3api", "copy-object", "--bucket", r.To.Bucket, "--key", r.Target(root.Key),
			"--copy-source", r.Bucket + "/" + escaped(root.Key),
		}}
		if move {
			commands = append(commands, DeleteCommand(r.Bucket, root.Key))
		}
		return commands
	}
	words := []string{"s3", verb, from, to}
	if class := root.Class(); class != "" && class != "STANDARD" {
		words = append(words, "--storage-class", class)
	}
	return [][]string{words}
}

// UploadsCommand lists the open uploads below a prefix.
func UploadsCommand(bucket, prefix string) []string {
	words := []string{"s3api", "list-multipart-uploads", "--bucket", bucket}
	if prefix != "" {
		words = append(words, "--prefix", prefix)
	}
	return words
}

// PartsCommand lists the parts of an open upload.
func PartsCommand(u Upload) []string {
	return []string{"s3api", "list-parts", "--bucket", u.Bucket, "--key", u.Key, "--upload-id", u.ID}
}

// AbortCommand ends an open upload.
func AbortCommand(u Upload) []string {
	return []string{"s3api", "abort-multipart-upload", "--bucket", u.Bucket, "--key", u.Key, "--upload-id", u.ID}
}
