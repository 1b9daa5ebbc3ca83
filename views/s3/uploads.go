package s3

import (
	"context"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	"straws/awsclient/s3"
	"straws/ui/format"
	"straws/ui/listpane"
	"straws/ui/load"
	"straws/ui/pane"
	"straws/ui/table"

	tea "charm.land/bubbletea/v2"
)

func (p place) uploadsPlace(env pane.Env) []pane.Action {
	return []pane.Action{{
		ID: "s3.uploads", Label: "Open uploads", Keys: []string{"I"}, Hide: true,
		Needs: []string{"s3:ListBucketMultipartUploads", "s3:ListMultipartUploadParts"},
		Do:    func() tea.Cmd { env.Push(openUploads(p.bucket, p.prefix)); return nil },
	}}
}

// openUploads is the list of uploads below a prefix that were begun and not
// brought to an end.
func openUploads(bucket, prefix string) pane.Factory {
	name := func(u s3.Upload) string { return strings.TrimPrefix(u.Key, prefix) }
	return listpane.New(listpane.Spec[s3.Upload]{
		Title: "open uploads", Noun: "open upload",
		ID:      func(u s3.Upload) string { return u.Key + "\x00" + u.ID },
		Name:    name,
		Columns: func(env pane.Env) []table.Column[s3.Upload] { return uploadColumns(env, name) },
		Load:    func(env pane.Env) load.Pager[s3.Upload] { return s3.Uploads(env.AWS, bucket, prefix) },
		Changes: func(env pane.Env) *atomic.Int64 { return s3.Changes(env.AWS, bucket) },
		Copies: func(env pane.Env, u s3.Upload) []listpane.Copy {
			return []listpane.Copy{
				{Label: "key", Text: u.Key},
				{Label: "URI", Text: s3.URI(bucket, u.Key)},
				{Label: "upload id", Text: u.ID},
				{Label: "command: List", Text: env.AWS.Command(s3.UploadsCommand(bucket, prefix)...)},
				{Label: "command: Parts", Text: env.AWS.Command(s3.PartsCommand(u)...)},
			}
		},
		Actions: []listpane.Action[s3.Upload]{abortUpload(bucket)},
		Head:    uploadsHead,
		Total:   func(rows []s3.Upload) string { return "· " + format.Size(uploadedBytes(rows)) },
		Empty:   "no upload is open below " + s3.URI(bucket, prefix),
	})
}

// uploadsHead says what the open uploads cost: nothing else shows them.
func uploadsHead(rows []s3.Upload, _ int) []string {
	if len(rows) == 0 {
		return nil
	}
	head := []string{
		format.Plural(len(rows), "open upload", "open uploads") + " · " + format.Size(uploadedBytes(rows)) +
			" stored and paid for, in no listing of objects",
	}
	for _, u := range rows {
		if u.Unknown != "" {
			return append(head, "some sizes are not known: "+u.Unknown)
		}
	}
	return head
}

func uploadedBytes(rows []s3.Upload) (sum int64) {
	for _, u := range rows {
		sum += u.Bytes
	}
	return sum
}

func uploadColumns(env pane.Env, name func(s3.Upload) string) []table.Column[s3.Upload] {
	size := func(u s3.Upload) int64 { return u.Bytes }
	parts := func(u s3.Upload) int64 { return int64(u.Parts) }
	begun := func(u s3.Upload) time.Time { return u.Initiated }
	by := func(u s3.Upload) string { return u.Initiator }
	known := func(u s3.Upload, text string) string {
		if u.Unknown != "" {
			return "?"
		}
		return text
	}
	return []table.Column[s3.Upload]{
		{Title: "KEY", Cell: name, Order: table.ByText(name)},
		{
			Title: "SIZE", Width: 9, Right: true, Bytes: size, Order: table.ByNumber(size),
			Cell: func(u s3.Upload) string { return known(u, format.Size(u.Bytes)) },
		},
		{
			Title: "PARTS", Width: 6, Right: true, Drop: 2, Order: table.ByNumber(parts),
			Cell: func(u s3.Upload) string { return known(u, strconv.Itoa(u.Parts)) },
		},
		{
			Title: "BEGUN", Width: 12, Drop: 3, Order: table.ByTime(begun), Time: begun, Tone: quiet[s3.Upload],
			Cell: func(u s3.Upload) string { return format.When(u.Initiated, env.Now()) },
		},
		{
			Title: "AGE", Width: 6, Right: true, Drop: 1, Order: table.ByTime(begun),
			Cell: func(u s3.Upload) string { return format.Age(u.Initiated, env.Now()) },
		},
		{Title: "BY", Fit: 24, Drop: 4, Cell: by, Order: table.ByText(by), Tone: quiet[s3.Upload]},
	}
}

// abortUpload ends uploads. What was sent of them is gone for good.
func abortUpload(bucket string) listpane.Action[s3.Upload] {
	return listpane.Action[s3.Upload]{
		ID: "s3.upload.abort", Label: "Abort", Keys: []string{"D"}, Danger: pane.Destroy,
		Needs: []string{"s3:AbortMultipartUpload"},
		Warn: func(rows []s3.Upload) []string {
			return []string{
				format.Size(uploadedBytes(rows)) + " that were sent are gone for good; a program that is still uploading fails",
			}
		},
		Target:  func(u s3.Upload) string { return s3.URI(bucket, u.Key) },
		Command: func(_ pane.Env, u s3.Upload) []string { return s3.AbortCommand(u) },
		Run: func(ctx context.Context, env pane.Env, u s3.Upload) error {
			return s3.AbortUpload(ctx, env.AWS, u)
		},
	}
}
