package awsclient

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/config"
	"github.com/aws/aws-sdk-go-v2/credentials/processcreds"
	"github.com/aws/aws-sdk-go-v2/credentials/stscreds"
	"github.com/aws/aws-sdk-go-v2/service/sts"
)

const (
	lingerFor   = 2 * time.Second // for children of a credential process that keep its pipes open
	stderrLimit = 4096            // bytes
)

// quietProcess runs a credential_process away from the terminal. The SDK's own
// provider lends it our keyboard and screen, and quotes its output, which may
// hold secrets, in its errors.
type quietProcess struct{ profile, command string }

// Retrieve implements the SDK's provider of credentials.
func (q quietProcess) Retrieve(ctx context.Context) (aws.Credentials, error) {
	stderr := &tail{limit: stderrLimit}
	build := processcreds.NewCommandBuilderFunc(func(ctx context.Context) (*exec.Cmd, error) {
		shell, flag := "sh", "-c"
		if runtime.GOOS == "windows" {
			shell, flag = "cmd.exe", "/C"
		}
		cmd := exec.CommandContext(ctx, shell, flag, q.command) //nolint:gosec // the user's own config names it
		cmd.Env, cmd.Stderr, cmd.WaitDelay = os.Environ(), stderr, lingerFor
		detach(cmd)
		return cmd, nil
	})
	creds, err := processcreds.NewProviderCommand(build).Retrieve(ctx)
	if err != nil {
		return aws.Credentials{}, q.failure(err, string(stderr.kept))
	}
	return creds, nil
}

// failure tells what happened without the process's output.
func (q quietProcess) failure(err error, stderr string) error {
	var (
		exit   *exec.ExitError
		syntax *json.SyntaxError
		shape  *json.UnmarshalTypeError
	)
	why := "it printed no usable credentials"
	switch {
	case strings.Contains(err.Error(), "timed out"):
		why = fmt.Sprintf("it took longer than %d s", int(processcreds.DefaultTimeout.Seconds()))
	case errors.As(err, &exit):
		why = exit.Error()
	case errors.As(err, &syntax), errors.As(err, &shape):
		why = "it did not print JSON"
	}
	if last := lastLine(stderr); last != "" {
		why += ": " + last
	}
	e := &Error{
		Kind: NoCreds, Profile: q.profile,
		Message: fmt.Sprintf("credential_process of profile %s failed: %s", q.profile, why),
		Err:     errors.New(why),
	}
	e.hint = "run it in a shell, where it can ask: " + e.withProfile("aws sts get-caller-identity")
	return e
}

func lastLine(text string) string {
	text = strings.TrimSpace(text)
	return text[strings.LastIndexByte(text, '\n')+1:]
}

// tail keeps the last bytes written to it.
type tail struct {
	kept  []byte
	limit int
}

// Write never fails.
func (t *tail) Write(p []byte) (int, error) {
	t.kept = append(t.kept, p...)
	if over := len(t.kept) - t.limit; over > 0 {
		t.kept = append(t.kept[:0], t.kept[over:]...)
	}
	return len(p), nil
}

// withQuietProcess replaces the credentials of cfg if they begin with a
// credential_process, and assumes the roles that lie on top of it.
func withQuietProcess(cfg *aws.Config, profile *config.SharedConfig) {
	chain := []*config.SharedConfig{profile}
	for p := profile.Source; p != nil; p = p.Source {
		chain = append(chain, p)
	}
	source := chain[len(chain)-1]
	if !startsProcess(source) {
		return
	}
	provider := aws.CredentialsProvider(quietProcess{source.Profile, source.CredentialProcess})
	for i := len(chain) - 1; i >= 0; i-- {
		if p := chain[i]; p.RoleARN != "" {
			by := cfg.Copy()
			by.Credentials = aws.NewCredentialsCache(provider, expireEarly)
			provider = stscreds.NewAssumeRoleProvider(sts.NewFromConfig(by), p.RoleARN, roleOf(p))
		}
	}
	cfg.Credentials = aws.NewCredentialsCache(provider, expireEarly)
}

// startsProcess follows the SDK's order of precedence inside one profile.
func startsProcess(p *config.SharedConfig) bool {
	return p.CredentialProcess != "" && !p.Credentials.HasKeys() && p.CredentialSource == "" &&
		p.WebIdentityTokenFile == "" && p.SSOSessionName == "" && p.SSOStartURL == "" && p.LoginSession == ""
}

func roleOf(p *config.SharedConfig) func(*stscreds.AssumeRoleOptions) {
	return func(o *stscreds.AssumeRoleOptions) {
		o.RoleSessionName = p.RoleSessionName
		if p.ExternalID != "" {
			o.ExternalID = aws.String(p.ExternalID)
		}
		if p.MFASerial != "" {
			o.SerialNumber = aws.String(p.MFASerial)
		}
		if p.RoleDurationSeconds != nil {
			o.Duration = *p.RoleDurationSeconds
		}
		forRoles(p.Profile)(o)
	}
}
