package demo

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
)

// calculateMean is this handler, exceptions included:
//
//	def lambda_handler(event, context):
//	    nums = event["nums"]
//	    print(f"mean of {len(nums)} numbers")
//	    mean = sum(nums) / len(nums)
//	    return {"statusCode": 200, "body": mean}
func calculateMean(event []byte) outcome {
	nums, raised := numsOf(decodeNumbers(event))
	if raised != nil {
		return outcome{raised: raised}
	}
	out := outcome{prints: []string{fmt.Sprintf("mean of %d numbers", len(nums))}}
	sum := 0.0
	for _, v := range nums {
		n, ok := v.(json.Number)
		if !ok {
			out.raised = pythonRaise("TypeError", "unsupported operand type(s) for +: 'int' and '"+pythonType(v)+"'", 6, "mean = sum(nums) / len(nums)")
			return out
		}
		f, err := n.Float64()
		if err != nil {
			out.raised = pythonRaise("OverflowError", "int too large to convert to float", 6, "mean = sum(nums) / len(nums)")
			return out
		}
		sum += f
	}
	if len(nums) == 0 {
		out.raised = pythonRaise("ZeroDivisionError", "division by zero", 6, "mean = sum(nums) / len(nums)")
		return out
	}
	out.answer = `{"statusCode": 200, "body": ` + pythonFloat(sum/float64(len(nums))) + "}"
	return out
}

func decodeNumbers(event []byte) any {
	d := json.NewDecoder(bytes.NewReader(event))
	d.UseNumber()
	var v any
	if d.Decode(&v) != nil {
		return nil
	}
	return v
}

// numsOf is event["nums"], which has to be a list.
func numsOf(event any) ([]any, *raised) {
	const subscript = `nums = event["nums"]`
	switch e := event.(type) {
	case map[string]any:
		v, ok := e["nums"]
		if !ok {
			return nil, pythonRaise("KeyError", "'nums'", 4, subscript)
		}
		list, ok := v.([]any)
		if !ok {
			return nil, pythonRaise("TypeError", fmt.Sprintf("object of type '%s' has no len()", pythonType(v)), 5, `print(f"mean of {len(nums)} numbers")`)
		}
		return list, nil
	case []any:
		return nil, pythonRaise("TypeError", "list indices must be integers or slices, not str", 4, subscript)
	case string:
		return nil, pythonRaise("TypeError", "string indices must be integers, not 'str'", 4, subscript)
	default:
		return nil, pythonRaise("TypeError", fmt.Sprintf("'%s' object is not subscriptable", pythonType(event)), 4, subscript)
	}
}

func pythonType(v any) string {
	switch v := v.(type) {
	case nil:
		return "NoneType"
	case bool:
		return "bool"
	case string:
		return "str"
	case []any:
		return "list"
	case json.Number:
		if strings.ContainsAny(v.String(), ".eE") {
			return "float"
		}
		return "int"
	default:
		return "dict"
	}
}

// pythonFloat writes f as Python does: always with a point or an exponent.
func pythonFloat(f float64) string {
	s := strconv.FormatFloat(f, 'e', -1, 64)
	_, exponent, _ := strings.Cut(s, "e")
	if n, err := strconv.Atoi(exponent); err != nil || n < -4 || n >= 16 {
		return s
	}
	s = strconv.FormatFloat(f, 'f', -1, 64)
	if !strings.Contains(s, ".") {
		s += ".0"
	}
	return s
}
