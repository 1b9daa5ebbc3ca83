package format_test

import (
	"testing"
	"time"

	"straws/ui/format"
)

func TestSize(t *testing.T) {
	for n, want := range map[int64]string{
		0: "0 B", 999: "999 B", 1000: "1.0 kB", 999_949: "999.9 kB", 999_950: "1.0 MB", 1_234_567_890: "1.2 GB", -1: "-",
	} {
		if got := format.Size(n); got != want {
			t.Errorf("Size(%d) = %q, want %q", n, got, want)
		}
	}
}

func TestTimes(t *testing.T) {
	now := time.Date(2026, 11, 21, 15, 0, 0, 0, time.UTC)
	for _, tt := range []struct {
		name, when, age string
		at              time.Time
	}{
		{"today", "14:02", "58m", now.Add(-58 * time.Minute)},
		{"this year", "Nov 19 15:00", "2d", now.Add(-48 * time.Hour)},
		{"before", "2024-03-02", "994d", time.Date(2024, 3, 2, 1, 0, 0, 0, time.UTC)},
		{"the same day of another year", "2025-11-21", "365d", now.AddDate(-1, 0, 0)},
		{"a clock ahead of ours", "15:01", "0s", now.Add(time.Minute)},
		{"never", "-", "-", time.Time{}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := format.When(tt.at, now); got != tt.when {
				t.Errorf("When = %q, want %q", got, tt.when)
			}
			if got := format.Age(tt.at, now); got != tt.age {
				t.Errorf("Age = %q, want %q", got, tt.age)
			}
		})
	}
}

func TestDuration(t *testing.T) {
	for d, want := range map[time.Duration]string{
		850 * time.Millisecond: "850ms", 59 * time.Second: "59s", 250 * time.Second: "4m10s",
		3*time.Hour + 5*time.Minute: "3h05m", 74 * time.Hour: "3d2h", -1: "-",
	} {
		if got := format.Duration(d); got != want {
			t.Errorf("Duration(%v) = %q, want %q", d, got, want)
		}
	}
}
