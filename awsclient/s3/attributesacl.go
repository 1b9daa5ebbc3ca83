package s3

import (
	"context"
	"strings"

	"straws/awsclient"

	"github.com/aws/aws-sdk-go-v2/aws"
	sdk "github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"
)

// ACL is who is let at an object beside what policies say.
type ACL struct {
	Owner  string // canonical id, or name where S3 tells one
	Grants []Grant
}

// Grant lets one grantee do one thing.
type Grant struct {
	Who    string // in words: "the owner", "everybody"
	May    string // in words: "read it"
	Public bool   // strangers are meant
}

// DescribeACL asks GetObjectAcl.
func DescribeACL(ctx context.Context, s *awsclient.Session, o Object) (ACL, error) {
	in := &sdk.GetObjectAclInput{Bucket: &o.Bucket, Key: &o.Key, VersionId: o.version()}
	out, err := at(s, o.Bucket, func(c *sdk.Client) (*sdk.GetObjectAclOutput, error) { return c.GetObjectAcl(ctx, in) })
	if err != nil {
		return ACL{}, wrap(err, "ask for the ACL of %s", URI(o.Bucket, o.Key))
	}
	var acl ACL
	owner := ""
	if out.Owner != nil {
		owner = aws.ToString(out.Owner.ID)
		if acl.Owner = aws.ToString(out.Owner.DisplayName); acl.Owner == "" {
			acl.Owner = owner
		}
	}
	for _, g := range out.Grants {
		if g.Grantee != nil {
			acl.Grants = append(acl.Grants, grant(g, owner))
		}
	}
	return acl, nil
}

func grant(g types.Grant, owner string) Grant {
	out := Grant{May: map[types.Permission]string{
		types.PermissionFullControl: "full control", types.PermissionRead: "read it", types.PermissionWrite: "write it",
		types.PermissionReadAcp: "read the ACL", types.PermissionWriteAcp: "change the ACL",
	}[g.Permission]}
	if out.May == "" {
		out.May = string(g.Permission)
	}
	who := g.Grantee
	switch group := aws.ToString(who.URI); {
	case strings.HasSuffix(group, "/global/AllUsers"):
		out.Who, out.Public = "everybody", true
	case strings.HasSuffix(group, "/global/AuthenticatedUsers"):
		out.Who, out.Public = "anybody with an AWS account", true
	case strings.HasSuffix(group, "/s3/LogDelivery"):
		out.Who = "S3's log delivery"
	case group != "":
		out.Who = group
	case owner != "" && aws.ToString(who.ID) == owner:
		out.Who = "the owner"
	default:
		for _, name := range []*string{who.DisplayName, who.EmailAddress, who.ID} {
			if out.Who == "" {
				out.Who = aws.ToString(name)
			}
		}
	}
	return out
}
