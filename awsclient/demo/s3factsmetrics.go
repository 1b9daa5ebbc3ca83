package demo

import (
	"context"
	"maps"
	"net/http"
	"regexp"
	"slices"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/cloudwatch"
	"github.com/aws/aws-sdk-go-v2/service/cloudwatch/types"
)

// storageSearch reads a search for the storage metrics of one bucket, the only
// series that the account has.
var storageSearch = regexp.MustCompile(`^SEARCH\('\{AWS/S3,BucketName,StorageType\} MetricName="(\w+)" BucketName="([^"]+)"', 'Average', 86400\)$`)

// metricData answers with what S3 measured of a bucket at the last midnight.
func metricData(ctx context.Context, a *Account, in *cloudwatch.GetMetricDataInput) (*cloudwatch.GetMetricDataOutput, error) {
	if in.StartTime == nil || in.EndTime == nil || !in.StartTime.Before(*in.EndTime) {
		return nil, apiError("ValidationError", "The parameter StartTime must be less than the parameter EndTime.", http.StatusBadRequest)
	}
	out := &cloudwatch.GetMetricDataOutput{}
	for _, q := range in.MetricDataQueries {
		m := storageSearch.FindStringSubmatch(aws.ToString(q.Expression))
		if m == nil {
			return nil, apiError("ValidationError", "Error in expression '"+aws.ToString(q.Id)+"': Invalid syntax", http.StatusBadRequest)
		}
		b, ok := a.s3.buckets[m[2]]
		if !ok || b.region != reply(ctx).region {
			continue
		}
		b.look()
		at := a.Now().UTC().Truncate(24 * time.Hour)
		sizes := map[string]float64{"AllStorageTypes": b.count()}
		if m[1] == "BucketSizeBytes" {
			sizes = b.measured()
		}
		for _, kind := range slices.Sorted(maps.Keys(sizes)) {
			out.MetricDataResults = append(out.MetricDataResults, types.MetricDataResult{
				Id: q.Id, Label: aws.String(kind), StatusCode: types.StatusCodeComplete,
				Timestamps: []time.Time{at}, Values: []float64{sizes[kind]},
			})
		}
	}
	return out, nil
}

// measured is the size of a bucket by type of storage, all versions included. A
// series is judged by a sample.
func (b *bucket) measured() map[string]float64 {
	sizes := map[string]float64{}
	for _, versions := range b.objects {
		for _, v := range versions {
			if !v.marker {
				sizes[storageType(v.storageClass())] += float64(v.content.size())
			}
		}
	}
	if s := b.series; s != nil {
		const samples = 100
		for i := range samples {
			v := s.at(i * (s.count / samples))
			sizes[storageType(v.storageClass())] += float64(v.content.size()) * float64(s.count/samples)
		}
	}
	return sizes
}

// count is the number of a bucket's objects, all versions included.
func (b *bucket) count() float64 {
	n := 0
	for _, versions := range b.objects {
		n += len(versions)
	}
	if b.series != nil {
		n += b.series.count - len(b.gone)
	}
	return float64(n)
}

// storageType is the name that a storage class has in the metrics.
func storageType(class string) string {
	switch class {
	case "STANDARD_IA":
		return "StandardIAStorage"
	case "ONEZONE_IA":
		return "OneZoneIAStorage"
	case "INTELLIGENT_TIERING":
		return "IntelligentTieringFAStorage"
	case "GLACIER_IR":
		return "GlacierInstantRetrievalStorage"
	case "GLACIER":
		return "GlacierStorage"
	case "DEEP_ARCHIVE":
		return "DeepArchiveStorage"
	case "REDUCED_REDUNDANCY":
		return "ReducedRedundancyStorage"
	}
	return "StandardStorage"
}
