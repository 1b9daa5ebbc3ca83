package s3_test

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"

	"straws/awsclient"
	"straws/awsclient/demo"

	tea "charm.land/bubbletea/v2"
	sdk "github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/charmbracelet/colorprofile"
)

// unasked is what is read of an object that somebody opens, at most.
const unasked = 1_000_000

// read adds up the bytes that AWS was asked for of objects.
func (s screen) read() int64 {
	s.t.Helper()
	var sum int64
	for _, c := range s.account.Calls("s3:GetObject") {
		sum += asked(s.t, *c.Input.(*sdk.GetObjectInput).Range)
	}
	return sum
}

// asked is how many bytes a range has.
func asked(t *testing.T, header string) int64 {
	t.Helper()
	first, last, _ := strings.Cut(strings.TrimPrefix(header, "bytes="), "-")
	z, err := strconv.ParseInt(last, 10, 64)
	if err != nil {
		t.Fatalf("the range %q has no end", header)
	}
	if first == "" {
		return z
	}
	a, err := strconv.ParseInt(first, 10, 64)
	if err != nil {
		t.Fatalf("the range %q has no beginning", header)
	}
	return z - a + 1
}

func TestEveryFormatIsShownFromLessThanAMegabyte(t *testing.T) {
	const samples = "s3://ml-models/samples/"
	tests := []struct {
		name, address string
		want, lack    []string
	}{
		{"text", "s3://datalake/README.md", []string{"text", "# datalake", "5 lines"}, nil},
		{"a text of a language", samples + "job.py", []string{"def total", "Sums the orders"}, nil},
		{"UTF-16", samples + "letter-utf16.txt", []string{"text, UTF-16 LE", "It was a bright cold morning"}, nil},
		{"Latin-1", samples + "letter-latin1.txt", []string{"text, Latin-1", "Grüße aus Köln"}, nil},
		{"JSON", "s3://datalake/raw/2026/01/04/customers.json", []string{"JSON", `  "plan": "`}, nil},
		{"JSON lines", "s3://datalake/raw/2026/01/04/events.jsonl", []string{"JSON lines", `  "type": "`}, nil},
		{"JSON lines in zstd", samples + "events.jsonl.zst", []string{"zstd, JSON lines", `  "type": "`}, nil},
		{"columns", samples + "orders.csv", []string{"CSV", "time", "customer", "o-00000001", "400 rows"}, []string{",o-0"}},
		{"tabs", samples + "orders.tsv", []string{"TSV", "o-00000001"}, nil},
		{"columns in gzip", samples + "orders.csv.gz", []string{"gzip, CSV", "o-00000001", "4,000 rows"}, nil},
		{"the first columns of many", "s3://datalake/raw/2025/01/orders.csv", []string{"the first 262 kB of 2.5 MB were read", "the last line is cut", "o-00000001"}, nil},
		{"a gzip of 2 GB", samples + "archive.log.gz", []string{"gzip, text", "INFO  request", "the first 262 kB were read: 1.1 MB of what is in it"}, nil},
		{"Parquet of 1.1 GB", "s3://datalake/raw/2026/part-00003.parquet", []string{"Parquet (snappy)", "the first 600 of", "o-00000001", "time", "web"}, []string{"not read"}},
		{"zip", samples + "report.zip", []string{"zip, 4 entries", "report/README.md", "report/data/orders.csv"}, nil},
		{"tar in gzip", samples + "report.tar.gz", []string{"gzip, tar, 4 entries", "report/job.py"}, nil},
		{"PNG", samples + "sunset.png", []string{"PNG, 240 × 135 dots", "▀"}, nil},
		{"JPEG", samples + "sunset.jpeg", []string{"JPEG, 480 × 270 dots", "▀"}, nil},
		{"Avro", samples + "orders.avro", []string{"Avro", "this is the schema", `"name": "Order"`}, nil},
		{"anything else", "s3://ml-models/churn/model.safetensors", []string{"binary", "00000000  53 41 46 45", "SAFE"}, nil},
		{"a picture that is none", "s3://acme-web-assets/img/product-003.png", []string{"PNG", "89 50 4e 47"}, nil},
		{"empty", "s3://oddities/empty.txt", []string{"this object is empty"}, nil},
		{"hostile", "s3://oddities/hostile-content.txt", []string{`\x1b[2J`, `\u202eright to left`}, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := at(t, tt.address)
			s.Want(tt.want...).Lack(tt.lack...)
			if n := s.read(); n > unasked {
				t.Errorf("%d bytes were read", n)
			}
			for _, size := range [][2]int{{80, 24}, {40, 8}, {200, 60}} {
				s.Resize(size[0], size[1])
			}
			for range 5 { // every way to show it
				s.Keys("m", "G", "g")
			}
		})
	}
}

