package demo

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"time"
)

// orderEvery is the time between two orders: a run of order-events, which logs
// some lines while it lasts.
const orderEvery = 6 * time.Second

// orderLog writes the log of order-events for the orders of [from, to). It
// follows from the time alone, so that whoever looks later sees the same.
func orderLog(from, to time.Time, put func(stream string, at time.Time, message string)) {
	const step = int64(orderEvery)
	first := (from.UnixNano() + step - 1) / step
	for n := first; n*step < to.UnixNano(); n++ {
		o := order{n: n, start: time.Unix(0, n*step), random: rand.New(rand.NewPCG(7, uint64(n))), put: put} //nolint:gosec // made-up orders
		o.write()
	}
}

type order struct {
	n      int64
	start  time.Time
	random *rand.Rand
	put    func(stream string, at time.Time, message string)
	id     string // of the request
}

func (o *order) write() {
	o.id = uuid(o.random)
	ms := 1800 + o.random.IntN(2600)
	number := fmt.Sprintf("A-%05d", 10_000+o.n%90_000)
	o.platform(0, "platform.start", map[string]any{"requestId": o.id, "version": "12"})
	o.line(40, "INFO", "order accepted", pair{"orderId", number}, pair{"items", 1 + o.random.IntN(6)}, pair{"totalEuro", float64(o.random.IntN(40_000)) / 100})
	if o.n%3 == 1 {
		o.line(ms/3, "DEBUG", "ledger connection reused", pair{"pool", map[string]any{"idle": o.random.IntN(4), "size": 8}})
	}
	if o.n%5 == 2 {
		o.line(ms/2, "WARN", "ledger is slow", pair{"waitedMs", 400 + o.random.IntN(900)}, pair{"orderId", number})
	}
	if o.n%11 == 7 {
		o.line(ms-30, "ERROR", "ledger refused the entry", pair{"orderId", number}, pair{"errorType", "java.net.SocketTimeoutException"},
			pair{"stackTrace", []string{"com.acme.orders.Ledger.append(Ledger.java:71)", "com.acme.orders.Handler.handleRequest(Handler.java:33)"}})
	} else {
		o.line(ms-20, "INFO", "entry appended", pair{"orderId", number}, pair{"ms", ms - 60})
	}
	o.platform(ms, "platform.report", map[string]any{
		"requestId": o.id, "status": "success",
		"metrics": map[string]any{"durationMs": ms, "billedDurationMs": ms, "memorySizeMB": 2048, "maxMemoryUsedMB": 180 + o.random.IntN(30)},
	})
}

// pair is a key with its value, in the order in which a logger writes them.
type pair struct {
	key   string
	value any
}

func (o *order) line(ms int, level, message string, more ...pair) {
	at := o.start.Add(time.Duration(ms) * time.Millisecond)
	text := fmt.Sprintf(`{"timestamp":%q,"level":%q,"message":%q,"requestId":%q`, at.UTC().Format("2006-01-02T15:04:05.000Z"), level, message, o.id)
	for _, p := range more {
		value, _ := json.Marshal(p.value) // strings, numbers and lists of them
		text += fmt.Sprintf(`,%q:%s`, p.key, value)
	}
	o.put(o.stream(), at, text+"}")
}

func (o *order) platform(ms int, kind string, record map[string]any) {
	at := o.start.Add(time.Duration(ms) * time.Millisecond)
	text, _ := json.Marshal(map[string]any{"time": at.UTC().Format("2006-01-02T15:04:05.000Z"), "type": kind, "record": record}) // strings and numbers
	o.put(o.stream(), at, string(text))
}

// stream is one of the two runtimes of the day, which take turns.
func (o *order) stream() string {
	return fmt.Sprintf("%s/[12]%032x", o.start.UTC().Format("2006/01/02"), 0x5eed0000+o.n%2)
}
