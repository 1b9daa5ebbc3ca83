// Package metrics asks CloudWatch for what other services measure of themselves.
package metrics

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"straws/awsclient"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/cloudwatch"
	"github.com/aws/aws-sdk-go-v2/service/cloudwatch/types"
)

// Storage is what S3 measured of a bucket, once on some day.
type Storage struct {
	Classes []Class   // with something in it, the largest first
	Objects int64     // of all classes, versions and parts of open uploads included
	At      time.Time // of the measurement; zero when there was none
}

// Class is one type of storage, by S3's own name for it in its metrics, such as
// "StandardStorage".
type Class struct {
	Name  string
	Bytes int64
}

// days is how far back a measurement is looked for: S3 makes one a day, and
// publishes it up to two days later.
const days = 4

// BucketStorage asks GetMetricData in the region of the bucket for its size by
// type of storage and its number of objects. One call; each of the series it
// answers with costs as much as one metric.
func BucketStorage(ctx context.Context, s *awsclient.Session, region, bucket string, now time.Time) (Storage, error) {
	c := awsclient.Client(s.In(region), func(c aws.Config) *cloudwatch.Client { return cloudwatch.NewFromConfig(c) })
	in := &cloudwatch.GetMetricDataInput{
		StartTime: aws.Time(now.Add(-days * 24 * time.Hour)), EndTime: aws.Time(now), ScanBy: types.ScanByTimestampDescending,
		MetricDataQueries: []types.MetricDataQuery{search("size", "BucketSizeBytes", bucket), search("count", "NumberOfObjects", bucket)},
	}
	var out Storage
	for {
		page, err := c.GetMetricData(ctx, in)
		if err != nil {
			return Storage{}, fmt.Errorf("ask for the size of %s: %w", bucket, err)
		}
		for _, r := range page.MetricDataResults {
			out.take(r)
		}
		if in.NextToken = page.NextToken; aws.ToString(in.NextToken) == "" {
			break
		}
	}
	slices.SortFunc(out.Classes, func(a, b Class) int {
		return cmp.Or(cmp.Compare(b.Bytes, a.Bytes), strings.Compare(a.Name, b.Name))
	})
	return out, nil
}

// search is a query for every series of a bucket's metric, labelled with the
// type of storage.
func search(id, metric, bucket string) types.MetricDataQuery {
	return types.MetricDataQuery{
		Id: &id, Label: aws.String("${PROP('Dim.StorageType')}"),
		Expression: aws.String(fmt.Sprintf(
			`SEARCH('{AWS/S3,BucketName,StorageType} MetricName="%s" BucketName="%s"', 'Average', 86400)`, metric, bucket)),
	}
}

// take adds the newest value of a series.
func (s *Storage) take(r types.MetricDataResult) {
	if len(r.Values) == 0 || len(r.Timestamps) == 0 {
		return
	}
	value := int64(r.Values[0])
	if strings.HasPrefix(aws.ToString(r.Id), "count") {
		s.Objects += value
		return
	}
	if r.Timestamps[0].After(s.At) {
		s.At = r.Timestamps[0]
	}
	if value > 0 {
		s.Classes = append(s.Classes, Class{Name: aws.ToString(r.Label), Bytes: value})
	}
}