func TestPreviews(t *testing.T) {
	tests := []struct {
		name, address, row string
		want, lack         []string
	}{
		{"a whole file", "s3://datalake/", "README", []string{"text · 107 B", "# datalake"}, nil},
		{"columns", "s3://datalake/raw/2025/01/", "orders", []string{"CSV · the first 41 kB of 2.5 MB were read", "o-00000001"}, nil},
		{"gzip", "s3://datalake/raw/2026/01/01/", "json.gz", []string{"gzip, JSON lines", `"ts": "2026-01-01`}, nil},
		{"gzip behind its encoding", "s3://datalake/raw/2026/01/01/", "app.log", []string{"gzip, text", "request"}, nil},
		{"Parquet", "s3://datalake/raw/2026/", "part-00003", []string{"Parquet (snappy)", "o-00000001"}, nil},
		{"a picture", "s3://ml-models/samples/", "sunset.png", []string{"PNG, 240 × 135 dots", "▀"}, nil},
		{"an archive", "s3://ml-models/samples/", "report.zip", []string{"zip, 4 entries", "report/job.py"}, nil},
		{"binary", "s3://acme-web-assets/img/", "003", []string{"PNG", "89 50 4e 47"}, nil},
		{"empty", "s3://oddities/", "empty", []string{"this object is empty"}, nil},
		{"archived", "s3://datalake/raw/2024/01/", "orders", []string{"in GLACIER: it has to be restored"}, nil},
		{"restored", "s3://datalake/raw/2024/11/", "orders", []string{"o-00000001"}, []string{"restored before"}},
		{"a prefix", "s3://datalake/", "raw/", []string{"enter lists what is below it"}, nil},
		{"hostile", "s3://oddities/", "hostile-content", []string{"plain", `\x1b[2J`, `\u202eright to left`}, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := at(t, tt.address).on(tt.row)
			s.Keys("p").Want(tt.want...).Lack(tt.lack...)
			if n := s.read(); n > 64<<10 {
				t.Errorf("%d bytes were read", n)
			}
		})
	}
}

func TestAReadIsOfTheStateThatWasListed(t *testing.T) {
	s := at(t, "s3://datalake/raw/2025/01/")
	s.Keys("enter").Want("o-00000001")
	in := s.account.Calls("s3:GetObject")[0]
	if span, tag := condition(in.Input); span != "bytes=0-262143" || len(tag) < 34 {
		t.Errorf("asked for %q if it is %q", span, tag)
	}
}

func TestTheHeadIsInLineWithWhatIsBelowIt(t *testing.T) {
	tests := []struct{ address, head, below string }{
		{"s3://datalake/README.md", "text", "# datalake"},
		{"s3://ml-models/samples/orders.avro", "Avro ·", "{"},
		{"s3://ml-models/churn/model.safetensors", "binary", "00000000"},
		{"s3://ml-models/samples/orders.csv", "   CSV", "   time"},
		{"s3://ml-models/samples/report.zip", "   zip,", "   NAME"},
		{"s3://ml-models/samples/sunset.png", "   PNG,", "   ▀"},
	}
	for _, tt := range tests {
		lines := strings.Split(at(t, tt.address).Frame(), "\n")
		if !strings.HasPrefix(lines[1], tt.head) || !strings.HasPrefix(lines[2], tt.below) {
			t.Errorf("%s begins with %q over %q", tt.address, lines[1], lines[2])
		}
	}
}

func TestLinesAreCountedAsFarAsTheyWereRead(t *testing.T) {
	at(t, "s3://ml-models/samples/archive.log.gz").Want("lines · as far as it was read").Keys("+").Want("as far as it was read")
	at(t, "s3://datalake/README.md").Want("5 lines").Lack("as far as")
}

func TestReadingOnIsAboutTheSameState(t *testing.T) {
	s := at(t, "s3://datalake/raw/2025/01/orders.csv")
	s.Want("262 kB of 2.5 MB").Keys("+").Want("1.3 MB of 2.5 MB", "o-00000001")
	calls := s.account.Calls("s3:GetObject")
	if span, tag := condition(calls[1].Input); span != "bytes=262144-1262143" || len(tag) < 34 {
		t.Errorf("the next part is %q if it is %q", span, tag)
	}
	s.Keys("+", "+").Lack("were read").Keys("+").Want("all of it was read")
	if n := s.read(); n > 2_600_000 {
		t.Errorf("%d bytes were read of 2.5 MB", n)
	}
}

func TestTheTailAndTheHead(t *testing.T) {
	s := at(t, "s3://datalake/raw/2025/01/orders.csv")
	s.Keys("G").Want("T shows the end of it all").Keys("T")
	s.Want("the last 262 kB of 2.5 MB were read", "its first line is cut", "time", "customer", "o-00043000").Keys("+").Want("the last 1.3 MB", "o-00043000")
	s.Keys("H").Want("o-00000001", "the first 262 kB")
	if n := s.read(); n > unasked+1_000_000 {
		t.Errorf("%d bytes were read", n)
	}
	s = at(t, "s3://ml-models/samples/archive.log.gz")
	s.Keys("T").Want("Tail: its end cannot be read without the rest", "INFO  request")
}

func TestPreviewsFollowTheCursorWhenItRests(t *testing.T) {
	s := at(t, "s3://datalake/raw/2026/01/04/")
	s.Keys("p").Want("took")
	s.Keys("j").Advance(time.Second)
	s.Settle().Want(`"plan":`)
	if n := s.asked("GetObject"); n != 2 {
		t.Errorf("%d reads, want 2", n)
	}
}

