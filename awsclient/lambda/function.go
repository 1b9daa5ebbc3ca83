package lambda

import (
	"context"
	"fmt"
	"time"

	"straws/awsclient"

	"github.com/aws/aws-sdk-go-v2/aws"
	sdk "github.com/aws/aws-sdk-go-v2/service/lambda"
	"github.com/aws/aws-sdk-go-v2/service/lambda/types"
)

// pageSize is the most that ListFunctions returns at once.
const pageSize = 50

// modifiedLayout is how Lambda writes the time of the last change.
const modifiedLayout = "2006-01-02T15:04:05.000-0700"

// Function is one function as ListFunctions reports it.
type Function struct {
	Name        string
	ARN         string
	Runtime     string // "python3.13"; empty for a container image
	Handler     string
	Arch        string // "x86_64" or "arm64"
	Package     string // "Zip" or "Image"
	Description string
	LogGroup    string
	Memory      int64 // MB
	Timeout     time.Duration
	CodeSize    int64 // bytes
	Modified    time.Time
}

// List pages through all functions of the region, 50 a page (ListFunctions).
func List(s *awsclient.Session) func(context.Context) ([]Function, bool, error) {
	var marker *string
	return func(ctx context.Context) ([]Function, bool, error) {
		out, err := client(s).ListFunctions(ctx, &sdk.ListFunctionsInput{
			MaxItems: aws.Int32(pageSize), Marker: marker,
		})
		if err != nil {
			return nil, false, awsclient.Classify(fmt.Errorf("list functions: %w", err))
		}
		page := make([]Function, len(out.Functions))
		for i := range out.Functions {
			page[i] = newFunction(&out.Functions[i])
		}
		marker = out.NextMarker
		return page, aws.ToString(marker) != "", nil
	}
}

func newFunction(c *types.FunctionConfiguration) Function {
	f := Function{
		Name:        aws.ToString(c.FunctionName),
		ARN:         aws.ToString(c.FunctionArn),
		Runtime:     string(c.Runtime),
		Handler:     aws.ToString(c.Handler),
		Arch:        string(types.ArchitectureX8664),
		Package:     string(c.PackageType),
		Description: aws.ToString(c.Description),
		Memory:      int64(aws.ToInt32(c.MemorySize)),
		Timeout:     time.Duration(aws.ToInt32(c.Timeout)) * time.Second,
		CodeSize:    c.CodeSize,
	}
	if len(c.Architectures) > 0 {
		f.Arch = string(c.Architectures[0])
	}
	f.LogGroup = "/aws/lambda/" + f.Name
	if l := c.LoggingConfig; l != nil && aws.ToString(l.LogGroup) != "" {
		f.LogGroup = *l.LogGroup
	}
	// A time that does not parse is left zero, which is drawn as unknown.
	f.Modified, _ = time.Parse(modifiedLayout, aws.ToString(c.LastModified))
	return f
}
