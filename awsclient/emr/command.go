package emr

// ListCommand is the words after "aws" that list the active clusters.
func ListCommand() []string { return []string{"emr", "list-clusters", "--active"} }

// DescribeCommand is the words after "aws" that print a cluster.
func DescribeCommand(clusterID string) []string {
	return []string{"emr", "describe-cluster", "--cluster-id", clusterID}
}

// StepsCommand is the words after "aws" that list a cluster's steps.
func StepsCommand(clusterID string) []string {
	return []string{"emr", "list-steps", "--cluster-id", clusterID}
}

// DescribeStepCommand is the words after "aws" that print one step.
func DescribeStepCommand(clusterID, stepID string) []string {
	return []string{"emr", "describe-step", "--cluster-id", clusterID, "--step-id", stepID}
}
