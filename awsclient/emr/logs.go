package emr

import "strings"

// Logs is the S3 URI of the folder with the step's controller, stderr, stdout
// and syslog, ending in a slash. It is empty when the cluster keeps no logs in
// S3. Logs appear there about every five minutes and at the end of the step.
func (s Step) Logs(clusterID string, f Facts) string {
	// The file that EMR read is in the folder wherever that is.
	if file := s3URI(s.LogFile); strings.Contains(file, "/"+s.ID+"/") {
		return file[:strings.LastIndexByte(file, '/')+1]
	}
	base := s3URI(s.LogURI)
	if base == "" {
		base = s3URI(f.LogURI)
	}
	if base == "" {
		return ""
	}
	return strings.TrimRight(base, "/") + "/" + clusterID + "/steps/" + s.ID + "/"
}

// s3URI is uri with the scheme s3, whichever of Hadoop's it has, or nothing.
func s3URI(uri string) string {
	for _, scheme := range []string{"s3://", "s3n://", "s3a://"} {
		if rest, ok := strings.CutPrefix(uri, scheme); ok {
			return "s3://" + rest
		}
	}
	return ""
}
