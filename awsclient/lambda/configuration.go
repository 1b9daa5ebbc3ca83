package lambda

import (
	"context"
	"fmt"

	"straws/awsclient"

	"github.com/aws/aws-sdk-go-v2/aws"
	sdk "github.com/aws/aws-sdk-go-v2/service/lambda"
	"github.com/aws/aws-sdk-go-v2/service/lambda/types"
)

// Configuration is everything GetFunctionConfiguration tells about a function.
type Configuration struct {
	Function

	Version      string
	Role         string // ARN
	State        string // "Active", "Pending", "Inactive", "Failed"
	StateReason  string
	Update       string // "Successful", "InProgress", "Failed"
	UpdateReason string
	Ephemeral    int64 // MB of /tmp
	LogFormat    string
	Tracing      string
	SnapStart    string
	DeadLetter   string // ARN
	KMSKey       string // ARN
	VPC          VPC
	Layers       []Layer  `json:",omitempty"`
	FileSystems  []string `json:",omitempty"` // "/mnt/data  arn:…"
	Image        Image    `json:",omitzero"`
	Environment  map[string]Secret
	// EnvironmentError says why the environment cannot be read, such as a
	// refused KMS key.
	EnvironmentError string
	CodeSHA256       string
	// RevisionID changes with every change of the function.
	RevisionID string
}

// Settling reports whether AWS is still at work on the function, so that it
// refuses changes.
func (c *Configuration) Settling() bool { return c.Update == "InProgress" || c.State == "Pending" }

// Layer is code that a function shares with others.
type Layer struct {
	ARN  string
	Size int64 // bytes
}

// Image is what a function from a container image overrides of it.
type Image struct {
	EntryPoint, Command []string
	Directory           string
}

// VPC is where a function's network interfaces are; ID is empty when it has none.
type VPC struct {
	ID             string
	Subnets        []string
	SecurityGroups []string
}

// Describe reads the configuration of the function called name, which may be an
// ARN (GetFunctionConfiguration). An empty qualifier is $LATEST.
func Describe(ctx context.Context, s *awsclient.Session, name, qualifier string) (Configuration, error) {
	in := &sdk.GetFunctionConfigurationInput{FunctionName: aws.String(name), Qualifier: optional(qualifier)}
	out, err := client(s).GetFunctionConfiguration(ctx, in)
	if err != nil {
		return Configuration{}, awsclient.Classify(fmt.Errorf("read the configuration of %s: %w", name, err))
	}
	return newConfiguration(out), nil
}

func newConfiguration(o *sdk.GetFunctionConfigurationOutput) Configuration {
	c := Configuration{
		Function: newFunction(&types.FunctionConfiguration{
			Architectures: o.Architectures, CodeSize: o.CodeSize, Description: o.Description,
			FunctionArn: o.FunctionArn, FunctionName: o.FunctionName, Handler: o.Handler,
			LastModified: o.LastModified, LoggingConfig: o.LoggingConfig, MemorySize: o.MemorySize,
			PackageType: o.PackageType, Runtime: o.Runtime, Timeout: o.Timeout,
		}),
		Version:      aws.ToString(o.Version),
		Role:         aws.ToString(o.Role),
		State:        string(o.State),
		StateReason:  aws.ToString(o.StateReason),
		Update:       string(o.LastUpdateStatus),
		UpdateReason: aws.ToString(o.LastUpdateStatusReason),
		KMSKey:       aws.ToString(o.KMSKeyArn),
		CodeSHA256:   aws.ToString(o.CodeSha256),
		RevisionID:   aws.ToString(o.RevisionId),
	}
	for _, l := range o.Layers {
		c.Layers = append(c.Layers, Layer{aws.ToString(l.Arn), l.CodeSize})
	}
	for _, f := range o.FileSystemConfigs {
		c.FileSystems = append(c.FileSystems, aws.ToString(f.LocalMountPath)+"  "+aws.ToString(f.Arn))
	}
	c.addParts(o)
	c.addEnvironment(o.Environment)
	return c
}

func (c *Configuration) addParts(o *sdk.GetFunctionConfigurationOutput) {
	if o.EphemeralStorage != nil {
		c.Ephemeral = int64(aws.ToInt32(o.EphemeralStorage.Size))
	}
	if o.LoggingConfig != nil {
		c.LogFormat = string(o.LoggingConfig.LogFormat)
	}
	if o.TracingConfig != nil {
		c.Tracing = string(o.TracingConfig.Mode)
	}
	if o.SnapStart != nil {
		c.SnapStart = string(o.SnapStart.ApplyOn)
	}
	if o.DeadLetterConfig != nil {
		c.DeadLetter = aws.ToString(o.DeadLetterConfig.TargetArn)
	}
	if r := o.ImageConfigResponse; r != nil && r.ImageConfig != nil {
		c.Image = Image{r.ImageConfig.EntryPoint, r.ImageConfig.Command, aws.ToString(r.ImageConfig.WorkingDirectory)}
	}
	if v := o.VpcConfig; v != nil {
		c.VPC = VPC{ID: aws.ToString(v.VpcId), Subnets: v.SubnetIds, SecurityGroups: v.SecurityGroupIds}
	}
}

func (c *Configuration) addEnvironment(e *types.EnvironmentResponse) {
	if e == nil {
		return
	}
	if e.Error != nil {
		c.EnvironmentError = aws.ToString(e.Error.Message)
	}
	c.Environment = make(map[string]Secret, len(e.Variables))
	for name, value := range e.Variables {
		c.Environment[name] = NewSecret(value)
	}
}

// optional leaves a parameter out of the request when it is empty.
func optional(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}
