package templates

import (
	"fmt"
	"strings"

	"github.com/aws/aws-lambda-go/events"
)

const (
	agent  = "curl/8.5.0"
	client = "203.0.113.10"
	edge   = "02/Jan/2006:15:04:05 -0700" // the way API Gateway writes times
)

// headers of a request, by names in lower case.
func (p place) headers(host string) map[string]string {
	return map[string]string{
		"accept": "*/*", "content-type": "application/json", "host": host, "user-agent": agent, "x-forwarded-for": client,
		"x-forwarded-port": "443", "x-forwarded-proto": "https",
	}
}

// each makes a list of every value.
func each(values map[string]string) map[string][]string {
	out := map[string][]string{}
	for name, value := range values {
		out[name] = []string{value}
	}
	return out
}

func restRequest(p place) any {
	host := fmt.Sprintf("1234567890.execute-api.%s.amazonaws.com", p.Region)
	query := map[string]string{"verbose": "true"}
	return events.APIGatewayProxyRequest{
		Resource: "/orders/{id}", Path: "/orders/o-1001", HTTPMethod: "POST", Headers: p.headers(host), MultiValueHeaders: each(p.headers(host)),
		QueryStringParameters: query, MultiValueQueryStringParameters: each(query), PathParameters: map[string]string{"id": "o-1001"},
		StageVariables: map[string]string{}, Body: order,
		RequestContext: events.APIGatewayProxyRequestContext{
			AccountID: p.Account, ResourceID: "123456", Stage: "prod", DomainName: host, DomainPrefix: "1234567890", APIID: "1234567890",
			RequestID: "c6af9ac6-7b61-11e6-9a41-93e8deadbeef", ExtendedRequestID: "JKJaXmPLvHcESHA=", Protocol: "HTTP/1.1",
			ResourcePath: "/orders/{id}", Path: "/prod/orders/o-1001", HTTPMethod: "POST", Authorizer: map[string]any{},
			RequestTime: p.Time.Format(edge), RequestTimeEpoch: p.Time.UnixMilli(),
			Identity: events.APIGatewayRequestIdentity{SourceIP: client, UserAgent: agent},
		},
	}
}

func httpRequest(p place) any {
	host := fmt.Sprintf("abcdefghij.execute-api.%s.amazonaws.com", p.Region)
	return events.APIGatewayV2HTTPRequest{
		Version: "2.0", RouteKey: "POST /orders/{id}", RawPath: "/orders/o-1001", RawQueryString: "verbose=true",
		Cookies: []string{"session=abc"}, Headers: p.headers(host), QueryStringParameters: map[string]string{"verbose": "true"},
		PathParameters: map[string]string{"id": "o-1001"}, Body: order,
		RequestContext: events.APIGatewayV2HTTPRequestContext{
			RouteKey: "POST /orders/{id}", AccountID: p.Account, Stage: "$default", RequestID: "JKJaXmPLvHcESHA=", APIID: "abcdefghij",
			DomainName: host, DomainPrefix: "abcdefghij", Time: p.Time.Format(edge), TimeEpoch: p.Time.UnixMilli(),
			HTTP: events.APIGatewayV2HTTPRequestContextHTTPDescription{
				Method: "POST", Path: "/orders/o-1001", Protocol: "HTTP/1.1", SourceIP: client, UserAgent: agent,
			},
		},
	}
}

func balancedRequest(p place) any {
	headers := p.headers("lambda-alb-123578498." + p.Region + ".elb.amazonaws.com")
	headers["x-amzn-trace-id"] = "Root=1-5c536348-3d683b8b04734faae651f476"
	return events.ALBTargetGroupRequest{
		HTTPMethod: "POST", Path: "/orders/o-1001", QueryStringParameters: map[string]string{"verbose": "true"}, Headers: headers, Body: order,
		RequestContext: events.ALBTargetGroupRequestContext{ELB: events.ELBContext{
			TargetGroupArn: p.arn("elasticloadbalancing", "targetgroup/my-targets/49e9d65c45c6791a"),
		}},
	}
}

// user is a person who signs up.
func (p place) user(source string) (events.CognitoEventUserPoolsHeader, map[string]string) {
	const id = "4e5c6a1b-2f3d-4c5e-8a9b-0c1d2e3f4a5b"
	return events.CognitoEventUserPoolsHeader{
		Version: "1", TriggerSource: source, Region: p.Region, UserPoolID: p.Region + "_Example12", UserName: id,
		CallerContext: events.CognitoEventUserPoolsCallerContext{AWSSDKVersion: "aws-sdk-unknown-unknown", ClientID: strings.Repeat("1example", 3)},
	}, map[string]string{"sub": id, "email": "user@example.com", "email_verified": "false"}
}

func preSignUp(p place) any {
	header, attributes := p.user("PreSignUp_SignUp")
	delete(attributes, "sub") // there is no user yet
	return events.CognitoEventUserPoolsPreSignup{
		CognitoEventUserPoolsHeader: header,
		Request: events.CognitoEventUserPoolsPreSignupRequest{
			UserAttributes: attributes, ValidationData: map[string]string{}, ClientMetadata: map[string]string{},
		},
	}
}

func postConfirmation(p place) any {
	header, attributes := p.user("PostConfirmation_ConfirmSignUp")
	attributes["cognito:user_status"], attributes["email_verified"] = "CONFIRMED", "true"
	return events.CognitoEventUserPoolsPostConfirmation{
		CognitoEventUserPoolsHeader: header,
		Request: events.CognitoEventUserPoolsPostConfirmationRequest{
			UserAttributes: attributes, ClientMetadata: map[string]string{},
		},
	}
}
