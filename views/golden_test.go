package views_test

import "testing"

// TestGolden keeps one small picture of every pane. Read what -update changes
// line by line.
func TestGolden(t *testing.T) {
	for name, target := range map[string]string{"overview": "", "s3": "s3://datalake/raw/2026/", "ec2": "ec2", "lambda": "lambda", "emr": "emr"} {
		t.Run(name, func(t *testing.T) {
			d, _ := explore(t, target)
			d.Settle().Resize(80, 24).Golden()
		})
	}
}
