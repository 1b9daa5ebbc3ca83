package demo

import (
	"context"
	"fmt"
	"math/rand/v2"
	"time"
)

func registerEC2(r *router) {
	handle(r, "ec2:DescribeInstances", describeInstances)
	handle(r, "ec2:DescribeInstanceAttribute", describeInstanceAttribute)
	handle(r, "ec2:DescribeRegions", describeRegions)
	handle(r, "ec2:StartInstances", startInstances)
	handle(r, "ec2:StopInstances", stopInstances)
	handle(r, "ec2:RebootInstances", rebootInstances)
	handle(r, "ec2:TerminateInstances", terminateInstances)
}

// ec2State is the instances of every region.
type ec2State struct {
	random    *rand.Rand
	fleets    map[string]*fleet
	launched  int // machines so far, in all regions
	addresses int // public addresses given out so far
}

// fleet is the instances of one region, in the order of their launch.
type fleet struct {
	region   string
	machines []*machine
}

func newEC2State(a *Account) *ec2State {
	s := &ec2State{random: a.random("ec2"), fleets: map[string]*fleet{}}
	s.build(Region, ireland(), a.Now())
	s.build("us-east-1", virginia(), a.Now())
	return s
}

func (s *ec2State) build(region string, blueprints []blueprint, now time.Time) {
	f := &fleet{region: region}
	s.fleets[region] = f
	for _, b := range blueprints {
		f.machines = append(f.machines, s.launch(region, b, now))
	}
}

// here returns the instances of the region that a call was sent to, as they are
// at this moment.
func (a *Account) here(ctx context.Context) *fleet {
	region := reply(ctx).region
	f, ok := a.ec2.fleets[region]
	if !ok {
		f = &fleet{region: region}
		a.ec2.fleets[region] = f
	}
	f.settle(a.ec2, a.Now())
	return f
}

// hexID makes an id such as i-0f3c9a…, with the given number of digits.
func (s *ec2State) hexID(prefix string) string {
	return fmt.Sprintf("%s-0%016x", prefix, s.random.Uint64())
}

// address gives out the next public address, from the blocks that are reserved
// for documentation.
func (s *ec2State) address() string {
	s.addresses++
	block := [...]string{"203.0.113", "198.51.100", "192.0.2"}[s.addresses/254%3]
	return fmt.Sprintf("%s.%d", block, s.addresses%254+1)
}
