package ec2

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"

	"straws/awsclient"
)

// Record returns everything that AWS says about one instance, as a value for
// encoding/json: fields that it did not send are left out, as the aws CLI does.
func Record(ctx context.Context, s *awsclient.Session, id string) (any, error) {
	r, err := reservation(ctx, s, id)
	if err != nil {
		return nil, err
	}
	raw, err := json.Marshal(r.Instances[0]) //nolint:gosec // it goes to the screen of whoever may read it
	if err != nil {
		return nil, fmt.Errorf("encode %s: %w", id, err)
	}
	d := json.NewDecoder(bytes.NewReader(raw))
	d.UseNumber()
	var record map[string]any
	if err := d.Decode(&record); err != nil {
		return nil, fmt.Errorf("encode %s: %w", id, err)
	}
	return sent(record), nil
}

// sent drops what the SDK's structs hold for a field that never came: null, and
// the empty text of an enumeration.
func sent(v any) any {
	switch v := v.(type) {
	case map[string]any:
		for k, field := range v {
			if field == nil || field == "" {
				delete(v, k)
				continue
			}
			v[k] = sent(field)
		}
	case []any:
		for n := range v {
			v[n] = sent(v[n])
		}
	}
	return v
}
