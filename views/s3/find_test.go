package s3_test

import (
	"strings"
	"testing"

	"straws/awsclient"
	"straws/awsclient/demo"

	sdk "github.com/aws/aws-sdk-go-v2/service/s3"
)

// find searches below the level on the screen.
func (s screen) find(text string) screen {
	s.t.Helper()
	s.Keys("f").Want("find below").Type(text).Keys("enter")
	return s
}

func TestFindBelowAPrefix(t *testing.T) {
	tests := []struct {
		address, text string
		want, lack    []string
	}{
		{"s3://datalake/", "*.parquet", []string{"datalake › find *.parquet", "24 hits of ", "curated/orders/month=01/part-00000.parquet"}, []string{"README.md"}},
		{"s3://datalake/", "class:glacier", []string{"11 hits", "raw/2024/01/orders.csv", "GLACIER"}, []string{"STANDARD_IA"}},
		{"s3://datalake/", ">1gb part -00011", []string{"11 hits", "raw/2026/part-00000.parquet"}, []string{"part-00011"}},
		{"s3://datalake/raw/2026/", "orders <30d", []string{"find orders <30d", "11/01/orders.csv"}, []string{"raw/2026/11", "01/04/orders.csv"}},
		{"s3://datalake/raw/", "app.log >300d", []string{"2026/01/01/app.log"}, nil},
		{"s3://oddities/", "double*slash", nil, []string{"double//slash"}},
		{"s3://oddities/", "double*slash*", []string{"1 hit of", "double//slash.txt"}, nil},
		{"s3://empty-bucket/", "", []string{"no object below s3://empty-bucket/"}, nil},
		{"s3://datalake/", "nothing-like-this", []string{"no object below s3://datalake/ matches nothing-like-this"}, nil},
	}
	for _, tt := range tests {
		t.Run(tt.address+" "+tt.text, func(t *testing.T) { at(t, tt.address).find(tt.text).Want(tt.want...).Lack(tt.lack...) })
	}
}

func TestAFilterThatCannotBeUnderstoodIsNotSearched(t *testing.T) {
	s := at(t, "s3://datalake/")
	s.Keys("f").Type(">tall").Want("neither a size").Keys("enter").Want("find below")
	s.Keys("esc").Want("README.md")
	if n := s.asked("ListObjectsV2"); n != 1 {
		t.Errorf("%d listings", n)
	}
}

func TestWhatWasFoundIsAnObjectLikeAnyOther(t *testing.T) {
	s := at(t, "s3://datalake/").find("*/01/04/orders.csv")
	s.Want("1 hit of", "▸ raw/2026/01/04/orders.csv").Keys("enter").Want("o-00000001").Keys("esc").Want("1 hit of")
	s.Keys("D").Want("raw/2026/01/04/orders.csv").Type("raw/2026/01/04/orders.csv").Keys("enter")
	s.wantDeleted("raw/2026/01/04/orders.csv")
	s.Want("no object below")
}

func TestASearchStreamsAndCanBeEnded(t *testing.T) {
	s := at(t, "s3://big-tree/", func(_ *awsclient.Options, a *demo.Account) {
		pages := 0
		a.Fail("s3:ListObjectsV2", demo.Fault{Hang: true, When: func(in any) bool {
			if in.(*sdk.ListObjectsV2Input).Delimiter != nil {
				return false
			}
			pages++
			return pages > 20
		}})
	})
	s.Impatient()
	s.find("part-42").Want("hits of", "+ keys", "loading", "/part-42.json")
	s.Keys("esc").Want("stopped; r begins anew", "+ keys", "/part-42.json").Lack("loading")
	s.account.Heal("*")
	s.Keys("esc").Want("100 prefixes")
}

func TestAPartThatMayNotBeListedIsNamed(t *testing.T) {
	s := at(t, "s3://datalake/", func(_ *awsclient.Options, a *demo.Account) {
		f := demo.Denied
		f.When = func(in any) bool { return strings.HasPrefix(*in.(*sdk.ListObjectsV2Input).Prefix, "raw/2025/") }
		a.Fail("s3:ListObjectsV2", f)
	})
	s.find("orders.csv").Want("raw/2024/01/orders.csv", "could not list s3://datalake/raw/2025/: not allowed: s3:ListBucket").Lack("raw/2025/01")
	s.Keys("j").Want("not whole:", "+ keys")
}

func TestSizes(t *testing.T) {
	s := at(t, "s3://datalake/raw/")
	s.Keys("z").Want("raw/ › sizes of raw/", "474 objects", "STANDARD", "GLACIER", "▸ 2026/", "2024/", "(objects directly here)", "4 parts of 474 keys").Lack("so far")
	s.Keys("enter").Want("sizes of raw/ › sizes of 2026/", "01/", "(objects directly here)").Keys("esc").Want("2024/")
	s.Keys("y").Want("aws s3 ls --recursive --summarize s3://datalake/raw/ --region eu-west-1").Keys("esc")
	s.Keys(".").Want("S3 › datalake › raw/ › 2026/ ", "▸ ")
	s = at(t, "s3").on("invoices")
	s.Keys("z").Want("180 objects", "01/")
	s = at(t, "s3://empty-bucket/")
	s.Keys("z").Want("there is nothing below s3://empty-bucket/")
}

func TestSizesThatAreNotWholeSaySo(t *testing.T) {
	s := at(t, "s3://datalake/raw/", func(_ *awsclient.Options, a *demo.Account) {
		f := demo.Denied
		f.When = func(in any) bool { return strings.HasPrefix(*in.(*sdk.ListObjectsV2Input).Prefix, "raw/2025/") }
		a.Fail("s3:ListObjectsV2", f)
	})
	s.Keys("z").Want("463 objects", "so far", "could not list s3://datalake/raw/2025/")
	s.account.Heal("*")
	s.Keys("r").Want("474 objects").Lack("so far", "not whole")
}

func TestSizesCanBeEnded(t *testing.T) {
	s := at(t, "s3://big-tree/", func(_ *awsclient.Options, a *demo.Account) {
		pages := 0
		a.Fail("s3:ListObjectsV2", demo.Fault{Hang: true, When: func(in any) bool {
			if in.(*sdk.ListObjectsV2Input).Delimiter != nil {
				return false
			}
			pages++
			return pages > 40
		}})
	})
	s.Impatient()
	s.Keys("z").Want("so far", "device=00").Keys("esc").Want("stopped; r begins anew", "so far")
	s.account.Heal("*")
	s.Keys("esc").Want("100 prefixes")
}

func TestManyHitsAreFilteredWhileKeysAreTyped(t *testing.T) {
	s := at(t, "s3://big-tree/device=007/").find("part")
	s.Want("10,000 hits")
	s.Keys("/").Burst("2", "0", "2", "5", "space", "-", "9", "space", "4", "2", "enter").Settle()
	s.Want("match 2025 -9 42")
}
