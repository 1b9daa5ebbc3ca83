package s3

import (
	"strings"

	"straws/awsclient"
	"straws/awsclient/s3"
	"straws/awsclient/transfer"
	"straws/ui/format"
	"straws/ui/listpane"
	"straws/ui/pane"
	"straws/ui/paths"

	tea "charm.land/bubbletea/v2"
)

//nolint:gochecknoglobals // constants, if Go had them for slices
var (
	downloadNeeds = []string{"s3:ListBucket", "s3:GetObject"}
	uploadNeeds   = []string{"s3:ListBucket", "s3:PutObject", "s3:AbortMultipartUpload"}
)

// desk is what the session remembers of this machine for all levels.
type desk struct {
	folder string // of the last download; "" before the first
	dock   dock
}

func deskOf(s *awsclient.Session) *desk { return awsclient.Kept(s, func() *desk { return &desk{} }) }

// place is the local folder that is offered: what the local pane shows, else
// that of the last download, else where straws was started.
func (d *desk) place() string {
	if d.dock.open {
		return d.dock.folder
	}
	return paths.Expand(d.folder)
}

// asFolder writes a folder for a prompt, ready for a name to be typed.
func asFolder(path string) string {
	return strings.TrimSuffix(paths.Short(path), "/") + "/"
}

func (p place) transferActions() []listpane.Action[s3.Entry] {
	return []listpane.Action[s3.Entry]{{
		ID: "s3.object.download", Label: "Download", Keys: []string{"d"}, Needs: downloadNeeds,
		Off: func(e s3.Entry) string {
			if e.Archived() {
				return "it is in " + e.Class() + ": E restores it"
			}
			return ""
		},
		Many: func(env pane.Env, rows []s3.Entry) tea.Cmd {
			return fetch(env, p.called(rows), transfer.Download{Bucket: p.bucket, Base: p.prefix, Items: rows})
		},
		Command: func(_ pane.Env, e s3.Entry) []string { return s3.DownloadCommand(p.bucket, e, ".") },
	}}
}

func (p place) transferPlace(env pane.Env) []pane.Action {
	put := pane.Action{
		ID: "s3.upload", Label: "Upload", Keys: []string{"u"}, Needs: uploadNeeds,
		Do:      func() tea.Cmd { return p.askUpload(env) },
		Command: func() string { return env.AWS.Command(s3.UploadCommand("FILE", p.bucket, p.prefix, false)...) },
	}
	if env.AWS.ReadOnly() {
		put.Off = "this session is read-only"
	}
	return []pane.Action{put}
}

// fetch asks for a folder, and opens the plan of a download into it. What names
// the download: "3 keys", or the only one.
func fetch(env pane.Env, what string, d transfer.Download) tea.Cmd {
	env.Ask(pane.Question{
		Title: "download " + what + " to the folder", Text: asFolder(deskOf(env.AWS).place()),
		Facts:    []string{fetchFact(d)},
		Check:    pathed("type a folder of this machine"),
		Complete: paths.CompleteFolder,
		Do: func(text string) tea.Cmd {
			d.Into = paths.Expand(text)
			deskOf(env.AWS).folder = d.Into
			env.Push(transferPlan(downloadOf(env, what, d)))
			return nil
		},
	})
	return nil
}

// fetchFact says what is known of a download before it is counted.
func fetchFact(d transfer.Download) string {
	var sum int64
	for _, e := range d.Items {
		if e.Prefix() {
			return "everything below a prefix goes into a folder of its name; a missing folder is made, and nothing is overwritten unasked"
		}
		sum += e.Size
	}
	fact := "a missing folder is made, and nothing is overwritten unasked"
	if len(d.Items) > 0 {
		fact = format.Size(sum) + "; " + fact
	}
	return fact
}

// named refuses an empty answer.
func named(why string) func(string) string {
	return func(text string) string {
		if strings.TrimSpace(text) == "" {
			return why
		}
		return ""
	}
}

// pathed refuses an empty answer too, and a path that was typed or pasted behind
// the one that the line begins with.
func pathed(why string) func(string) string {
	return func(text string) string {
		if strings.Contains(text, "//") || strings.Contains(text, "/~/") {
			return "a second path begins in the middle: ctrl+u clears the line"
		}
		return named(why)(text)
	}
}

// askUpload asks for a file or folder to put into this level.
func (p place) askUpload(env pane.Env) tea.Cmd {
	env.Ask(pane.Question{
		Title: "upload to " + s3.URI(p.bucket, p.prefix), Text: asFolder(deskOf(env.AWS).place()),
		Facts: []string{
			"a file, or a folder with everything below it; tab completes",
			"L chooses several beside this list",
		},
		Check:    pathed("type the path of a file or a folder"),
		Complete: paths.Complete,
		Do: func(text string) tea.Cmd {
			p.put(env, env, []string{paths.Expand(text)})
			return nil
		},
	})
	return nil
}

// put opens the plan of an upload of local files and folders, chosen from a list,
// into this level.
func (p place) put(env, list pane.Env, local []string) {
	what := format.Plural(len(local), "file or folder", "files and folders")
	if len(local) == 1 {
		what = paths.Short(local[0])
	}
	env.Push(transferPlan(p.uploadOf(list, what, local)))
}

// transfers are what moves the object whose content is on the screen.
func (o subject) transfers(env pane.Env) []pane.Action {
	download := pane.Action{
		ID: "s3.content.download", Label: "Download", Keys: []string{"d"}, Needs: downloadNeeds,
		Do: func() tea.Cmd {
			name := lastSegment(o.Key)
			return fetch(env, name, transfer.Download{Bucket: o.Bucket, Base: strings.TrimSuffix(o.Key, name), Objects: []s3.Object{o.Object}})
		},
		Command: func() string { return env.AWS.Command(s3.FetchCommand(o.Object, "FILE")...) },
	}
	if o.Class != "" {
		download.Off = "it is in " + o.Class + ": E restores it, in the list"
	}
	return []pane.Action{download, {
		ID: "s3.content.share", Label: "Share", Keys: []string{"s"}, Hide: true, Needs: []string{"s3:GetObject"},
		Do: func() tea.Cmd { return share(env, o.Object) },
	}}
}
