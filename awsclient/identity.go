package awsclient

import (
	"context"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/iam"
	"github.com/aws/aws-sdk-go-v2/service/sts"
)

const (
	identityTimeout = 10 * time.Second
	aliasTimeout    = 3 * time.Second // it is only a nicety
)

// Identity is who a session acts as.
type Identity struct {
	Account   string // twelve digits
	Alias     string // of the account; "" when it has none, or may not be asked for
	ARN       string
	UserID    string
	Partition string // "aws", "aws-cn", "aws-us-gov", …
	Source    string // the SDK's name for where credentials came from: "EC2RoleProvider"
}

// Identity asks AWS who the session acts as: sts.GetCallerIdentity, which
// needs no permission, and iam.ListAccountAliases, which may be denied without
// harm. It gives up after 10 s. The answer is kept for the audit.
func (s *Session) Identity(ctx context.Context) (Identity, error) {
	ctx, cancel := context.WithTimeout(ctx, identityTimeout)
	defer cancel()
	client := Client(s, func(c aws.Config) *sts.Client { return sts.NewFromConfig(c) })
	out, err := client.GetCallerIdentity(ctx, &sts.GetCallerIdentityInput{})
	if err != nil {
		return Identity{}, Classify(err)
	}
	id := Identity{
		Account: aws.ToString(out.Account), ARN: aws.ToString(out.Arn), UserID: aws.ToString(out.UserId),
		Alias: s.alias(ctx), Source: s.credentialSource(ctx),
	}
	if parts := strings.SplitN(id.ARN, ":", 3); len(parts) == 3 {
		id.Partition = parts[1]
	}
	s.core.identity.Store(&id)
	return id, nil
}

func (s *Session) alias(ctx context.Context) string {
	ctx, cancel := context.WithTimeout(ctx, aliasTimeout)
	defer cancel()
	client := Client(s, func(c aws.Config) *iam.Client { return iam.NewFromConfig(c) })
	out, err := client.ListAccountAliases(ctx, &iam.ListAccountAliasesInput{})
	if err != nil || len(out.AccountAliases) == 0 {
		return ""
	}
	return out.AccountAliases[0]
}

// credentialSource reads the cache that the call before has filled.
func (s *Session) credentialSource(ctx context.Context) string {
	if s.core.cfg.Credentials == nil {
		return ""
	}
	creds, err := s.core.cfg.Credentials.Retrieve(ctx)
	if err != nil {
		return ""
	}
	return creds.Source
}

// Principal is the short name of the ARN: "Admin/jane" of an assumed role,
// "jane" of a user, "root". A role of IAM Identity Center goes by the name of
// its permission set.
func (i Identity) Principal() string {
	parts := strings.SplitN(i.ARN, ":", 6)
	if len(parts) < 6 {
		return i.ARN
	}
	kind, name, found := strings.Cut(parts[5], "/")
	switch {
	case !found:
		return parts[5]
	case kind != "assumed-role":
		return name[strings.LastIndexByte(name, '/')+1:]
	}
	role, session, _ := strings.Cut(name, "/")
	if set, ok := strings.CutPrefix(role, "AWSReservedSSO_"); ok {
		if cut := strings.LastIndexByte(set, '_'); cut > 0 {
			role = set[:cut]
		}
	}
	return role + "/" + session
}
