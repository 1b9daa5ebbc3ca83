package awsclient

import (
	"fmt"
	"slices"
	"strings"
)

// regionPlaces lists the regions of every partition and where they are.
const regionPlaces = `
af-south-1 Africa (Cape Town)
ap-east-1 Asia Pacific (Hong Kong)
ap-east-2 Asia Pacific (Taipei)
ap-northeast-1 Asia Pacific (Tokyo)
ap-northeast-2 Asia Pacific (Seoul)
ap-northeast-3 Asia Pacific (Osaka)
ap-south-1 Asia Pacific (Mumbai)
ap-south-2 Asia Pacific (Hyderabad)
ap-southeast-1 Asia Pacific (Singapore)
ap-southeast-2 Asia Pacific (Sydney)
ap-southeast-3 Asia Pacific (Jakarta)
ap-southeast-4 Asia Pacific (Melbourne)
ap-southeast-5 Asia Pacific (Malaysia)
ap-southeast-6 Asia Pacific (New Zealand)
ap-southeast-7 Asia Pacific (Thailand)
ca-central-1 Canada (Central)
ca-west-1 Canada (Calgary)
cn-north-1 China (Beijing)
cn-northwest-1 China (Ningxia)
eu-central-1 Europe (Frankfurt)
eu-central-2 Europe (Zurich)
eu-isoe-west-1 EU ISOE West
eu-north-1 Europe (Stockholm)
eu-south-1 Europe (Milan)
eu-south-2 Europe (Spain)
eu-west-1 Europe (Ireland)
eu-west-2 Europe (London)
eu-west-3 Europe (Paris)
eusc-de-east-1 European Sovereign Cloud (Germany)
il-central-1 Israel (Tel Aviv)
me-central-1 Middle East (UAE)
me-south-1 Middle East (Bahrain)
mx-central-1 Mexico (Central)
sa-east-1 South America (Sao Paulo)
us-east-1 US East (N. Virginia)
us-east-2 US East (Ohio)
us-gov-east-1 GovCloud (US-East)
us-gov-west-1 GovCloud (US-West)
us-iso-east-1 US ISO East
us-iso-west-1 US ISO West
us-isob-east-1 US ISOB East
us-isob-west-1 US ISOB West
us-isof-east-1 US ISOF East
us-isof-south-1 US ISOF South
us-west-1 US West (N. California)
us-west-2 US West (Oregon)
`

// Regions returns the names of all AWS regions this program knows, sorted.
func Regions() []string {
	var names []string
	for line := range strings.Lines(strings.TrimSpace(regionPlaces)) {
		name, _, _ := strings.Cut(line, " ")
		names = append(names, name)
	}
	return names
}

// RegionPlace says where a region is, such as "Europe (Ireland)", or "".
func RegionPlace(region string) string {
	for line := range strings.Lines(strings.TrimSpace(regionPlaces)) {
		if name, place, _ := strings.Cut(strings.TrimSpace(line), " "); name == region {
			return place
		}
	}
	return ""
}

// KnownRegion says whether AWS had a region of that name when this was built.
func KnownRegion(region string) bool { return slices.Contains(Regions(), region) }

// checkRegion refuses what cannot be part of a host name, and a chosen region
// that nobody knows. A stand-in for AWS may call its regions what it likes, and
// the environment and the config file may know newer ones than we do.
func checkRegion(region string, mustBeKnown bool) error {
	label := strings.Trim(strings.ToLower(region), "abcdefghijklmnopqrstuvwxyz0123456789-") == ""
	if label && (!mustBeKnown || KnownRegion(region)) {
		return nil
	}
	e := &Error{Kind: Invalid, Message: fmt.Sprintf("there is no region %q", region)}
	e.hint = "a region newer than this program can be named in AWS_REGION"
	if near := closest(region, Regions()); len(near) > 0 {
		e.hint = "did you mean " + strings.Join(near, ", ") + "?"
	}
	return e
}
