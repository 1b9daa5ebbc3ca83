package demo

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
)

var machineID = regexp.MustCompile(`^i-([0-9a-f]{8}|[0-9a-f]{17})$`)

// find returns the machines of ids, all of them when there are none, that pass
// every filter. One bad id fails the request.
func (f *fleet) find(ids []string, filters []types.Filter) ([]*machine, error) {
	for _, id := range ids {
		if !machineID.MatchString(id) {
			return nil, apiError("InvalidInstanceID.Malformed", `Invalid id: "`+id+`"`, 400)
		}
	}
	found := slices.Clone(f.machines)
	if len(ids) > 0 {
		found = slices.DeleteFunc(found, func(m *machine) bool { return !slices.Contains(ids, m.id) })
		if err := f.absent(ids); err != nil {
			return nil, err
		}
	}
	for _, filter := range filters {
		get, err := filterField(aws.ToString(filter.Name))
		if err != nil {
			return nil, err
		}
		wanted := wildcards(filter.Values)
		found = slices.DeleteFunc(found, func(m *machine) bool {
			return !slices.ContainsFunc(get(m), wanted.MatchString)
		})
	}
	return found, nil
}

// absent is the error that names every id of which nothing is known.
func (f *fleet) absent(ids []string) error {
	missing := slices.DeleteFunc(slices.Clone(ids), func(id string) bool {
		return slices.ContainsFunc(f.machines, func(m *machine) bool { return m.id == id })
	})
	switch len(missing) {
	case 0:
		return nil
	case 1:
		return apiError("InvalidInstanceID.NotFound", "The instance ID '"+missing[0]+"' does not exist", 400)
	}
	return apiError("InvalidInstanceID.NotFound", "The instance IDs '"+strings.Join(missing, ", ")+"' do not exist", 400)
}

// filterField reads what a filter looks at, which may have several values.
func filterField(name string) (func(*machine) []string, error) {
	one := func(get func(*machine) string) (func(*machine) []string, error) {
		return func(m *machine) []string { return []string{get(m)} }, nil
	}
	switch name {
	case "instance-id":
		return one(func(m *machine) string { return m.id })
	case "instance-state-name":
		return one(func(m *machine) string { return string(m.state) })
	case "instance-state-code":
		return one(func(m *machine) string { return strconv.Itoa(int(*instanceState(m.state).Code)) })
	case "instance-type":
		return one(func(m *machine) string { return string(m.size) })
	case "availability-zone":
		return one(func(m *machine) string { return m.zone })
	case "private-ip-address":
		return one(func(m *machine) string { return m.private })
	case "ip-address":
		return one(func(m *machine) string { return m.public })
	case "tag-key":
		return func(m *machine) (keys []string) {
			for _, t := range m.tags() {
				keys = append(keys, t[0])
			}
			return keys
		}, nil
	}
	key, ok := strings.CutPrefix(name, "tag:")
	if !ok {
		return nil, invalidValue("The filter '" + name + "' is invalid")
	}
	return func(m *machine) (values []string) {
		for _, t := range m.tags() {
			if t[0] == key {
				values = append(values, t[1])
			}
		}
		return values
	}, nil
}

// wildcards matches any of the values of a filter, in which * stands for any
// text and ? for one character.
func wildcards(values []string) *regexp.Regexp {
	var patterns []string
	for _, v := range values {
		patterns = append(patterns, strings.NewReplacer(`\*`, ".*", `\?`, ".").Replace(regexp.QuoteMeta(v)))
	}
	return regexp.MustCompile(`(?s)^(` + strings.Join(patterns, "|") + `)$`)
}
