package s3

import (
	"context"
	"fmt"
	"reflect"
	"strings"
	"sync"

	"straws/awsclient"

	"github.com/aws/aws-sdk-go-v2/service/s3/types"
	"github.com/aws/smithy-go/middleware"
)

// payers are the buckets whose requests the session pays for itself.
type payers struct{ buckets sync.Map }

// Pays reports whether the session pays for its requests to a bucket that is
// not its own, as Pay has told.
func Pays(s *awsclient.Session, bucket string) bool {
	_, ok := paid(s).buckets.Load(bucket)
	return ok
}

// Pay says whether the session pays for its requests to a bucket, in all
// regions and until it ends. It makes no request.
func Pay(s *awsclient.Session, bucket string, on bool) {
	if on {
		paid(s).buckets.Store(bucket, nil)
	} else {
		paid(s).buckets.Delete(bucket)
	}
}

func paid(s *awsclient.Session) *payers {
	return awsclient.Kept(s, func() *payers { return &payers{} })
}

// requester sets x-amz-request-payer on every operation that has it, when the
// bucket asked, or the one that is copied from, is among those paid for.
func requester(s *awsclient.Session) func(*middleware.Stack) error {
	return func(stack *middleware.Stack) error {
		err := stack.Initialize.Add(middleware.InitializeMiddlewareFunc("RequesterPays", func(
			ctx context.Context, in middleware.InitializeInput, next middleware.InitializeHandler,
		) (middleware.InitializeOutput, middleware.Metadata, error) {
			in.Parameters = withPayer(in.Parameters, func(bucket string) bool { return Pays(s, bucket) })
			return next.HandleInitialize(ctx, in)
		}), middleware.Before)
		if err != nil {
			return fmt.Errorf("add the payer to the stack: %w", err)
		}
		return nil
	}
}

// withPayer is an input, or a copy of it that says who pays. The caller's own is left
// alone: it may be in use for another request.
func withPayer(input any, pays func(bucket string) bool) any {
	v := reflect.ValueOf(input)
	if v.Kind() != reflect.Pointer || v.IsNil() || v.Elem().Kind() != reflect.Struct {
		return input
	}
	payer := v.Elem().FieldByName("RequestPayer")
	if !payer.IsValid() || payer.Type() != reflect.TypeFor[types.RequestPayer]() {
		return input
	}
	from, _, _ := strings.Cut(strings.TrimPrefix(textOf(v, "CopySource"), Delimiter), Delimiter)
	if !pays(textOf(v, "Bucket")) && (from == "" || !pays(from)) {
		return input
	}
	c := reflect.New(v.Elem().Type())
	c.Elem().Set(v.Elem())
	c.Elem().FieldByName("RequestPayer").SetString(string(types.RequestPayerRequester))
	return c.Interface()
}

// textOf is a string that an input points to, or "".
func textOf(input reflect.Value, field string) string {
	if f := input.Elem().FieldByName(field); f.IsValid() {
		if s, ok := f.Interface().(*string); ok && s != nil {
			return *s
		}
	}
	return ""
}
