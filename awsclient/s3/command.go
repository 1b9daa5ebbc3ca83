package s3

import (
	"slices"
	"strings"
)

// mostApart is the number of objects of another storage class that a command for
// a whole prefix leaves to commands of their own.
const mostApart = 20

// Commands are the aws commands, in the order in which they are to be run, that
// copy or move what is planned. The command line overwrites what is at the target
// without a word, and gives more than a few classes below one prefix up for one.
func (p CopyPlan) Commands(r Relocation, move bool) [][]string {
	var all [][]string
	for _, root := range r.Roots {
		from, _ := slices.BinarySearchFunc(p.Items, root.Key, func(e Entry, key string) int { return strings.Compare(e.Key, key) })
		switch below := p.Items[from:]; {
		case root.Prefix():
			end := slices.IndexFunc(below, func(e Entry) bool { return !strings.HasPrefix(e.Key, root.Key) })
			if end >= 0 {
				below = below[:end]
			}
			all = append(all, p.prefixCommands(r, root, below, move)...)
		case len(below) > 0 && below[0].Key == root.Key:
			all = append(all, r.command(below[0], move)...)
		}
	}
	return all
}

// prefixCommands do with one command what they can. It passes over the markers of
// folders, and has one storage class for all.
func (p CopyPlan) prefixCommands(r Relocation, root Entry, below []Entry, move bool) [][]string {
	words := []string{"s3", verb(move), "--recursive", URI(r.Bucket, root.Key), URI(r.To.Bucket, r.Target(root.Key))}
	if p.Archived > 0 {
		words = append(words, "--ignore-glacier-warnings")
	}
	var plain, markers, apart []Entry
	for _, e := range below {
		if strings.HasSuffix(e.Key, Delimiter) {
			markers = append(markers, e)
		} else {
			plain = append(plain, e)
		}
	}
	if len(plain) > 0 {
		class := plain[0].Class()
		for _, e := range plain {
			if e.Class() != class {
				apart = append(apart, e)
			}
		}
		if len(apart) > mostApart {
			apart = nil
		}
		for _, e := range apart {
			words = append(words, "--exclude", pattern(e.Key[len(root.Key):]))
		}
		words = append(words, classWords(class)...)
	}
	var all [][]string
	for _, e := range apart {
		all = append(all, r.command(e, move)...)
	}
	if len(plain) > len(apart) {
		all = append(all, words)
	}
	for _, e := range markers {
		all = append(all, r.command(e, move)...)
	}
	return all
}

// command copies or moves one object.
func (r Relocation) command(e Entry, move bool) [][]string {
	from, to := Object{Bucket: r.Bucket, Key: e.Key}, Object{Bucket: r.To.Bucket, Key: r.Target(e.Key)}
	if !strings.HasSuffix(from.Key, Delimiter) && !strings.HasSuffix(to.Key, Delimiter) {
		return [][]string{append([]string{"s3", verb(move), URI(from.Bucket, from.Key), URI(to.Bucket, to.Key)}, classWords(e.Class())...)}
	}
	// The short commands take such a name for that of a folder.
	commands := [][]string{to.command("copy-object", append([]string{"--copy-source", from.copySource()}, classWords(e.Class())...)...)}
	if move {
		commands = append(commands, from.command("delete-object"))
	}
	return commands
}

func verb(move bool) string {
	if move {
		return "mv"
	}
	return "cp"
}

// classWords keep a storage class, which a copy does not do by itself.
func classWords(class string) []string {
	if class == "" || class == "STANDARD" {
		return nil
	}
	return []string{"--storage-class", class}
}

// pattern is the pattern that only this name matches.
func pattern(name string) string {
	return strings.NewReplacer("[", "[[]", "*", "[*]", "?", "[?]").Replace(name)
}

// UploadsCommand lists the open uploads below a prefix.
func UploadsCommand(bucket, prefix string) []string {
	words := []string{"s3api", "list-multipart-uploads", "--bucket", bucket}
	if prefix != "" {
		words = append(words, option("--prefix", prefix)...)
	}
	return words
}

// PartsCommand lists the parts of an open upload.
func PartsCommand(u Upload) []string {
	return Object{Bucket: u.Bucket, Key: u.Key}.command("list-parts", "--upload-id", u.ID)
}

// AbortCommand ends an open upload.
func AbortCommand(u Upload) []string {
	return Object{Bucket: u.Bucket, Key: u.Key}.command("abort-multipart-upload", "--upload-id", u.ID)
}

// option gives a value to an option. One that looks like an option itself has to
// be in the same word.
func option(name, value string) []string {
	if strings.HasPrefix(value, "-") {
		return []string{name + "=" + value}
	}
	return []string{name, value}
}
