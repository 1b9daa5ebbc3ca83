package transfer

import (
	"context"
	"errors"

	"straws/awsclient"
)

type mover interface{}
type file struct{}

func planDownload(context.Context, *awsclient.Session, Download, func(Summary)) (*Plan, error) {
	return nil, errors.New("not yet")
}

func planUpload(context.Context, *awsclient.Session, Upload, func(Summary)) (*Plan, error) {
	return nil, errors.New("not yet")
}

func (p *Plan) only([]string) *Plan { return p }

func (p *Plan) run(context.Context, Existing, Watch) (Result, error) { return Result{}, nil }
