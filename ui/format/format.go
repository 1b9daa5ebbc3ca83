// Package format writes sizes, times and durations the same way on every screen.
package format

import (
	"fmt"
	"strconv"
	"time"

	"github.com/dustin/go-humanize"
)

// Size writes a number of bytes with one decimal: "1.2 GB", "312 B".
func Size(n int64) string {
	if n < 0 {
		return "-"
	}
	if n < 1000 {
		return strconv.FormatInt(n, 10) + " B"
	}
	const units = "kMGTPE"
	f, i := float64(n)/1000, 0
	for f >= 999.95 && i < len(units)-1 {
		f, i = f/1000, i+1
	}
	return fmt.Sprintf("%.1f %cB", f, units[i])
}

// Exactly is Size with the whole number behind it where that says more:
// "1.2 GB (1,234,567,890 bytes)", "312 B".
func Exactly(n int64) string {
	if n < 1000 {
		return Size(n)
	}
	return Size(n) + " (" + humanize.Comma(n) + " bytes)"
}

// Count writes a number with thousands separators: "1,204".
func Count(n int) string { return humanize.Comma(int64(n)) }

// When writes a moment in local time as short as it can be told apart from now:
// "14:02" today, "Nov 19 14:02" this year, "2024-03-02" before. All three fit in
// 12 cells.
func When(t, now time.Time) string {
	if t.IsZero() {
		return "-"
	}
	t = t.In(now.Location())
	switch {
	case t.YearDay() == now.YearDay() && t.Year() == now.Year():
		return t.Format("15:04")
	case t.Year() == now.Year():
		return t.Format("Jan _2 15:04")
	}
	return t.Format("2006-01-02")
}

// Day writes the date of a moment in local time.
func Day(t, now time.Time) string {
	if t.IsZero() {
		return "-"
	}
	return t.In(now.Location()).Format("2006-01-02")
}

// Duration writes d with its two largest units: "4m10s", "3d2h", "850ms".
func Duration(d time.Duration) string {
	switch {
	case d < 0:
		return "-"
	case d < time.Second:
		return fmt.Sprintf("%dms", d.Milliseconds())
	case d < time.Minute:
		return fmt.Sprintf("%ds", int(d.Seconds()))
	case d < time.Hour:
		return fmt.Sprintf("%dm%02ds", int(d.Minutes()), int(d.Seconds())%60)
	case d < 24*time.Hour:
		return fmt.Sprintf("%dh%02dm", int(d.Hours()), int(d.Minutes())%60)
	}
	return fmt.Sprintf("%dd%dh", int(d.Hours())/24, int(d.Hours())%24)
}

// Age writes how long ago t was in one unit, "12m" or "41d", and "-" for no time.
func Age(t, now time.Time) string {
	d := max(now.Sub(t), 0)
	switch {
	case t.IsZero():
		return "-"
	case d < time.Minute:
		return fmt.Sprintf("%ds", int(d.Seconds()))
	case d < time.Hour:
		return fmt.Sprintf("%dm", int(d.Minutes()))
	case d < 48*time.Hour:
		return fmt.Sprintf("%dh", int(d.Hours()))
	}
	return fmt.Sprintf("%dd", int(d.Hours())/24)
}

// Plural writes a count with its noun: "1 bucket", "14 buckets".
func Plural(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return Count(n) + " " + many
}
