package s3

import (
	"sync/atomic"

	"straws/awsclient"
)

// Changes counts what this program has changed in a bucket through the session,
// once for each piece of work: lists of the bucket go by it.
func Changes(s *awsclient.Session, bucket string) *atomic.Int64 {
	c := client(s)
	c.mu.Lock()
	defer c.mu.Unlock()
	n := c.changes[bucket]
	if n == nil {
		n = &atomic.Int64{}
		c.changes[bucket] = n
	}
	return n
}
