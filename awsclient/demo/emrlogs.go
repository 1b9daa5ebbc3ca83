package demo

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/emr/types"
)

const wordCounts = "the\t1842\nand\t1120\nof\t987\nto\t871\na\t803\nin\t566\nthat\t431\nhe\t389\nwas\t377\nit\t352\n"

const sparkFailure = `26/11/20 09:41:30 ERROR Client: Application diagnostics message: User class threw exception:
java.nio.file.AccessDeniedException: s3://secret-vault/customers/part-00000.parquet: getFileStatus
	at org.apache.hadoop.fs.s3a.S3AUtils.translateException(S3AUtils.java:249)
	at org.apache.hadoop.fs.s3a.S3AFileSystem.getFileStatus(S3AFileSystem.java:3799)
	at com.acme.etl.Orders.main(Orders.scala:41)
Caused by: com.amazonaws.services.s3.model.AmazonS3Exception: Access Denied (Service: Amazon S3; Status Code: 403; Error Code: AccessDenied)
Exception in thread "main" org.apache.spark.SparkException: Application application_1795167600000_0003 finished with failed status
	at org.apache.spark.deploy.yarn.Client.run(Client.scala:1350)
	at org.apache.spark.deploy.SparkSubmit.main(SparkSubmit.scala)
Command exiting with ret '1'
`

// writeStepLogs puts the logs of steps that have ended into the log bucket, as
// EMR does. Clusters that write elsewhere have had theirs removed.
func (a *Account) writeStepLogs(c *emrCluster) {
	if c.logs != emrLogs {
		return
	}
	line := c.at(a.Now())
	zip := gzip.NewWriter(nil) // one for all: each takes a megabyte to make
	for i, s := range c.steps {
		r := line.steps[i]
		if s.logged || r.started.IsZero() || r.ended.IsZero() {
			continue
		}
		s.logged = true
		for name, text := range s.logFiles(r) {
			a.putObject(logBucket, c.folder(s)+name+".gz", gzipped(zip, text), r.ended)
		}
	}
}

func (s *emrStep) logFiles(r stepRun) map[string]string {
	stamp := func(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05.000Z") }
	code, verdict := 0, "succeeded"
	if r.state == types.StepStateFailed {
		code, verdict = 1, "failed"
	}
	controller := fmt.Sprintf("%s INFO Ensure step %s jar file %s\n%s INFO startExec 'hadoop jar %s %s'\n%s INFO waitProcessCompletion ended with exit code %d\n%s INFO Step %s, took %d seconds\n",
		stamp(r.started), s.id, s.jar, stamp(r.started), s.jar, strings.Join(s.args, " "), stamp(r.ended), code, stamp(r.ended),
		verdict, int(r.ended.Sub(r.started).Seconds()))
	files := map[string]string{"controller": controller, "stdout": s.stdout, "stderr": s.progress(r), "syslog": s.progress(r)}
	if code == 1 {
		files["stderr"] += s.fails.stderr
	}
	return files
}

// progress is what Hadoop says while a job runs.
func (s *emrStep) progress(r stepRun) string {
	const lines = 100
	var b strings.Builder
	for i := range lines + 1 {
		at := r.started.Add(r.ended.Sub(r.started) * time.Duration(i) / lines)
		fmt.Fprintf(&b, "%s INFO mapreduce.Job:  map %d%% reduce %d%%\n", at.UTC().Format("06/01/02 15:04:05"), min(100, 2*i), max(0, 2*i-100))
	}
	return b.String()
}

func gzipped(w *gzip.Writer, text string) []byte {
	var b bytes.Buffer
	w.Reset(&b)
	_, _ = w.Write([]byte(text)) // to memory: cannot fail
	_ = w.Close()
	return b.Bytes()
}
