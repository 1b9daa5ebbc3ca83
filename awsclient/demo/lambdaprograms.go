package demo

import (
	"encoding/json"
	"fmt"
	"strings"
	"time"
)

// program is what a function does with an event, which is valid JSON.
type program func(event []byte) outcome

// outcome is how a run of a program ended.
type outcome struct {
	answer string   // JSON; when raised is nil
	raised *raised  // the error it ended with
	prints []string // what it wrote, line by line
	takes  time.Duration
	waits  bool  // takes that long in the account's time too; otherwise it is only claimed
	used   int64 // MB of memory; 0 means as usual
}

// raised is an error that a program did not handle.
type raised struct {
	kind, message string
	stack         []string
	stackKey      string // "stackTrace", or "trace" for Node.js
	exited        bool   // the runtime is gone; there was no handler to answer
}

// pythonRaise is an exception at one line of the handler.
func pythonRaise(kind, message string, line int, source string) *raised {
	return &raised{
		kind: kind, message: message, stackKey: "stackTrace",
		stack: []string{fmt.Sprintf("  File \"/var/task/lambda_function.py\", line %d, in lambda_handler\n    %s\n", line, source)},
	}
}

// echo returns the event as it came.
func echo(event []byte) outcome {
	return outcome{answer: string(event), prints: []string{fmt.Sprintf("event of %d bytes", len(event))}}
}

func alwaysFails([]byte) outcome {
	r := pythonRaise("ZeroDivisionError", "division by zero", 5, "return ratio(1, 0)")
	r.stack = append(r.stack, "  File \"/var/task/lambda_function.py\", line 9, in ratio\n    return a / b\n")
	return outcome{raised: r, prints: []string{"about to divide"}}
}

// takeTime waits 12 seconds, or event["seconds"].
func takeTime(event []byte) outcome {
	in := struct{ Seconds float64 }{12}
	_ = json.Unmarshal(event, &in) // an event of another form waits the usual time
	in.Seconds = min(max(in.Seconds, 0), 900)
	prints := []string{fmt.Sprintf("waiting %s s", pythonFloat(in.Seconds))}
	for i := 1; i < int(in.Seconds/3); i++ {
		prints = append(prints, fmt.Sprintf("%d s of %s s are over", 3*i, pythonFloat(in.Seconds)))
	}
	return outcome{
		answer: fmt.Sprintf(`{"waited": %s}`, pythonFloat(in.Seconds)),
		takes:  time.Duration(in.Seconds * float64(time.Second)), waits: true,
		prints: prints,
	}
}

// onUpload answers an event of S3 notifications.
func onUpload(event []byte) outcome {
	var in struct {
		Records []struct {
			S3 struct {
				Bucket struct{ Name string }
				Object struct {
					Key  string
					Size int64
				}
			}
		}
	}
	if json.Unmarshal(event, &in) != nil || in.Records == nil {
		return outcome{raised: &raised{
			kind: "KeyError", message: "'Records'", stackKey: "stackTrace",
			stack: []string{"  File \"/var/task/upload.py\", line 14, in handler\n    for record in event[\"Records\"]:\n"},
		}}
	}
	out := outcome{takes: time.Duration(1+len(in.Records)) * 31 * time.Millisecond, used: 131}
	for _, r := range in.Records {
		out.prints = append(out.prints, fmt.Sprintf("noted s3://%s/%s (%d bytes)", r.S3.Bucket.Name, r.S3.Object.Key, r.S3.Object.Size))
	}
	out.answer = fmt.Sprintf(`{"noted": %d}`, len(in.Records))
	return out
}

func resizeImage(event []byte) outcome {
	in := struct {
		Key   string
		Width int
	}{Width: 320}
	if json.Unmarshal(event, &in) != nil || in.Key == "" {
		return outcome{raised: &raised{
			kind: "TypeError", message: "Cannot read properties of undefined (reading 'split')", stackKey: "trace",
			stack: []string{
				"TypeError: Cannot read properties of undefined (reading 'split')",
				"    at folderOf (file:///var/task/paths.mjs:12:20)",
				"    at Runtime.handler (file:///var/task/index.mjs:31:18)",
				"    at Runtime.handleOnceNonStreaming (file:///var/runtime/index.mjs:1206:29)",
			},
		}}
	}
	base := in.Key[strings.LastIndexByte(in.Key, '/')+1:]
	key, err := json.Marshal(fmt.Sprintf("thumbs/%d/%s", in.Width, base))
	if err != nil {
		return outcome{answer: "null"}
	}
	return outcome{answer: fmt.Sprintf(`{"key":%s,"width":%d}`, key, in.Width), prints: []string{"resized " + base}, takes: 214 * time.Millisecond, used: 187}
}

func orderEvents(event []byte) outcome {
	var in struct{ OrderID string }
	if json.Unmarshal(event, &in) != nil || in.OrderID == "" {
		return outcome{used: 171, raised: &raised{
			kind: "java.lang.NullPointerException", stackKey: "stackTrace",
			message: `Cannot invoke "String.length()" because "order.id()" is null`,
			stack: []string{
				"com.acme.orders.Ledger.append(Ledger.java:58)",
				"com.acme.orders.Handler.handleRequest(Handler.java:33)",
				"java.base/jdk.internal.reflect.DirectMethodHandleAccessor.invoke(Unknown Source)",
			},
		}}
	}
	return outcome{answer: `{"accepted":true}`, prints: []string{"order accepted"}, takes: 48 * time.Millisecond, used: 203}
}

// nightlyReport answers with a plain JSON string, as a custom runtime may.
func nightlyReport([]byte) outcome {
	return outcome{answer: `"3 reports written"`, prints: []string{"sales", "returns", "stock"}, takes: 1340 * time.Millisecond, used: 61}
}

func cannotStart([]byte) outcome {
	return outcome{used: 3, raised: &raised{
		kind: "Runtime.ExitError", message: "Error: Runtime exited with error: exit status 127", exited: true,
	}, prints: []string{"/entrypoint.sh: line 4: invoice-server: not found"}}
}