func TestReadsThatFail(t *testing.T) {
	tests := []struct {
		name  string
		fault demo.Fault
		want  string
	}{
		{"denied", demo.Denied, "not allowed: s3:GetObject"},
		{"changed since it was listed", demo.Fault{Code: "PreconditionFailed", Message: "it changed", Status: http.StatusPreconditionFailed}, "changed meanwhile: press r"},
		{"archived without a word in the listing", demo.Fault{Code: "InvalidObjectState", Message: "The operation is not valid", Status: http.StatusForbidden}, "restore"},
	}
	for _, tt := range tests {
		for _, key := range []string{"p", "enter"} {
			t.Run(fmt.Sprint(tt.name, " ", key), func(t *testing.T) {
				s := at(t, "s3://datalake/", func(_ *awsclient.Options, a *demo.Account) { a.Fail("s3:GetObject", tt.fault) })
				s.on("README").Keys(key).Want(tt.want)
			})
		}
	}
}

func TestAChangeWhileItIsReadIsSaid(t *testing.T) {
	s := at(t, "s3://datalake/raw/2025/01/orders.csv")
	s.account.Fail("s3:GetObject", demo.Fault{Code: "PreconditionFailed", Message: "it changed", Status: http.StatusPreconditionFailed})
	s.Keys("+").Want("changed meanwhile: press r", "o-00000001")
	s.account.Fail("s3:GetObject", demo.Fault{})
}

func TestAnArchivedObjectIsNotRead(t *testing.T) {
	s := at(t, "s3://datalake/raw/2024/01/").on("orders")
	s.Keys("enter").Want("it has to be restored before it can be read")
	if n := s.asked("GetObject"); n != 0 {
		t.Errorf("%d reads", n)
	}
}

func TestAnObjectOpensWhereListingIsDenied(t *testing.T) {
	s := at(t, "s3://datalake/README.md", func(_ *awsclient.Options, a *demo.Account) { a.Fail("s3:ListObjectsV2", demo.Denied) })
	s.Want("# datalake").Keys("esc").Want("not allowed: s3:ListBucket")
}

func TestJSONHasAJQBox(t *testing.T) {
	s := at(t, "s3://datalake/raw/2026/01/04/customers.json")
	s.Want(`"plan":`).Keys("|").Type("length").Keys("enter").Want("jq length")
	s = at(t, "s3://datalake/raw/2026/01/04/events.jsonl")
	s.Keys("|").Type(".user").Keys("enter").Want("jq .user", `"u-`).Lack(`"type"`)
	s.Keys("esc").Want(`"type"`)
}

func TestColumnsAreFilteredSortedAndOpened(t *testing.T) {
	s := at(t, "s3://ml-models/samples/orders.csv")
	s.Keys("/").Type("item:teapot").Keys("enter").Want("match item:teapot").Lack("kettle")
	s.Keys("enter").Want("row ", `"item": "teapot"`, `"amount":`).Keys("esc").Want("match item:teapot")
	s.Keys("y").Want("row as JSON", "s3://ml-models/samples/orders.csv").Keys("esc")
	s.Resize(60, 20).Keys(">", ">").Want("item").Keys("<", "<").Want("order")
	s.Keys("m").Want("as text", "time,order,customer").Keys("m").Want("as hex", "74 69 6d 65")
}

func TestAnEntryOfAZipIsLookedIntoByRanges(t *testing.T) {
	s := at(t, "s3://ml-models/samples/report.zip")
	s.on("orders").Keys("enter").Want("orders.csv", "deflate, CSV", "o-00000001").Keys("esc").Want("zip, 4 entries")
	s.Keys("esc")
	s.on("summary").Keys("p").Want(`"orders": 300`)
	s = at(t, "s3://ml-models/samples/report.tar.gz")
	s.on("job.py").Keys("enter").Want("def total")
}

func TestParquetTellsItsSchemaAndRowGroups(t *testing.T) {
	s := at(t, "s3://datalake/raw/2026/part-00003.parquet")
	s.Want("8 columns", "rows in 8 row groups")
	s.Keys("m").Want("as schema", "double", "string optional", "timestamp in millis, UTC").Keys("m").Want("as row groups", "142,")
}

func TestAPictureWithoutColoursIsOfCharacters(t *testing.T) {
	s := at(t, "s3://ml-models/samples/sunset.png")
	s.Want("▀▀▀▀")
	s.Send(tea.ColorProfileMsg{Profile: colorprofile.ASCII})
	s.Resize(80, 24).Want("====", "%%%%").Lack("▀")
}

func TestContentIsCopiedAndDetailed(t *testing.T) {
	s := at(t, "s3://datalake/README.md")
	s.Keys("y").Want("copy", "s3://datalake/README.md").Keys("enter")
	if !strings.HasPrefix(s.Clipboard(), "# datalake") {
		t.Errorf("copied %q", s.Clipboard())
	}
	s.Keys("i").Want("text/plain", "ETag")
}
