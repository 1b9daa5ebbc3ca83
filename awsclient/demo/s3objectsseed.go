package demo

import "fmt"

// furnishVersioned gives the versioned bucket what details can tell: tags,
// metadata, a key of one's own, and versions that are kept from being deleted.
func furnishVersioned(b *bucket) {
	limits := b.current("config/limits.json")
	limits.tags = map[string]string{"team": "data", "env": "prod"}
	limits.meta = map[string]string{"reviewed-by": "ada", "note": "=?UTF-8?B?Z2VwcsO8ZnQgYW0gTW9udGFn?="}
	limits.headers = headers{cacheControl: "max-age=60", disposition: `attachment; filename="limits.json"`, language: "en"}
	b.current("reports/summary.csv").kmsKey = "arn:aws:kms:eu-west-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab"
	for i, l := range []lock{
		{mode: "COMPLIANCE", until: date(2036, 1, 1)},
		{mode: "GOVERNANCE", until: date(2036, 1, 1)},
		{hold: true},
	} {
		b.put([]string{"contracts/lease.txt", "contracts/supply.txt", "contracts/merger.txt"}[i], &version{
			content: held(fmt.Sprintf("Contract %d.\n", i+1)), modified: date(2026, 8, 1+i), kind: "text/plain", lock: l,
		})
	}
}

// furnishAssets makes one page public.
func furnishAssets(b *bucket) {
	page := b.current("index.html")
	page.public = true
	page.headers.cacheControl = "public, max-age=300"
}

// furnishBackups adds objects that have moved to archive tiers by themselves.
func furnishBackups(b *bucket) {
	for i, tier := range []string{"", "ARCHIVE_ACCESS", "DEEP_ARCHIVE_ACCESS"} {
		b.put(fmt.Sprintf("wal/2025-%02d.tar", 3-i), &version{
			content: binaryRows("ustar", 3_000_000_000+int64(i)*400_000_000), modified: date(2025, 2, 1),
			class: "INTELLIGENT_TIERING", kind: contentType("x.tar"), tier: tier,
		})
	}
}
