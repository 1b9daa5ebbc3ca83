package ec2

// DescribeCommand is the aws CLI's words for Describe.
func DescribeCommand(id string) []string { return command("describe-instances", id) }

// StartCommand is the aws CLI's words for Start.
func StartCommand(id string) []string { return command("start-instances", id) }

// StopCommand is the aws CLI's words for Stop.
func StopCommand(id string) []string { return command("stop-instances", id) }

// TerminateCommand is the aws CLI's words for Terminate.
func TerminateCommand(id string) []string { return command("terminate-instances", id) }

func command(operation, id string) []string {
	return []string{"ec2", operation, "--instance-ids", id}
}
