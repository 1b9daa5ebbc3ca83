package demo

import (
	"encoding/json"
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

// logPattern is the part of CloudWatch's filter language that people type: words
// that must all occur, "a phrase", ?either ?or, -without, and for JSON
// { $.level = "ERROR" && $.ms > 100 }. Patterns of columns are refused.
func logPattern(pattern string) (func(message string) bool, error) {
	pattern = strings.TrimSpace(pattern)
	bad := apiError("InvalidParameterException", "Invalid filter pattern", 400)
	switch {
	case strings.HasPrefix(pattern, "["), strings.Count(pattern, `"`)%2 != 0:
		return nil, bad
	case strings.HasPrefix(pattern, "{"):
		inner, ok := strings.CutSuffix(pattern[1:], "}")
		tests, err := conditions(inner)
		if !ok || err != nil {
			return nil, bad
		}
		return func(message string) bool { return meets(tests, message) }, nil
	}
	terms := patternTerms(pattern)
	return func(message string) bool { return hasTerms(terms, message) }, nil
}

func hasTerms(terms []string, message string) bool {
	either, found := false, false
	for _, term := range terms {
		switch {
		case strings.HasPrefix(term, "?"):
			either, found = true, found || strings.Contains(message, term[1:])
		case strings.HasPrefix(term, "-"):
			if strings.Contains(message, term[1:]) {
				return false
			}
		case !strings.Contains(message, term):
			return false
		}
	}
	return found || !either
}

// patternTerms splits at spaces outside quotes, and takes the quotes off.
func patternTerms(pattern string) []string {
	var (
		terms  []string
		term   strings.Builder
		quoted bool
	)
	for _, r := range pattern + " " {
		switch {
		case r == '"':
			quoted = !quoted
		case r == ' ' && !quoted:
			if term.Len() > 0 {
				terms = append(terms, term.String())
			}
			term.Reset()
		default:
			term.WriteRune(r)
		}
	}
	return terms
}

// condition compares one value of a JSON message.
type condition struct {
	path   []string
	op     string
	text   *regexp.Regexp // for words
	number float64        // for numbers
}

var conditionForm = regexp.MustCompile(`^\s*\$\.([\w.]+)\s*(!=|>=|<=|=|>|<)\s*(?:"([^"]*)"|([\w.*+-]+))\s*$`)

func conditions(s string) ([]condition, error) {
	var out []condition
	for part := range strings.SplitSeq(s, "&&") {
		m := conditionForm.FindStringSubmatch(part)
		if m == nil {
			return nil, fmt.Errorf("no condition: %s", part)
		}
		c := condition{path: strings.Split(m[1], "."), op: m[2]}
		number, err := strconv.ParseFloat(m[4], 64)
		if c.number = number; m[4] == "" || err != nil {
			if c.op != "=" && c.op != "!=" {
				return nil, fmt.Errorf("no number: %s", part)
			}
			c.text = regexp.MustCompile("^" + strings.ReplaceAll(regexp.QuoteMeta(m[3]+m[4]), `\*`, ".*") + "$")
		}
		out = append(out, c)
	}
	return out, nil
}

func meets(tests []condition, message string) bool {
	var whole any
	if json.Unmarshal([]byte(message), &whole) != nil {
		return false
	}
	for _, c := range tests {
		value := whole
		for _, name := range c.path {
			object, _ := value.(map[string]any)
			value = object[name]
		}
		if !c.holds(value) {
			return false
		}
	}
	return true
}

func (c condition) holds(value any) bool {
	switch v := value.(type) {
	case string:
		return c.text != nil && c.text.MatchString(v) == (c.op == "=")
	case float64:
		return c.text == nil && map[string]bool{
			"=": v == c.number, "!=": v != c.number, ">": v > c.number, "<": v < c.number, ">=": v >= c.number, "<=": v <= c.number,
		}[c.op]
	}
	return false
}
