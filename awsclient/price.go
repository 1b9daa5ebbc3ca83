package awsclient

import "strings"

// Prices of one request in nanodollars: list prices of us-east-1, S3 Standard.
const (
	s3ListPrice  = 5_000 // LIST, PUT, COPY and POST
	s3GetPrice   = 400   // GET, HEAD and everything else that reads
	invokePrice  = 200   // without the seconds the function runs
	metricPrice  = 10_000
	explorePrice = 10_000_000 // one page of Cost Explorer
)

// price is what AWS charges for one request of an operation, in nanodollars.
// EC2, EMR, STS, IAM and CloudWatch Logs charge nothing for the calls themselves.
func price(service, operation string) int64 {
	switch service {
	case "S3":
		return s3Price(operation)
	case "Lambda":
		if strings.HasPrefix(operation, "Invoke") {
			return invokePrice
		}
	case "CloudWatch":
		return metricPrice
	case "Cost Explorer":
		return explorePrice
	}
	return 0
}

func s3Price(operation string) int64 {
	switch {
	case strings.HasPrefix(operation, "Delete"), operation == "AbortMultipartUpload":
		return 0
	case strings.HasPrefix(operation, "Get"), strings.HasPrefix(operation, "Head"), operation == "SelectObjectContent":
		return s3GetPrice
	}
	return s3ListPrice
}
