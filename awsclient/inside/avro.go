package inside

import (
	"encoding/binary"
	"errors"
)

const (
	avroMeta  = 64      // entries that a header is believed to have
	avroValue = 4 << 20 // bytes of one of them
)

// avro shows the schema in the header. Its records are not decoded.
func avro(head []byte) *Content {
	c := &Content{Form: "Avro"}
	meta, err := avroHeader(head[4:])
	if err != nil {
		c.Notes = append(c.Notes, "its header is longer than what was read, or damaged")
		return c
	}
	if codec := meta["avro.codec"]; codec != "" && codec != "null" {
		c.Form += ", " + short(codec)
	}
	if schema := meta["avro.schema"]; schema != "" {
		pretty, _ := indent(schema)
		c.Views = []View{{Name: "schema", Shape: JSON, Text: pretty, Source: schema, Syntax: "a.json"}}
		c.Notes = append(c.Notes, "this is the schema; records of Avro are not decoded here")
	}
	return c
}

var errAvro = errors.New("this is no header of Avro")

// avroHeader reads the map of the header: blocks of a count with so many keys
// and values, ended by a count of 0.
func avroHeader(b []byte) (map[string]string, error) {
	meta := map[string]string{}
	for {
		n, rest, ok := long(b)
		if b = rest; !ok {
			return nil, errAvro
		}
		if n == 0 {
			return meta, nil
		}
		if n < 0 { // the size of the block in bytes follows
			n = -n
			if _, b, ok = long(b); !ok {
				return nil, errAvro
			}
		}
		if n < 0 || n > avroMeta || len(meta) > avroMeta {
			return nil, errAvro
		}
		if b, ok = avroPairs(meta, n, b); !ok {
			return nil, errAvro
		}
	}
}

// avroPairs reads n keys with their values.
func avroPairs(meta map[string]string, n int64, b []byte) (rest []byte, ok bool) {
	for range n {
		var k, v string
		if k, b, ok = avroString(b); !ok {
			return nil, false
		}
		if v, b, ok = avroString(b); !ok {
			return nil, false
		}
		meta[k] = v
	}
	return b, true
}

func avroString(b []byte) (s string, rest []byte, ok bool) {
	n, rest, ok := long(b)
	if !ok || n < 0 || n > avroValue || n > int64(len(rest)) {
		return "", nil, false
	}
	return string(rest[:n]), rest[n:], true
}

func long(b []byte) (v int64, rest []byte, ok bool) {
	v, n := binary.Varint(b)
	if n <= 0 {
		return 0, nil, false
	}
	return v, b[n:], true
}
