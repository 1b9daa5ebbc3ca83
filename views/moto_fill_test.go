package views_test

import (
	"archive/zip"
	"bytes"
	"context"
	"fmt"
	"net/http"
	"os"
	"strings"
	"sync"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/credentials"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	ec2types "github.com/aws/aws-sdk-go-v2/service/ec2/types"
	"github.com/aws/aws-sdk-go-v2/service/emr"
	emrtypes "github.com/aws/aws-sdk-go-v2/service/emr/types"
	"github.com/aws/aws-sdk-go-v2/service/iam"
	"github.com/aws/aws-sdk-go-v2/service/lambda"
	lambdatypes "github.com/aws/aws-sdk-go-v2/service/lambda/types"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	s3types "github.com/aws/aws-sdk-go-v2/service/s3/types"
)

// What the emulator is filled with.
const (
	motoBucket    = "datalake"
	motoInstances = 300
	motoDoomed    = 20 // instances that are named batch-…
	motoFunctions = 40
	motoClusters  = 6
	motoSteps     = 15
	motoPuts      = 16 // requests in flight
)

// emulator is moto with the SDK's own clients, which tell what straws did.
type emulator struct {
	url  string
	s3   *s3.Client
	ec2  *ec2.Client
	fn   *lambda.Client
	emr  *emr.Client
	iam  *iam.Client
	flat int // keys below flat/
	keys int // keys below raw/
}

// fillMoto makes an account of the size that the tour promises: with
// STRAWS_MOTO_FULL=1 20,000 keys, which take most of a minute, and a tenth of
// that otherwise.
func fillMoto(t *testing.T, url string) *emulator {
	t.Helper()
	cfg := aws.Config{
		Region: motoRegion, BaseEndpoint: aws.String(url), RetryMaxAttempts: 1,
		Credentials: credentials.NewStaticCredentialsProvider("testing", "testing", ""),
	}
	m := &emulator{
		url: url, s3: s3.NewFromConfig(cfg, func(o *s3.Options) { o.UsePathStyle = true }), ec2: ec2.NewFromConfig(cfg),
		fn: lambda.NewFromConfig(cfg), emr: emr.NewFromConfig(cfg), iam: iam.NewFromConfig(cfg),
		flat: 1_200, keys: 800,
	}
	if os.Getenv("STRAWS_MOTO_FULL") == "1" {
		m.flat, m.keys = 4_000, 16_000
	}
	// One service after the other, as each does with its first request: moto loads
	// code on the way, and gets lost when two requests ask for the same.
	for _, fill := range []func(context.Context) error{m.fillFunctions, m.fillInstances, m.fillClusters, m.fillObjects} {
		if err := fill(t.Context()); err != nil {
			t.Fatalf("fill moto: %v", err)
		}
	}
	return m
}

func (m *emulator) fillInstances(ctx context.Context) error {
	out, err := m.ec2.RunInstances(ctx, &ec2.RunInstancesInput{
		ImageId: aws.String("ami-12c6146b"), InstanceType: ec2types.InstanceTypeT3Micro,
		MinCount: aws.Int32(motoInstances), MaxCount: aws.Int32(motoInstances),
	})
	if err != nil {
		return err
	}
	return each(len(out.Instances), func(i int) error {
		name := fmt.Sprintf("web-%d", i)
		if i < motoDoomed {
			name = fmt.Sprintf("batch-%d", i)
		}
		_, err := m.ec2.CreateTags(ctx, &ec2.CreateTagsInput{
			Resources: []string{*out.Instances[i].InstanceId},
			Tags:      []ec2types.Tag{{Key: aws.String("Name"), Value: aws.String(name)}, {Key: aws.String("env"), Value: aws.String("test")}},
		})
		return err
	})
}

// oddKeys are what people's programs really leave in buckets.
func oddKeys() []string {
	return []string{"odd/a b+c%20d.txt", "odd/käse/日本語.txt", "odd/tab\there", "odd/esc\x1b[31mred", "odd//double//slash", "odd/" + strings.Repeat("long", 200)}
}

