package awsclient_test

import (
	"slices"
	"testing"

	"straws/awsclient"
)

func TestRegionsAreKnownByName(t *testing.T) {
	all := awsclient.Regions()
	if !slices.IsSorted(all) || len(slices.Compact(all)) != len(awsclient.Regions()) {
		t.Errorf("unsorted or twice in %q", all)
	}
	for region, known := range map[string]bool{
		"eu-west-1": true, "us-gov-west-1": true, "cn-north-1": true, "eusc-de-east-1": true, "eu-wst-1": false, "": false, "aws-global": false,
	} {
		if awsclient.KnownRegion(region) != known {
			t.Errorf("%q known: %v", region, !known)
		}
	}
	for _, region := range all {
		if awsclient.RegionPlace(region) == "" {
			t.Errorf("%s is nowhere", region)
		}
	}
	if p := awsclient.RegionPlace("eu-west-1"); p != "Europe (Ireland)" {
		t.Errorf("eu-west-1 is %q", p)
	}
	if p := awsclient.RegionPlace("eu-west-9"); p != "" {
		t.Errorf("eu-west-9 is %q", p)
	}
}
