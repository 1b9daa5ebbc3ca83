package demo

import (
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"strconv"
	"time"
)

func date(year int, month time.Month, day int) time.Time {
	return time.Date(year, month, day, 6, 30, 0, 0, time.UTC)
}

// seedBuckets is the account's storage as people find it.
func seedBuckets() []*bucket {
	return []*bucket{
		{name: "acme-backups", region: "eu-central-1", created: date(2021, 5, 11), fill: fillBackups, tags: map[string]string{"team": "platform"}},
		{name: "acme-logs", region: Region, created: date(2023, 2, 6), fill: fillLoadBalancerLogs},
		{name: "acme-web-assets", region: "us-east-1", created: date(2020, 9, 1), fill: fillAssets, tags: map[string]string{"team": "web"}},
		{name: "big-million", region: Region, created: date(2025, 11, 3), series: flatMillion()},
		{name: "big-tree", region: Region, created: date(2025, 11, 3), series: treeMillion()},
		{name: "datalake", region: Region, created: date(2024, 3, 2), fill: fillDatalake, tags: map[string]string{"team": "data", "env": "prod"}},
		{name: "datalake-versioned", region: Region, created: date(2025, 1, 17), versioned: true, locks: true, fill: fillVersioned},
		{name: "empty-bucket", region: Region, created: date(2026, 8, 14)},
		{name: "invoices-2026", region: Region, created: date(2026, 1, 2), fill: fillInvoices, tags: map[string]string{"team": "finance"}},
		{name: "logs-archive", region: "us-east-1", created: date(2022, 8, 30), fill: fillArchive},
		{name: "ml-models", region: "us-west-2", created: date(2024, 6, 20), fill: fillModels},
		{name: "oddities", region: Region, created: date(2026, 4, 1), fill: fillOddities},
		{name: "secret-vault", region: Region, created: date(2023, 10, 31), denies: true},
		{name: "terraform-state", region: Region, created: date(2021, 3, 15), versioned: true, fill: fillTerraform},
	}
}

// file adds one object, with the type that its name tells.
func (b *bucket) file(key string, c content, at time.Time, class string) {
	b.put(key, &version{content: c, modified: at, class: class, kind: contentType(key)})
}

func fillDatalake(b *bucket) {
	b.file("README.md", held("# datalake\n\nraw/       as it arrived, one folder a day\ncurated/   cleaned, parquet\nexports/   for partners\n"), date(2024, 3, 2), "")
	b.file("config/pipeline.yaml", held("source: raw/\ntarget: curated/\nschedule: \"15 2 * * *\"\nretries: 3\n"), date(2026, 2, 9), "")
	b.file("raw/", held{}, date(2024, 3, 2), "")
	b.file("tmp/", held{}, date(2024, 3, 2), "")
	b.file("exports/2026/", held{}, date(2026, 1, 1), "")
	b.file("input/books.txt", held(bookText), date(2026, 5, 5), "")
	for month := time.January; month <= time.November; month++ {
		for day := 1; day <= 28; day += 3 {
			if at := date(2026, month, day); at.Before(date(2026, 11, 20)) {
				b.day(at)
			}
		}
		b.file(fmt.Sprintf("raw/2025/%02d/orders.csv", month), orders(date(2025, month, 1), 40_000+3_000*int64(month)), date(2025, month, 2), "STANDARD_IA")
		b.file(fmt.Sprintf("raw/2024/%02d/orders.csv", month), orders(date(2024, month, 1), 90_000), date(2024, month, 2), "GLACIER")
	}
	openArrivals(b)
	b.objects["raw/2024/11/orders.csv"][0].restored = date(2036, 1, 1)
	for i := range int64(12) {
		b.file(fmt.Sprintf("raw/2026/part-%05d.parquet", i), parquetFile(1_100_000_000+i*13_000_000), date(2026, 11, 19), "")
		b.file(fmt.Sprintf("curated/orders/month=%02d/part-00000.parquet", i+1), parquetFile(48_000_000+i*700_000), date(2026, 11, 18), "INTELLIGENT_TIERING")
	}
}

// day is what arrives in a day: four files below raw/2026/.
func (b *bucket) day(at time.Time) {
	n := int64(mixed(uint64(at.Unix()))%900) + 100
	dir := at.Format("raw/2006/01/02/")
	b.file(dir+"orders.csv", orders(at, n), at, "")
	b.file(dir+"events.jsonl", events(at, 4*n), at, "")
	b.file(dir+"customers.json", customers(n/10), at, "")
	if at.Day() == 1 {
		b.file(dir+"events.json.gz", zipped(events(at, 120)), at, "")
		b.put(dir+"app.log", &version{content: zipped(appLog(at, 80)), modified: at, kind: "text/plain", encoding: "gzip"})
	} else {
		b.file(dir+"app.log", appLog(at, 6*n), at, "")
	}
}