func (m *emulator) fillObjects(ctx context.Context) error {
	for _, name := range []string{motoBucket, "empty-bucket", "logs"} {
		_, err := m.s3.CreateBucket(ctx, &s3.CreateBucketInput{
			Bucket: aws.String(name), CreateBucketConfiguration: &s3types.CreateBucketConfiguration{LocationConstraint: motoRegion},
		})
		if err != nil {
			return err
		}
	}
	var keys []string
	for i := range m.flat {
		keys = append(keys, fmt.Sprintf("flat/%05d.csv", i))
	}
	for i := range m.keys {
		keys = append(keys, fmt.Sprintf("raw/2026/%02d/%02d/part-%05d.csv", i%12+1, i/12%28+1, i))
	}
	keys = append(keys, oddKeys()...)
	return each(len(keys), func(i int) error {
		body := strings.NewReader("id,amount\n1," + fmt.Sprint(i) + "\n")
		_, err := m.s3.PutObject(ctx, &s3.PutObjectInput{Bucket: aws.String(motoBucket), Key: &keys[i], Body: body})
		return err
	})
}

func (m *emulator) fillFunctions(ctx context.Context) error {
	// Without this moto looks for Docker when a function is created.
	if err := m.tell(ctx, "config", `{"lambda":{"use_docker":false}}`); err != nil {
		return err
	}
	role, err := m.iam.CreateRole(ctx, &iam.CreateRoleInput{
		RoleName:                 aws.String("straws"),
		AssumeRolePolicyDocument: aws.String(`{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"lambda.amazonaws.com"},"Action":"sts:AssumeRole"}]}`),
	})
	if err != nil {
		return err
	}
	code, err := program()
	if err != nil {
		return err
	}
	return each(motoFunctions, func(i int) error {
		name := fmt.Sprintf("function-%02d", i)
		if i == 0 {
			name = "calculate_mean"
		}
		_, err := m.fn.CreateFunction(ctx, &lambda.CreateFunctionInput{
			FunctionName: &name, Role: role.Role.Arn, Runtime: lambdatypes.RuntimePython313,
			Handler: aws.String("main.handler"), Code: &lambdatypes.FunctionCode{ZipFile: code},
		})
		return err
	})
}

func program() ([]byte, error) {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	f, err := z.Create("main.py")
	if err != nil {
		return nil, err
	}
	if _, err := f.Write([]byte("def handler(event, context):\n    return event\n")); err != nil {
		return nil, err
	}
	err = z.Close()
	return b.Bytes(), err
}

func (m *emulator) fillClusters(ctx context.Context) error {
	var steps []emrtypes.StepConfig
	for i := range motoSteps {
		steps = append(steps, emrtypes.StepConfig{
			Name:          aws.String(fmt.Sprintf("wordcount %d", i)),
			HadoopJarStep: &emrtypes.HadoopJarStepConfig{Jar: aws.String("command-runner.jar"), Args: []string{"spark-submit", fmt.Sprint(i)}},
		})
	}
	return each(motoClusters, func(i int) error {
		_, err := m.emr.RunJobFlow(ctx, &emr.RunJobFlowInput{
			Name: aws.String(fmt.Sprintf("nightly-%d", i)), ReleaseLabel: aws.String("emr-7.9.0"), LogUri: aws.String("s3://logs/emr/"),
			JobFlowRole: aws.String("EMR_EC2_DefaultRole"), ServiceRole: aws.String("EMR_DefaultRole"), Steps: steps,
			Instances: &emrtypes.JobFlowInstancesConfig{
				InstanceCount: aws.Int32(1), MasterInstanceType: aws.String("m5.xlarge"), KeepJobFlowAliveWhenNoSteps: aws.Bool(true),
			},
		})
		return err
	})
}

// tell sends a command to the emulator itself.
func (m *emulator) tell(ctx context.Context, what, body string) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, m.url+"/moto-api/"+what, strings.NewReader(body))
	if err != nil {
		return err
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	if resp.StatusCode >= http.StatusMultipleChoices {
		return fmt.Errorf("moto answered %s to %s", resp.Status, what)
	}
	return nil
}

// each calls f for 0 alone, then for 1 to n-1 several at a time, and returns one
// of its errors.
func each(n int, f func(i int) error) error {
	if err := f(0); err != nil {
		return err
	}
	var wg sync.WaitGroup
	errs := make(chan error, motoPuts)
	next := make(chan int)
	for range motoPuts {
		wg.Go(func() {
			var failed error
			for i := range next {
				if failed == nil {
					failed = f(i)
				}
			}
			errs <- failed
		})
	}
	for i := 1; i < n; i++ {
		next <- i
	}
	close(next)
	wg.Wait()
	close(errs)
	for err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}
