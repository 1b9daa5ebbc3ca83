package inside

import (
	"encoding/hex"
	"fmt"
	"math/big"
	"strconv"
	"time"
	"unicode/utf8"

	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/deprecated"
	"github.com/parquet-go/parquet-go/format"
)

// valueOf writes values of a type as people read them.
func valueOf(t parquet.Type) func(parquet.Value) string {
	if l := t.LogicalType(); l != nil {
		switch {
		case l.Timestamp != nil:
			return func(v parquet.Value) string {
				return instant(v.Int64(), unit(l.Timestamp.Unit), l.Timestamp.IsAdjustedToUTC)
			}
		case l.Time != nil:
			return func(v parquet.Value) string { return clock(v, unit(l.Time.Unit)) }
		case l.Date != nil:
			return func(v parquet.Value) string { return day(v.Int32()) }
		case l.Decimal != nil:
			return func(v parquet.Value) string { return decimal(v, int(l.Decimal.Scale)) }
		case l.UUID != nil:
			return uuid
		case l.Integer != nil && !l.Integer.IsSigned:
			return unsigned
		}
	}
	if c := t.ConvertedType(); c != nil {
		if f := convertedValue(*c); f != nil {
			return f
		}
	}
	return plainValue
}

func convertedValue(c deprecated.ConvertedType) func(parquet.Value) string {
	switch c {
	case deprecated.TimestampMillis:
		return func(v parquet.Value) string { return instant(v.Int64(), time.Millisecond, true) }
	case deprecated.TimestampMicros:
		return func(v parquet.Value) string { return instant(v.Int64(), time.Microsecond, true) }
	case deprecated.Date:
		return func(v parquet.Value) string { return day(v.Int32()) }
	default:
		return nil
	}
}

func unit(u format.TimeUnit) time.Duration {
	switch {
	case u.Micros != nil:
		return time.Microsecond
	case u.Nanos != nil:
		return time.Nanosecond
	}
	return time.Millisecond
}

func instant(n int64, unit time.Duration, utc bool) string {
	per := int64(time.Second / unit)
	t := time.Unix(n/per, n%per*int64(unit)).UTC()
	if y := t.Year(); y < 0 || y > 9999 {
		return strconv.FormatInt(n, 10)
	}
	layout := "2006-01-02 15:04:05.999999999"
	if utc {
		layout += "Z"
	}
	return t.Format(layout)
}

func clock(v parquet.Value, unit time.Duration) string {
	n := v.Int64()
	if v.Kind() == parquet.Int32 {
		n = int64(v.Int32())
	}
	per := int64(time.Second / unit)
	return time.Unix(n/per, n%per*int64(unit)).UTC().Format("15:04:05.999999999")
}

func day(n int32) string { return time.Unix(int64(n)*24*3600, 0).UTC().Format("2006-01-02") }

func decimal(v parquet.Value, scale int) string {
	n := new(big.Int)
	switch v.Kind() {
	case parquet.Int32:
		n.SetInt64(int64(v.Int32()))
	case parquet.Int64:
		n.SetInt64(v.Int64())
	default:
		b := v.ByteArray()
		n.SetBytes(b[:min(len(b), 64)])
		if len(b) > 0 && b[0]&0x80 != 0 {
			n.Sub(n, new(big.Int).Lsh(big.NewInt(1), uint(8*min(len(b), 64))))
		}
	}
	if scale <= 0 || scale > 80 {
		return n.String()
	}
	return new(big.Rat).SetFrac(n, new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(scale)), nil)).FloatString(scale)
}

func uuid(v parquet.Value) string {
	b := v.ByteArray()
	if len(b) != 16 {
		return hex.EncodeToString(b)
	}
	return fmt.Sprintf("%x-%x-%x-%x-%x", b[:4], b[4:6], b[6:8], b[8:10], b[10:])
}

func unsigned(v parquet.Value) string {
	if v.Kind() == parquet.Int32 {
		return strconv.FormatUint(uint64(v.Uint32()), 10)
	}
	return strconv.FormatUint(v.Uint64(), 10)
}

func plainValue(v parquet.Value) string {
	switch v.Kind() {
	case parquet.Boolean:
		return strconv.FormatBool(v.Boolean())
	case parquet.Int32:
		return strconv.FormatInt(int64(v.Int32()), 10)
	case parquet.Int64:
		return strconv.FormatInt(v.Int64(), 10)
	case parquet.Float:
		return strconv.FormatFloat(float64(v.Float()), 'g', -1, 32)
	case parquet.Double:
		return strconv.FormatFloat(v.Double(), 'g', -1, 64)
	case parquet.Int96: // nanoseconds of the day, and the Julian day
		n := v.Int96()
		const epoch = 2440588
		return instant((int64(n[2])-epoch)*86_400_000_000+int64(uint64(n[1])<<32|uint64(n[0]))/1000, time.Microsecond, false)
	case parquet.ByteArray, parquet.FixedLenByteArray:
		if b := v.ByteArray(); utf8.Valid(b) {
			return string(b)
		}
		b := v.ByteArray()
		return "0x" + hex.EncodeToString(b[:min(len(b), 64)])
	}
	return v.String()
}