func fillVersioned(b *bucket) {
	for i := range 4 {
		b.file("reports/summary.csv", orders(date(2026, 3, 1+i), int64(20+10*i)), date(2026, 3, 1+i), "")
	}
	for i := range 3 {
		b.file("config/limits.json", held(fmt.Sprintf("{\"limit\": %d}\n", 100*(i+1))), date(2026, 6, 1+7*i), "")
	}
	b.file("reports/draft.md", held("# draft\n"), date(2026, 4, 2), "")
	b.remove("reports/draft.md", date(2026, 4, 3))
	b.file("reports/back.md", held("# back again\n"), date(2026, 4, 4), "")
	b.remove("reports/back.md", date(2026, 4, 5))
	b.file("reports/back.md", held("# back again, for good\n"), date(2026, 4, 6), "")
	for i := range 40 {
		key := fmt.Sprintf("snapshots/2026-07-%02d.json", 1+i%31)
		b.file(key, customers(int64(5+i)), date(2026, 7, 1+i), "")
	}
	furnishVersioned(b)
}

func fillArchive(b *bucket) {
	for i := range 120 {
		day := date(2022, 9, 1).AddDate(0, 0, i)
		b.file(day.Format("web/2006/01/02/access.log"), accessLog(day, 4_000+10*int64(i)), day, "DEEP_ARCHIVE")
	}
	b.file("README.txt", held("Web logs of 2022. Restore before reading.\n"), date(2022, 8, 30), "")
}

func fillLoadBalancerLogs(b *bucket) {
	for i := range 30 {
		day := date(2026, 10, 20).AddDate(0, 0, i)
		b.file(day.Format("alb/2006/01/02/access.log"), accessLog(day, 2_000+37*int64(i)), day, "")
	}
}

func fillAssets(b *bucket) {
	b.file("index.html", held("<!doctype html>\n<title>Acme</title>\n<p>Hello.</p>\n"), date(2026, 10, 2), "")
	b.file("css/site.css", held("body { margin: 2rem; font: 16px/1.5 sans-serif }\n"), date(2026, 10, 2), "")
	for i := range int64(24) {
		b.file(fmt.Sprintf("img/product-%03d.png", i), binaryRows("\x89PNG\r\n\x1a\n", 60_000+i*4_100), date(2026, 9, 9), "")
	}
	furnishAssets(b)
}

func fillBackups(b *bucket) {
	for i := range 60 {
		day := date(2026, 1, 4).AddDate(0, 0, 5*i)
		size := 42_000_000_000 + int64(i)*310_000_000
		b.file(day.Format("postgres/2006-01-02.dump"), binaryRows("PGDMP", size), day, "GLACIER")
	}
	furnishBackups(b)
	openBackups(b)
}

func fillInvoices(b *bucket) {
	for i := range 180 {
		day := date(2026, 1, 5).AddDate(0, 0, i)
		b.file(fmt.Sprintf("%s/invoice-%05d.json", day.Format("01"), 4000+i), customers(3), day, "")
	}
}

func fillModels(b *bucket) {
	fillSamples(b)
	for i, name := range []string{"churn", "demand", "ranking"} {
		b.file(name+"/model.safetensors", binaryRows("SAFE", 2_400_000_000+int64(i)*900_000_000), date(2026, 7, 7), "")
		b.file(name+"/metrics.json", held(`{"auc": 0.91, "epochs": 12}`+"\n"), date(2026, 7, 7), "")
	}
}

func fillTerraform(b *bucket) {
	for i := range 25 {
		b.file("prod/terraform.tfstate", held(`{"version": 4, "serial": `+strconv.Itoa(i)+`, "resources": []}`+"\n"), date(2026, 10, 1+i), "")
	}
}

// flatMillion is 1,000,000 keys side by side.
func flatMillion() *series {
	return &series{
		count: 1_000_000,
		key:   func(i int) string { return "events/part-" + padded(i, 7) + ".json" },
		at:    madeEvents(),
	}
}

// treeMillion is 1,000,000 keys under 100 prefixes of 100 prefixes each.
func treeMillion() *series {
	return &series{
		count: 1_000_000,
		key: func(i int) string {
			return "device=" + padded(i/10_000, 3) + "/day=" + padded(i/100%100, 3) + "/part-" + padded(i%100, 2) + ".json"
		},
		at: madeEvents(),
	}
}

// madeEvents makes object i of a series: some lines of one stream of events,
// from the time of the object on.
func madeEvents() func(i int) *version {
	const every = 29 * time.Second
	start := date(2025, 11, 3)
	stream := events(start, int64(24*time.Hour/every))
	return func(i int) *version {
		r := mixed(uint64(i))
		part := *stream
		part.count = 1 + int64(r%60)
		part.line = func(k int64) string { return stream.line(int64(i) + k) }
		var tag [16]byte
		binary.BigEndian.PutUint64(tag[:8], r)
		binary.BigEndian.PutUint64(tag[8:], mixed(r))
		return &version{
			id: "null", modified: start.Add(time.Duration(i) * every), kind: "application/json",
			etag: hex.EncodeToString(tag[:]) + "-1", content: &part,
		}
	}
}

// padded writes n with zeros in front, as long listings need it by the million.
func padded(n, width int) string {
	b := []byte("0000000000")[:width]
	for i := width - 1; i >= 0 && n > 0; i-- {
		b[i] = byte('0' + n%10)
		n /= 10
	}
	return string(b)
}
