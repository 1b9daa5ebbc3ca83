package inside

import "context"

// memory is a file that was decompressed, as far as that went.
type memory struct {
	data []byte
	size int64 // of the whole; more than data when it is cut
}

// Read implements Store.
func (m memory) Read(_ context.Context, from, n int64) (data []byte, size int64, err error) {
	if from < 0 {
		from = max(m.size+from, 0)
	}
	if from >= int64(len(m.data)) {
		return nil, m.size, errCut
	}
	return m.data[from:min(from+n, int64(len(m.data)))], m.size, nil
}

// section is a run of another file's bytes.
type section struct {
	of         *File
	from, size int64
}

// Read implements Store.
func (s section) Read(ctx context.Context, from, n int64) (data []byte, size int64, err error) {
	if from < 0 {
		from = max(s.size+from, 0)
	}
	data, _, err = s.of.store.Read(ctx, s.from+from, min(n, s.size-from))
	return data, s.size, err
}
