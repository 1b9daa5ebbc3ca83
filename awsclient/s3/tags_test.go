package s3_test

import (
	"errors"
	"fmt"
	"maps"
	"strings"
	"testing"

	"straws/awsclient/s3"
)

func TestTagsThatS3Takes(t *testing.T) {
	for _, tt := range []struct {
		key, value string
		ok         bool
	}{
		{"team", "data platform", true},
		{"a", "", true},
		{"größe", "3 €", false},
		{"größe", "ümläut", true},
		{"", "x", false},
		{"+-=._:/@", "+-=._:/@", true},
		{"aws:x", "1", false},
		{"AWS:x", "1", false},
		{"tab\t", "x", false},
		{"esc\x1b[31m", "x", false},
		{strings.Repeat("ä", s3.MaxTagKey), strings.Repeat("ä", s3.MaxTagValue), true},
		{strings.Repeat("k", s3.MaxTagKey+1), "", false},
		{"k", strings.Repeat("v", s3.MaxTagValue+1), false},
		{"bad\xff", "x", false},
	} {
		if err := s3.CheckTag(tt.key, tt.value); (err == nil) != tt.ok {
			t.Errorf("%.20q=%.20q: %v", tt.key, tt.value, err)
		}
	}
}

func TestTagsAreReadAgainBeforeTheyAreWritten(t *testing.T) {
	a, s := open(t)
	o := s3.Object{Bucket: "datalake-versioned", Key: "config/limits.json"}
	was := map[string]string{"team": "data", "env": "prod"}
	if err := s3.SetTags(t.Context(), s, o, map[string]string{"team": "data"}, was); !errors.Is(err, s3.ErrTagsChanged) {
		t.Errorf("tags of others were replaced: %v", err)
	}
	if n := len(a.Calls("s3:PutObjectTagging")); n != 0 {
		t.Errorf("%d writes were sent", n)
	}
	if err := s3.SetTags(t.Context(), s, o, was, map[string]string{"env": "dev"}); err != nil {
		t.Fatal(err)
	}
	if got, err := s3.ObjectTags(t.Context(), s, o); err != nil || !maps.Equal(got, map[string]string{"env": "dev"}) {
		t.Errorf("got %v, %v", got, err)
	}
}

func TestTagsOfAnOlderVersionAreItsOwn(t *testing.T) {
	_, s := open(t)
	rows, _ := all(t, s3.VersionsOf(s, "datalake-versioned", "config/limits.json"))
	old := rows[2].Object("datalake-versioned")
	if err := s3.MergeTags(t.Context(), s, old, map[string]string{"old": "yes"}, nil); err != nil {
		t.Fatal(err)
	}
	if got, err := s3.ObjectTags(t.Context(), s, old); err != nil || !maps.Equal(got, map[string]string{"old": "yes"}) {
		t.Errorf("the old version has %v, %v", got, err)
	}
	now, err := s3.ObjectTags(t.Context(), s, s3.Object{Bucket: "datalake-versioned", Key: "config/limits.json"})
	if err != nil || now["old"] != "" || len(now) != 2 {
		t.Errorf("the current version has %v, %v", now, err)
	}
}

func TestMergeWritesOnlyWhatChanges(t *testing.T) {
	a, s := open(t)
	o := s3.Object{Bucket: "datalake-versioned", Key: "config/limits.json"}
	if err := s3.MergeTags(t.Context(), s, o, map[string]string{"env": "prod"}, []string{"absent"}); err != nil || len(a.Calls("s3:PutObjectTagging")) != 0 {
		t.Errorf("%d writes, %v", len(a.Calls("s3:PutObjectTagging")), err)
	}
	many := map[string]string{}
	for i := range 9 {
		many[fmt.Sprint("k", i)] = "v"
	}
	if err := s3.MergeTags(t.Context(), s, o, many, nil); err == nil || !strings.Contains(err.Error(), "11 tags: an object has at most 10") {
		t.Errorf("got %v", err)
	}
}
