package demo

import (
	"fmt"
	"math"
	"slices"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/emr/types"
)

// emrCluster is what was asked of a cluster; what became of it is a timeline.
type emrCluster struct {
	id, name, release string
	created           time.Time
	starts            time.Duration // until it is ready for steps
	steps             []*emrStep    // as they were added
	autoEnd           bool          // terminates after its last step
	protected         bool
	cores             int32
	logs              string    // S3 URI; empty for none
	stopped           time.Time // when somebody asked it to terminate
}

type emrStep struct {
	id, name   string
	jar, class string
	args       []string
	onFailure  types.ActionOnFailure
	created    time.Time
	runs       time.Duration
	fails      *stepFailure
	cancelled  time.Time // when somebody asked for it
	app        string    // YARN application
	stdout     string
	logged     bool // its logs are in S3
}

type stepFailure struct{ reason, message, stderr string }

func (c *emrCluster) arn() string {
	return fmt.Sprintf("arn:aws:elasticmapreduce:%s:%s:cluster/%s", Region, AccountID, c.id)
}

// hours is the cluster's normalized instance hours: 8 for each hour of an m6g.xlarge.
func (c *emrCluster) hours(now time.Time) int32 {
	line := c.at(now)
	if !line.active() {
		now = line.end
	}
	up := max(0, now.Sub(c.created.Add(c.starts)).Hours())
	return int32(math.Ceil(up)) * 8 * (1 + c.cores)
}

// folder is the key prefix of a step's logs in the log bucket.
func (c *emrCluster) folder(s *emrStep) string {
	return "emr/" + c.id + "/steps/" + s.id + "/"
}

func (s *emrStep) config() *types.HadoopStepConfig {
	c := &types.HadoopStepConfig{Jar: aws.String(s.jar), Args: slices.Clone(s.args)}
	if s.class != "" {
		c.MainClass = aws.String(s.class)
	}
	return c
}

func (s *emrStep) additional(r stepRun) *types.StepAdditionalInfo {
	if s.app == "" || r.started.IsZero() {
		return nil
	}
	return &types.StepAdditionalInfo{ResourceManagerApplicationIds: []string{s.app}}
}

func (c *emrCluster) stepStatus(s *emrStep, r stepRun) *types.StepStatus {
	out := &types.StepStatus{
		State: r.state, StateChangeReason: &types.StepStateChangeReason{},
		Timeline: &types.StepTimeline{CreationDateTime: aws.Time(s.created)},
	}
	if !r.started.IsZero() {
		out.Timeline.StartDateTime = aws.Time(r.started)
	}
	if !r.ended.IsZero() {
		out.Timeline.EndDateTime = aws.Time(r.ended)
	}
	if r.state == types.StepStateFailed {
		out.FailureDetails = &types.FailureDetails{Reason: aws.String(s.fails.reason), Message: aws.String(s.fails.message)}
		if c.logs != "" {
			out.FailureDetails.LogFile = aws.String("s3://" + logBucket + "/" + c.folder(s) + "stderr.gz")
		}
	}
	return out
}
