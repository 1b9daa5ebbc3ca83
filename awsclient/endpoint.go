package awsclient

import (
	"context"
	"fmt"
	"net/url"
	"os"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/config"
)

// checkEndpoint refuses what cannot be the URL of a service.
func checkEndpoint(endpoint string) error {
	if endpoint == "" {
		return nil
	}
	u, err := url.Parse(endpoint)
	why := ""
	switch {
	case err != nil:
		why = innermost(err).Error()
	case u.Scheme != "http" && u.Scheme != "https":
		why = "it has to begin with http:// or https://"
	case u.Hostname() == "":
		why = "it names no host"
	case u.User != nil || u.RawQuery != "" || u.Fragment != "":
		why = "it may hold nothing but scheme, host, port and path"
	default:
		return nil
	}
	return &Error{
		Kind: Invalid, Message: fmt.Sprintf("the endpoint %q is not usable: %s", endpoint, why),
		hint: "an endpoint looks like http://127.0.0.1:5000", Err: err,
	}
}

// pinned is a source of configuration that answers with the chosen endpoint
// before AWS_ENDPOINT_URL_S3 and the shared config file are asked.
type pinned string

// GetServiceBaseEndpoint implements the SDK's lookup of endpoints by service.
func (p pinned) GetServiceBaseEndpoint(context.Context, string) (string, bool, error) {
	return string(p), true, nil
}

// useEndpoint makes every service of cfg ask at one URL.
func useEndpoint(cfg *aws.Config, endpoint string) {
	if endpoint == "" {
		return
	}
	cfg.BaseEndpoint = aws.String(endpoint)
	cfg.ConfigSources = append([]any{pinned(endpoint)}, cfg.ConfigSources...)
}

// s3Endpoint is the URL that S3 clients of cfg ask at instead of AWS's own, by
// the SDK's order of precedence, or "".
func s3Endpoint(ctx context.Context, cfg aws.Config) string {
	base := aws.ToString(cfg.BaseEndpoint)
	if ignore, _, _ := config.GetIgnoreConfiguredEndpoints(ctx, cfg.ConfigSources); ignore {
		return base
	}
	_, all := os.LookupEnv("AWS_ENDPOINT_URL")
	if _, own := os.LookupEnv("AWS_ENDPOINT_URL_S3"); all && !own {
		return base
	}
	for _, source := range cfg.ConfigSources {
		s, ok := source.(interface {
			GetServiceBaseEndpoint(context.Context, string) (string, bool, error)
		})
		if !ok {
			continue
		}
		if found, ok, err := s.GetServiceBaseEndpoint(ctx, "S3"); ok && err == nil {
			return found
		}
	}
	return base
}

// pathStyle says whether an S3 endpoint keeps buckets in the path: all but
// AWS's own do, as they have no DNS name for each bucket.
func pathStyle(endpoint string) bool {
	u, err := url.Parse(endpoint)
	if endpoint == "" || err != nil {
		return false
	}
	host := strings.ToLower(u.Hostname())
	return !strings.HasSuffix(host, ".amazonaws.com") && !strings.HasSuffix(host, ".amazonaws.com.cn")
}
