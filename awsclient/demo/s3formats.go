package demo

import (
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"fmt"
	"io"
	"time"
)

// measured fills in how long the lines of l are: all as long as the first.
func measured(l lines) *lines {
	l.width = int64(len(l.line(0)))
	return &l
}

// mixed spreads the bits of n, for values that look random and can be made for
// any line without the lines before it.
func mixed(n uint64) uint64 {
	n += 0x9e3779b97f4a7c15
	n = (n ^ n>>30) * 0xbf58476d1ce4e5b9
	n = (n ^ n>>27) * 0x94d049bb133111eb
	return n ^ n>>31
}

// spread is the time of line i of count, over one day.
func spread(day time.Time, i, count int64) time.Time {
	return day.Add(24 * time.Hour * time.Duration(i) / time.Duration(max(count, 1)))
}

func orders(day time.Time, count int64) *lines {
	goods := []string{"basket", "candle", "kettle", "pillow", "teapot"}
	return measured(lines{
		head: "time,order,customer,item,amount,currency\n", count: count,
		line: func(i int64) string {
			r := mixed(uint64(day.Unix() + i))
			return fmt.Sprintf("%s,o-%08d,c-%05d,%s,%7.2f,EUR\n", spread(day, i, count).Format(time.RFC3339),
				i+1, r%100_000, goods[r>>20%5], 1000+float64(r>>32%900_000)/100)
		},
	})
}

func events(day time.Time, count int64) *lines {
	kinds := []string{"view", "cart", "sale", "find"}
	return measured(lines{
		count: count,
		line: func(i int64) string {
			r := mixed(uint64(day.Unix() - i))
			return fmt.Sprintf(`{"ts":"%s","type":"%s","user":"u-%05d","ms":%d}`+"\n",
				spread(day, i, count).Format(time.RFC3339), kinds[r%4], r>>8%100_000, 100+r>>32%900)
		},
	})
}

func customers(count int64) *lines {
	plans := []string{"free", "team", "plus"}
	one := func(i int64) string {
		r := mixed(uint64(i))
		return fmt.Sprintf(`{"id":"c-%05d","plan":"%s","seats":%d,"active":%t}`, i%100_000, plans[r%3], 10+r>>8%90, true)
	}
	return measured(lines{
		head: "[\n", tail: "  " + one(count) + "\n]\n", count: count,
		line: func(i int64) string { return "  " + one(i) + ",\n" },
	})
}

func accessLog(day time.Time, count int64) *lines {
	status := []string{"200", "200", "200", "304", "404", "500"}
	return measured(lines{
		count: count,
		line: func(i int64) string {
			r := mixed(uint64(day.Unix() ^ i))
			return fmt.Sprintf(`10.0.2.%d - - [%s] "GET /api/v1/items/%05d HTTP/1.1" %s %d`+"\n", 100+r%100,
				spread(day, i, count).Format("02/Jan/2006:15:04:05 -0700"), r>>8%100_000, status[r>>24%6], 10_000+r>>32%90_000)
		},
	})
}

func appLog(day time.Time, count int64) *lines {
	levels := []string{"INFO ", "INFO ", "INFO ", "DEBUG", "WARN ", "ERROR"}
	return measured(lines{
		count: count,
		line: func(i int64) string {
			r := mixed(uint64(day.Unix() + 7*i))
			return fmt.Sprintf("%s %s request %08x took %d ms, pool %02d\n",
				spread(day, i, count).Format(time.RFC3339), levels[r%6], uint32(r>>16), 100+r>>48%900, r>>8%32)
		},
	})
}

// binaryRows is a body that is no text, behind the given magic bytes.
func binaryRows(magic string, size int64) *lines {
	const width = 64
	return measured(lines{
		head: magic, count: size / width, tail: magic,
		line: func(i int64) string {
			var row []byte
			for k := range uint64(width / 8) {
				row = binary.LittleEndian.AppendUint64(row, mixed(uint64(i)*8+k))
			}
			return string(row)
		},
	})
}

// zipped is c compressed.
func zipped(c content) held {
	var b bytes.Buffer
	w, _ := gzip.NewWriterLevel(&b, gzip.BestSpeed)
	io.Copy(w, c.read(0, c.size())) //nolint:errcheck // writes to memory
	w.Close()                       //nolint:errcheck // writes to memory
	return b.Bytes()
}
