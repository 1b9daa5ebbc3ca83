package ec2

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws/arn"
)

// Address is a place to open: the list of instances, or one of them.
type Address struct {
	ID     string // "" is the list
	Region string // from an ARN; "" is the session's own
}

// Eight digits are the ids of before 2016, which live on.
var instanceID = regexp.MustCompile(`^i-([0-9a-f]{8}|[0-9a-f]{17})$`)

// ParseAddress reads "ec2", "ec2/i-…", "i-…" or the ARN of an instance. ours is
// false when the address belongs to another service; err says what is wrong
// with one of EC2's.
func ParseAddress(address string) (a Address, ours bool, err error) {
	text := strings.TrimSpace(address)
	if strings.HasPrefix(text, "arn:") {
		return parseARN(text)
	}
	id, found := strings.CutPrefix(text, "ec2/") // id is the whole text when it lacks the prefix
	switch {
	case text == "ec2", found && id == "":
		return Address{}, true, nil
	case !found && !strings.HasPrefix(text, "i-"):
		return Address{}, false, nil
	case !instanceID.MatchString(id):
		return Address{}, true, fmt.Errorf("%q is not an instance id: i- and 8 or 17 digits of 0-9a-f", id)
	}
	return Address{ID: id}, true, nil
}

func parseARN(text string) (a Address, ours bool, err error) {
	parsed, err := arn.Parse(text)
	if err != nil || parsed.Service != "ec2" {
		return Address{}, false, nil
	}
	id, found := strings.CutPrefix(parsed.Resource, "instance/")
	switch {
	case !found:
		return Address{}, true, fmt.Errorf("%q is not the ARN of an instance: straws opens …:instance/i-…", text)
	case !instanceID.MatchString(id):
		return Address{}, true, fmt.Errorf("%q is not the ARN of an instance: %q is not an instance id", text, id)
	}
	return Address{ID: id, Region: parsed.Region}, true, nil
}

// ARN is the full name of an instance in the partition of its region.
func ARN(account, region, id string) string {
	partition, _ := partitionOf(region)
	return arn.ARN{
		Partition: partition, Service: "ec2", Region: region, AccountID: account, Resource: "instance/" + id,
	}.String()
}

// ConsoleURL is the page of an instance in AWS's web console.
func ConsoleURL(region, id string) string {
	_, domain := partitionOf(region)
	return fmt.Sprintf("https://%s.console.%s/ec2/home?region=%[1]s#InstanceDetails:instanceId=%[3]s", region, domain, id)
}

func partitionOf(region string) (name, domain string) {
	switch {
	case strings.HasPrefix(region, "cn-"):
		return "aws-cn", "amazonaws.cn"
	case strings.HasPrefix(region, "us-gov-"):
		return "aws-us-gov", "amazonaws-us-gov.com"
	}
	return "aws", "aws.amazon.com"
}
