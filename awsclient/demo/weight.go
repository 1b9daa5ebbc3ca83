package demo

import "reflect"

// envelope is what an answer weighs that holds nothing, such as an empty list.
const envelope = 120 // bytes

// weigh estimates how many bytes an answer would take on the wire, for the
// meter of bytes: names, values and some markup, with long lists judged by
// their first element. depth bounds the descent.
func weigh(v reflect.Value, depth int) int64 {
	const markup = 24 // bytes around a value: <Name></Name>
	if depth == 0 {
		return markup
	}
	switch v.Kind() {
	case reflect.Pointer, reflect.Interface:
		if v.IsNil() {
			return 0
		}
		return weigh(v.Elem(), depth-1)
	case reflect.String:
		return markup + int64(v.Len())
	case reflect.Slice, reflect.Array:
		if v.Len() == 0 {
			return 0
		}
		if v.Type().Elem().Kind() == reflect.Uint8 {
			return int64(v.Len())
		}
		return int64(v.Len()) * weigh(v.Index(0), depth-1)
	case reflect.Struct:
		var sum int64
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				sum += weigh(v.Field(i), depth-1)
			}
		}
		return sum
	default:
		return markup
	}
}
