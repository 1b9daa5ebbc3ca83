package s3

import (
	"context"
	"errors"

	"straws/awsclient"
)

// ErrPartsStay is wrapped by the error of a write in parts that was given up, and
// of which S3 still has the parts: they are paid for until somebody aborts it.
var ErrPartsStay = errors.New("its parts could not be removed and stay as an open upload")

// PartsStay is the error of a write in parts to an object that was given up
// because of why, and whose removal failed as well. When ctx has ended it is only
// about the parts: that the write was cancelled is known.
func PartsStay(ctx context.Context, o Object, why, removal error) error {
	sentence := awsclient.Classify(removal).Error()
	e := &awsclient.Error{
		Kind: awsclient.Invalid, Service: "S3", Operation: "AbortMultipartUpload", Target: "object " + o.Bucket + "/" + o.Key,
		Message: ErrPartsStay.Error() + " (" + sentence + ")", Err: errors.Join(ErrPartsStay, removal),
	}
	if ctx.Err() != nil {
		return e
	}
	var first *awsclient.Error
	errors.As(awsclient.Classify(why), &first)
	switch first.Kind {
	case awsclient.SSO, awsclient.Expired, awsclient.NoCreds, awsclient.ReadOnly:
		return errors.Join(first, e) // that ends everything else too
	default:
		e.Message, e.Err = first.Error()+"; "+e.Message, errors.Join(why, e.Err)
	}
	return e
}
